import type { Canary } from './canary.ts';

export interface CanaryRequest {
  readonly what: string;
  /** What is sent, byte for byte. */
  readonly bytes: Buffer;
  /** True where the contract gives back what was sent. */
  readonly echoes: boolean;
}

export interface Credentials {
  readonly clinician: string;
  readonly auditor: string;
  /** Further values of the Authorization header that hold a canary. */
  readonly others: readonly string[];
}

const id = '0192f0c1-2345-7abc-8def-0123456789ab';
const routes = [
  ['GET', '/'],
  ['GET', '/health'],
  ['GET', '/health/live'],
  ['GET', '/health/ready'],
  ['GET', '/openapi.json'],
  ['GET', '/docs'],
  ['GET', '/docs/'],
  ['POST', '/ingest'],
  ['GET', `/notes/${id}`],
  ['POST', '/notes/search'],
  ['POST', '/audit/search'],
  ['POST', '/summarize'],
  ['POST', '/deidentify'],
  ['POST', `/notes/${id}/analysis`],
  ['GET', `/notes/${id}/analysis`],
  ['GET', `/audit/events/${id}`],
  ['POST', '/break-glass'],
  ['GET', `/break-glass/${id}`],
  ['POST', '/break-glass/search'],
  ['POST', `/break-glass/${id}/reviewed`],
  ['POST', '/analyze'],
  ['POST', '/audit/export'],
  ['GET', '/audit/verification'],
  ['GET', '/none'],
  ['DELETE', '/ingest'],
  ['HEAD', '/health'],
  ['OPTIONS', '/ingest'],
] as const;

