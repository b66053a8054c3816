import { answersIn, requestText, sendRaw } from '../support/raw.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: { clinician: { roles: ['clinician'] }, auditor: { roles: ['auditor'] } },
});
afterAll(async () => (await stage).stop());

/** An answer by RFC 9457 that is the one of this kind, and nothing else. */
async function expectProblem(response: Response, status: number, kind: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as Record<string, unknown>;
  expect(body).toEqual({
    type: `urn:healthcare-ai:problem:${kind}`,
    title: expect.any(String),
    status,
    detail: expect.any(String),
    instance: `urn:uuid:${response.headers.get('x-request-id')}`,
    ...(kind === 'invalid-content' ? { errors: expect.any(Array) } : {}),
  });
}

async function send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
  const { url, tokens } = await stage;
  const key = path.startsWith('/audit') ? tokens.auditor : tokens.clinician;
  return fetch(url + path, { method, ...init, headers: { Authorization: `Bearer ${key}`, ...init.headers } });
}
const json = { 'Content-Type': 'application/json' };
const id = '0192f0c1-2345-7abc-8def-0123456789ab';
const bodyRoutes = ['/ingest', '/notes/search', '/audit/search'];

describe('404', () => {
  test.each([
    '/nothing',
    '/ingest/more',
    '/notes',
    '/notes/',
    '/notes/not-a-uuid',
    '/notes/0192f0c1',
    `/notes/${id}`,
    `/notes/${id.toUpperCase()}`,
    `/notes/${id}/text`,
    '/audit/events/0192f0c1-2345-7abc-8def-fedcba987654',
    '/audit/events/1',
    '/notes/%ff',
    '/notes/%',
    '/notes/..%2f..%2fetc%2fpasswd',
    '//notes',
    '/INGEST',
    '/docs/none',
    '/docs/%2e%2e/main.cjs',
    '/health/deep',
  ])('for %s', async (path) => {
    await expectProblem(await send('GET', path), 404, 'not-found');
  });
});

