import { answersIn, requestText, sendRaw } from '../support/raw.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: { clinician: { roles: ['clinician'] } } });
afterAll(async () => (await stage).stop());

const note = '{"patient_id":"p","note_text":"n"}';
const close = { Connection: 'close' };
async function send(make: (authorization: Record<string, string>) => string | Uint8Array, patience = 15_000) {
  const { url, tokens } = await stage;
  const json = { Authorization: `Bearer ${tokens.clinician}`, 'Content-Type': 'application/json' };
  const result = await sendRaw(url, make(json), { patience });
  return { ...result, answers: answersIn(result.text), statuses: answersIn(result.text).map(({ status }) => status) };
}

test('requests that are sent in one go are answered each, in their order', async () => {
  const { statuses, answers } = await send((json) =>
    [
      requestText('GET /health'),
      requestText('POST /ingest', json, note),
      requestText('GET /nothing'),
      requestText('POST /ingest', json, '{'),
      requestText('POST /ingest', { ...json, ...close }, note),
    ].join(''),
  );

  expect(statuses).toEqual([200, 200, 404, 400, 200]);
  expect(JSON.parse(answers[4]!.body).status).toBe('received');
});

describe('Expect: 100-continue', () => {
  const expecting = { Expect: '100-continue' };
  /** The body is not sent before it is asked for. */
  const head = (json: Record<string, string>, more: Record<string, string> = {}) =>
    requestText('POST /ingest', { 'Content-Length': String(note.length), ...json, ...expecting, ...more });

  test('invites the body, and another expectation is ignored', async () => {
    const invited = await send((json) => requestText('POST /ingest', { ...json, ...close, ...expecting }, note));
    const other = await send((json) => requestText('POST /ingest', { ...json, ...close, Expect: 'words' }, note));

    expect(invited.statuses).toEqual([100, 200]);
    expect(other.statuses).toEqual([200]);
  });

  test('keeps its place among pipelined requests', async () => {
    const { statuses } = await send((json) => `${requestText('GET /health')}${head({ ...json, ...close })}${note}`);

    expect(statuses).toEqual([200, 100, 200]);
  });

  test.each<[number, (json: Record<string, string>) => string]>([
    [401, (json) => head({ ...json, Authorization: 'Bearer none' })],
    [404, (json) => head(json).replace('/ingest', '/nothing')],
    [405, (json) => head(json).replace('POST', 'GET')],
    [403, (json) => head(json).replace('/ingest', '/audit/search')],
    [413, (json) => head(json, { 'Content-Length': '900000' })],
    [415, (json) => head(json, { 'Content-Type': 'text/plain' })],
    [400, (json) => head(json, { 'Idempotency-Key': 'a b' })],
    [422, (json) => head(json).replace('/ingest', '/ingest?analyze=yes')],
  ])(
    'is answered with %d when the head is refused: no body is asked for, and the connection ends',
    async (status, make) => {
      const { statuses, closed, duration } = await send(make);

      expect(statuses).toEqual([status]);
      expect(closed).toBe(true);
      expect(duration).toBeLessThan(5_000);
    },
  );
});

describe('a header that may be there once is refused twice', () => {
  test.each(['Host: b', 'Authorization: Bearer b', 'content-type: text/plain', 'IDEMPOTENCY-KEY: b'])(
    '%s',
    async (line) => {
      const { statuses, answers } = await send((json) =>
        requestText('POST /ingest', { ...json, 'Idempotency-Key': 'a' }, note).replace(
          '\r\n\r\n',
          `\r\n${line}\r\n\r\n`,
        ),
      );

      expect(statuses).toEqual([400]);
      expect(answers[0]!.body).toContain('the request has it twice');
    },
  );

  test('Host on a route without a key', async () => {
    expect((await send(() => 'GET /health HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n')).statuses).toEqual([400]);
  });

  test('beyond the 2,000 headers that Node would keep', async () => {
    const { statuses } = await send((json) =>
      requestText('POST /ingest', json, note).replace(
        '\r\n\r\n',
        `\r\n${'a:\r\n'.repeat(2_500)}Authorization: b\r\n\r\n`,
      ),
    );

    expect(statuses).toEqual([400]);
  });

  test('but headers that are lists may come in several lines', async () => {
    const { statuses } = await send((json) =>
      requestText('POST /ingest', { ...json, ...close }, note).replace(
        '\r\n\r\n',
        '\r\nX-Forwarded-For: a\r\nX-Forwarded-For: b\r\nAccept: a\r\nAccept: b\r\n\r\n',
      ),
    );

    expect(statuses).toEqual([200]);
  });
});

test('HTTP/1.0 is served, and its connection closed', async () => {
  const { text, closed } = await send(() => 'GET /health HTTP/1.0\r\n\r\n');

  expect(text).toContain(' 200 OK');
  expect(closed).toBe(true);
});

test('a request for the full address of this service is served', async () => {
  expect((await send(() => requestText('GET http://localhost/health', close))).statuses).toEqual([200]);
});