/** Requests that put a canary wherever a client can put words: one by one, and all at once. */
export function canaryRequests(canary: Canary, credentials: Credentials): CanaryRequest[] {
  const { word, phrase } = canary;
  const requests: CanaryRequest[] = [];
  const add = (what: string, line: string, headers: Record<string, string>, body?: string, echoes = false) => {
    const length: Record<string, string> =
      body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const all = { Host: 'localhost', Connection: 'close', ...length, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    requests.push({ what, bytes: Buffer.from(`${line}\r\n${lines.join('')}\r\n${body ?? ''}`), echoes });
  };
  const keyFor = (path: string) =>
    /^\/(audit|break-glass\/)/.test(path) ? credentials.auditor : credentials.clinician;
  const json = (path: string) => ({ Authorization: `Bearer ${keyFor(path)}`, 'Content-Type': 'application/json' });

  // Every route, with every header and a query: with a key, without one, with a wrong one.
  for (const [method, path] of routes) {
    const at = `${method} ${path}`;
    const line = `${method} ${path}?q=${word(`${at} query`)}&${word(`${at} name`)}=1 HTTP/1.1`;
    const keys = [`Bearer ${keyFor(path)}`, undefined, `Bearer ${word(`${at} token`)}`, ...credentials.others];
    for (const authorization of keys) {
      const headers = everyHeader(canary, at);
      if (authorization !== undefined) headers.Authorization = authorization;
      else delete headers.Authorization;
      add(
        at,
        line,
        headers,
        method === 'POST' ? JSON.stringify({ patient_id: phrase(at), note_text: phrase(at) }) : undefined,
        true,
      );
    }
  }
  // Each header alone, so that one that is refused does not hide the others.
  for (const [name, value] of Object.entries(everyHeader(canary, 'POST /ingest'))) {
    add(
      `header ${name}`,
      'POST /ingest HTTP/1.1',
      { ...json('/ingest'), [name]: value },
      '{"patient_id":"p","note_text":"n"}',
    );
  }
  // In a request of its own: it is refused before anything else is read.
  add('a fragment', `GET /health#${word('fragment')} HTTP/1.1`, {});
  add(
    'Idempotency-Key with a blank',
    'POST /ingest HTTP/1.1',
    { ...json('/ingest'), 'Idempotency-Key': `${word('key')} x` },
    '{}',
  );

  // Paths, methods and what is no HTTP.
  for (const path of [
    '/',
    '/notes/',
    '/audit/events/',
    '/docs/',
    '/health/',
    '/ingest/',
    '/notes/%ff',
    '//',
    '/notes/..%2f',
  ]) {
    add(`path ${path}`, `GET ${path}${word(`path ${path}`)} HTTP/1.1`, json(path));
    add(`path ${path}`, `GET ${path}${encodeURIComponent(phrase(`path ${path}`))} HTTP/1.1`, json(path));
  }
  add('method', `${word('method').toUpperCase()} / HTTP/1.1`, {});
  add('absolute path', `GET http://${word('authority')}/${word('path')} HTTP/1.1`, {});
  // Node deprecates such an address, with a warning that quotes it.
  add('port of an address', `GET http://a:00:${word('port')} HTTP/1.1`, {});
  add('version', `GET / HTTP/${word('version')}`, {});
  add('no HTTP', phrase('no HTTP'), {});
  add('header without a colon', `GET / HTTP/1.1\r\n${word('header line')}`, {});
  add('control character in a header', `GET / HTTP/1.1\r\nX: \u0001${word('control')}`, {});
  add('too large headers', 'GET / HTTP/1.1', { Cookie: word('large').repeat(900) });
  add('chunk', 'POST /ingest HTTP/1.1', { ...json('/ingest'), 'Transfer-Encoding': 'chunked' }, `${word('chunk')}\r\n`);

  // Bodies: good, bad in one field, bad altogether.
  const bodies = (at: string): [string, boolean][] => [
    [JSON.stringify({ patient_id: phrase(`${at} patient`), note_text: phrase(`${at} text`) }), true],
    [
      JSON.stringify({
        patient_id: word(`${at} patient`),
        note_text: word(`${at} text`),
        [word(`${at} member`)]: word(at),
      }),
      true,
    ],
    [
      JSON.stringify({ patient_id: phrase(`${at} long`).repeat(9), note_text: phrase(`${at} long`).repeat(400) }),
      false,
    ],
    [JSON.stringify({ patient_id: `${phrase(`${at} NUL`)}\u0000`, note_text: `${phrase(`${at} NUL`)}\u0000` }), false],
    [`{"patient_id":"${word(`${at} surrogate`)}\\ud800","note_text":"${word(`${at} surrogate`)}\\ud800"}`, false],
    [JSON.stringify({ patient_id: [word(`${at} list`)], note_text: { [word(`${at} object`)]: 1 } }), false],
    [
      JSON.stringify({
        from: word(at),
        to: phrase(at),
        principal: phrase(at),
        action: word(at),
        outcome: word(at),
        limit: word(at),
      }),
      false,
    ],
    [JSON.stringify({ patient_id: 'p', cursor: word(`${at} cursor`), limit: 1 }), false],
    [
      JSON.stringify({
        patient_id: 'p',
        cursor: Buffer.from(JSON.stringify([word(at), word(at)])).toString('base64url'),
      }),
      false,
    ],
    [JSON.stringify({ principal: word(`${at} principal`), patient_id: phrase(`${at} patient of events`) }), false],
    [
      JSON.stringify({
        patient_id: 'p',
        note_text: 'n',
        audit_id: word(`${at} audit id`),
        care_team: phrase(`${at} care team`),
        reason_code: word(`${at} reason code`),
        reason_text: phrase(`${at} reason`),
      }),
      false,
    ],
    [JSON.stringify(phrase(`${at} string`)), false],
    [JSON.stringify([phrase(`${at} list`)]), false],
    [`{"patient_id":"${phrase(`${at} broken`)}`, false],
    [phrase(`${at} no JSON`), false],
  ];
  for (const path of ['/ingest', '/notes/search', '/audit/search', '/summarize', '/deidentify', '/break-glass']) {
    for (const [body, echoes] of bodies(path))
      add(`body of ${path}`, `POST ${path} HTTP/1.1`, json(path), body, echoes);
  }
  return requests;
}

/** Every header that a part of the service, or of Node, looks at, and some that nobody does. */
function everyHeader({ word, phrase }: Canary, at: string): Record<string, string> {
  const basic = Buffer.from(`${word(`${at} Basic`)}:x`).toString('base64');
  return {
    Authorization: `Basic ${basic}`,
    'Idempotency-Key': word(`${at} Idempotency-Key`),
    'X-Request-Id': word(`${at} X-Request-Id`),
    traceparent: `00-${word(`${at} traceparent`)}-00f067aa0ba902b7-01`,
    tracestate: `a=${word(`${at} tracestate`)}`,
    'X-Amzn-Trace-Id': `Root=1-${word(`${at} X-Amzn-Trace-Id`)}`,
    'User-Agent': phrase(`${at} User-Agent`),
    'X-Forwarded-For': word(`${at} X-Forwarded-For`),
    Forwarded: `for=${word(`${at} Forwarded`)}`,
    Cookie: `session=${word(`${at} Cookie`)}`,
    Origin: `https://${word(`${at} Origin`)}.example`,
    Referer: `https://x.example/?patient=${word(`${at} Referer`)}`,
    Host: word(`${at} Host`),
    Accept: word(`${at} Accept`),
    'Accept-Language': word(`${at} Accept-Language`),
    'Content-Type': `application/json; charset=utf-8; x=${word(`${at} Content-Type`)}`,
    'Content-Encoding': word(`${at} Content-Encoding`),
    'If-None-Match': `"${word(`${at} If-None-Match`)}"`,
    Range: `bytes=${word(`${at} Range`)}`,
    Expect: word(`${at} Expect`),
    'X-HTTP-Method-Override': word(`${at} override`),
    'Access-Control-Request-Method': word(`${at} preflight`),
    'Access-Control-Request-Headers': word(`${at} preflight headers`),
    [`X-${word(`${at} header name`)}`]: phrase(`${at} header value`),
  };
}