describe('405, with what is allowed', () => {
  const cases: [string, string, string][] = [
    ['GET', '/ingest', 'POST'],
    ['PUT', '/ingest', 'POST'],
    ['DELETE', '/ingest', 'POST'],
    ['OPTIONS', '/ingest', 'POST'],
    ['PATCH', '/notes/search', 'POST'],
    // It is not the note "search".
    ['GET', '/notes/search', 'POST'],
    ['POST', `/notes/${id}`, 'GET, HEAD'],
    ['DELETE', `/notes/${id}`, 'GET, HEAD'],
    ['PUT', `/audit/events/${id}`, 'GET, HEAD'],
    ['GET', '/audit/search', 'POST'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
    ['DELETE', '/docs/', 'GET, HEAD'],
    ['PUT', '/app/config.json', 'GET, HEAD'],
  ];
  test.each(cases)('for %s %s', async (method, path, allowed) => {
    const response = await send(method, path);

    expect(response.headers.get('allow')).toBe(allowed);
    await expectProblem(response, 405, 'method-not-allowed');
  });

  test('for HEAD of a route that takes POST alone', async () => {
    const response = await send('HEAD', '/ingest');

    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe.each(bodyRoutes)('POST %s', (path) => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonp',
    'application/problem+json',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json, application/json',
    '',
  ])('is answered with 415 for Content-Type %p', async (type) => {
    const response = await send('POST', path, { headers: { 'Content-Type': type }, body: '{}' });

    await expectProblem(response, 415, 'unsupported-media-type');
  });

  test.each(['gzip', 'br', 'deflate', 'identity, gzip'])(
    'is answered with 415 for Content-Encoding %s',
    async (encoding) => {
      const response = await send('POST', path, { headers: { ...json, 'Content-Encoding': encoding }, body: '{}' });

      await expectProblem(response, 415, 'unsupported-media-type');
      // RFC 9110, 15.5.16.
      expect(response.headers.get('accept-encoding')).toBe('identity');
      expect(response.headers.get('accept')).toBe('application/json');
    },
  );

  test.each(['', '{', '{"patient_id":', "{'a':1}", '[1,]', 'NaN', '\ufeff\ufeff{}', '{} {}', 'undefined', '\u0000'])(
    'is answered with 400 for the body %p',
    async (body) => {
      await expectProblem(await send('POST', path, { headers: json, body }), 400, 'bad-request');
    },
  );

  test('is answered with 413 for a body over the limit, as Content-Length says', async () => {
    const body = JSON.stringify({ patient_id: 'x', note_text: 'x'.repeat(124_096) });

    await expectProblem(await send('POST', path, { headers: json, body }), 413, 'body-too-large');
  });
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON ; charset="utf-8"',
  'application/json; charset="UTF\\-8"',
  'application/json; charset=utf8',
  'application/json;odata=verbose',
  'application/json; profile="https://example.org/a;b\\"c"; charset=UTF-8',
  'application/json;',
])('Content-Type %s is taken', async (type) => {
  const body = '{"patient_id":"p","note_text":"é"}';
  expect((await send('POST', '/ingest', { headers: { 'Content-Type': type }, body })).status).toBe(200);
});

test.each(['identity', 'Identity', 'identity, identity'])('Content-Encoding %s is taken', async (encoding) => {
  const body = '{"patient_id":"p","note_text":"n"}';
  const response = await send('POST', '/ingest', { headers: { ...json, 'Content-Encoding': encoding }, body });

  expect(response.status).toBe(200);
});

test('a body of exactly the limit is read, and one byte more is not', async () => {
  const limit = 124_096;
  const padded = (length: number) => `{"patient_id":"p","note_text":"n"}${' '.repeat(length)}`.slice(0, length);

  expect((await send('POST', '/ingest', { headers: json, body: padded(limit) })).status).toBe(200);
  expect((await send('POST', '/ingest', { headers: json, body: padded(limit + 1) })).status).toBe(413);
});

test('a chunked body over the limit is answered with 413 before it ends, and the connection is closed', async () => {
  const { url, tokens } = await stage;
  const head = { Authorization: `Bearer ${tokens.clinician}`, ...json, 'Transfer-Encoding': 'chunked' };
  const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;

  const { text, closed } = await sendRaw(url, requestText('POST /ingest', head) + chunk.repeat(9));

  expect(answersIn(text).map(({ status }) => status)).toEqual([413]);
  expect(answersIn(text)[0]!.headers.connection).toEqual(['close']);
  expect(closed).toBe(true);
});

test('a chunked body below the limit is read', async () => {
  const { url, tokens } = await stage;
  const head = {
    Authorization: `Bearer ${tokens.clinician}`,
    ...json,
    'Transfer-Encoding': 'chunked',
    Connection: 'close',
  };
  const parts = ['{"patient_id":"p",', '"note_text":"in parts"}'];
  const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('');

  const { text } = await sendRaw(url, `${requestText('POST /ingest', head)}${chunks}0\r\n\r\n`);

  expect(answersIn(text)[0]).toMatchObject({ status: 200 });
});

test.each(['', 'two words', 'ü', 'x'.repeat(256)])(
  'an Idempotency-Key that is no key (%p) is answered with 400',
  async (key) => {
    const { url, tokens } = await stage;
    const headers = {
      Authorization: `Bearer ${tokens.clinician}`,
      ...json,
      'Idempotency-Key': key,
      Connection: 'close',
    };

    const { text } = await sendRaw(url, requestText('POST /ingest', headers, '{"patient_id":"p","note_text":"n"}'));

    expect(answersIn(text)[0]).toMatchObject({ status: 400 });
  },
);

test('who has no key is refused before anything of the body is read', async () => {
  const { url } = await stage;
  const started = performance.now();
  const headers = { ...json, 'Content-Length': '100', Connection: 'close' };

  const { text } = await sendRaw(url, requestText('POST /ingest', headers), { patience: 30_000 });

  expect(answersIn(text)[0]).toMatchObject({ status: 401 });
  expect(performance.now() - started).toBeLessThan(15_000);
});