describe('two readings of where a body ends are not given a chance: 400', () => {
  const cases: [string, (json: Record<string, string>) => string][] = [
    [
      'Content-Length beside Transfer-Encoding',
      (json) =>
        requestText('POST /ingest', { ...json, 'Content-Length': '4', 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n'),
    ],
    [
      'two Content-Lengths',
      (json) => requestText('POST /ingest', { ...json, 'content-length': '5', 'Content-Length': '6' }, '{}'),
    ],
    ['a Content-Length with a sign', (json) => requestText('POST /ingest', { ...json, 'Content-Length': '+2' }, '{}')],
    ['a Content-Length below zero', (json) => requestText('POST /ingest', { ...json, 'Content-Length': '-1' }, '{}')],
    ['a Content-Length of words', (json) => requestText('POST /ingest', { ...json, 'Content-Length': 'two' }, '{}')],
    [
      'an unknown Transfer-Encoding',
      (json) => requestText('POST /ingest', { ...json, 'Transfer-Encoding': 'chunked, words' }, '{}'),
    ],
    [
      'a body that is compressed on the way',
      (json) => requestText('POST /ingest', { ...json, 'Transfer-Encoding': 'gzip, chunked' }, '2\r\n{}\r\n0\r\n\r\n'),
    ],
    [
      'chunks in HTTP/1.0',
      (json) =>
        requestText('POST /ingest', { ...json, 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n').replace('/1.1', '/1.0'),
    ],
    [
      'a chunk without a length',
      (json) => `${requestText('POST /ingest', { ...json, 'Transfer-Encoding': 'chunked' })}words\r\n`,
    ],
    ['a blank before the colon', () => 'GET /health HTTP/1.1\r\nHost : x\r\n\r\n'],
    ['a header folded over two lines', () => 'GET /health HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n'],
    ['a header without a name', () => 'GET /health HTTP/1.1\r\nHost: x\r\n: words\r\n\r\n'],
    ['a NUL in a header', () => 'GET /health HTTP/1.1\r\nHost: x\r\nA: b\u0000c\r\n\r\n'],
    ['bare line feeds', () => 'GET /health HTTP/1.1\nHost: x\n\n'],
    ['a blank in the path', () => 'GET /he alth HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a fragment in the path', () => 'GET /health#a HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['a user in Host', () => 'GET /health HTTP/1.1\r\nHost: a@b\r\n\r\n'],
    ['a path in Host', () => 'GET /health HTTP/1.1\r\nHost: a/b\r\n\r\n'],
    ['a blank in Host', () => 'GET /health HTTP/1.1\r\nHost: a b\r\n\r\n'],
    ['HTTP/0.9', () => 'GET /health\r\n\r\n'],
    ['HTTP/2.0', () => 'GET /health HTTP/2.0\r\nHost: x\r\n\r\n'],
    ['a tunnel', () => 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n'],
    ['another version', () => 'GET /health HTTP/9.9\r\nHost: x\r\n\r\n'],
    ['HTTP/2 without an agreement', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['an unknown method', () => 'BREW /health HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['TLS on the port of HTTP', () => '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
  ];
  test.each(cases)('[164.312(e)(2)(i)] %s', async (_what, make) => {
    const { statuses, answers, closed } = await send((json) => Buffer.from(make(json), 'latin1'));

    expect(statuses).toEqual([400]);
    expect(answers[0]!.headers['content-type']).toEqual(['application/problem+json']);
    const { instance: _, ...problem } = JSON.parse(answers[0]!.body);
    expect(problem).toEqual({
      type: 'urn:healthcare-ai:problem:bad-request',
      title: 'Bad request',
      status: 400,
      detail: expect.any(String),
    });
    expect(closed).toBe(true);
  });
});

test.each([
  [1_000, 200],
  [20_000, 400],
])('a body in %d chunks of one byte is answered with %d', async (count, status) => {
  const { statuses } = await send((json) => {
    const body = note.padEnd(count);
    return `${requestText('POST /ingest', { ...json, ...close, 'Transfer-Encoding': 'chunked' })}${[...body].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`;
  });

  expect(statuses).toEqual([status]);
});

test('headers over 16 KiB are answered with 431 as a problem', async () => {
  for (const headers of [
    { Cookie: 'x'.repeat(17_000) },
    Object.fromEntries(Array.from({ length: 900 }, (_, n) => [`X-${n}`, 'x'.repeat(20)])),
  ]) {
    const { statuses, answers } = await send(() => requestText('GET /health', headers));

    expect(statuses).toEqual([431]);
    expect(JSON.parse(answers[0]!.body).type).toBe('urn:healthcare-ai:problem:headers-too-large');
  }
});

test('a path of 15 kB is a 404, and one over the limit a 431', async () => {
  expect((await send(() => requestText(`GET /${'x'.repeat(15_000)}`, close))).statuses).toEqual([404]);
  expect((await send(() => requestText(`GET /${'x'.repeat(17_000)}`, close))).statuses).toEqual([431]);
});

test.each(['CONNECT x:443', 'OPTIONS *', 'TRACE /', 'GET *', 'M-SEARCH *', 'PURGE /'])(
  '%s makes no tunnel and shows nothing of the request',
  async (line) => {
    const { text, statuses } = await send(() => requestText(line, { ...close, 'X-Secret': 'do-not-show' }));

    expect(text).not.toContain('do-not-show');
    for (const status of statuses) expect(status).toBeGreaterThanOrEqual(400);
    for (const status of statuses) expect(status).toBeLessThan(500);
  },
);

test('an upgrade is not made: the request is answered in HTTP/1.1', async () => {
  const upgrade = {
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'x',
    'Sec-WebSocket-Version': '13',
  };

  // It stays open, so this waits to its end.
  expect((await send(() => requestText('GET /health', upgrade), 3_000)).statuses).toEqual([200]);
});

test('a client that goes away in the middle of its note is neither stored nor fatal', async () => {
  const { url, tokens } = await stage;
  const headers = {
    Authorization: `Bearer ${tokens.clinician}`,
    'Content-Type': 'application/json',
    'Content-Length': '999',
  };
  await Promise.all(
    Array.from({ length: 30 }, () =>
      sendRaw(url, `${requestText('POST /ingest', headers)}{"patient_id":"gone",`, { patience: 50 }),
    ),
  );

  const found = await (await stage).as('clinician').post('/notes/search', { patient_id: 'gone' });

  expect([found.status, found.body.notes]).toEqual([200, []]);
});
