import { hostileText, marker, wireBytes } from '../support/hostile.ts';
import fc from '../support/properties.ts';
import { answersIn, sendRaw } from '../support/raw.ts';
import { startStage } from '../support/stage.ts';

const stage = startStage({
  keys: { clinician: { roles: ['clinician'] } },
  env: { TRUST_PROXY_HOPS: '1', FAILED_AUTH_RATE_LIMIT: 'off', CORS_ORIGINS: 'https://app.example.org' },
});
afterAll(async () => {
  const { service, database } = await stage;
  expect(service.child.exitCode).toBeNull();
  expect(await service.stop()).toBe(0);
  expect(service.output()).not.toContain(marker);
  await database.remove();
});

/** Statuses of all answers. */
const seen = new Map<number, number>();

/** Sends the bytes; every answer is below 500 and says nothing that was sent. */
async function send(bytes: Buffer, finish: boolean): Promise<number[]> {
  const { text } = await sendRaw((await stage).url, bytes, { patience: 250, finish });
  const statuses = answersIn(text).map(({ status }) => status);
  for (const status of statuses) seen.set(status, (seen.get(status) ?? 0) + 1);

  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  expect(text).not.toContain(marker);
  return statuses;
}

/** For what need not be a whole request: our side is closed, so that nobody waits for the rest of it. */
const expectNoFault = async (bytes: Buffer): Promise<void> => void (await send(bytes, true));
/** For what asks to be the last request of its connection. */
const expectNoFaultOf = async (bytes: Buffer): Promise<void> => void (await send(bytes, false));

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const heads = fc.constantFrom(
  'GET /health HTTP/1.1\r\nHost: a',
  'GET /notes/0192f0c1-2345-7abc-8def-0123456789ab HTTP/1.1\r\nHost: a',
  'POST /ingest HTTP/1.1\r\nHost: a',
  'OPTIONS /ingest HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example.org',
  'GET /docs/ HTTP/1.1\r\nHost: a',
  'GET /openapi.json HTTP/1.0',
);
const end = latin1('\r\nConnection: close\r\n\r\n');

test('[Security scanning done] any bytes for a request', async () => {
  await fc.assert(
    fc.asyncProperty(wireBytes, (bytes) => expectNoFault(bytes)),
    { numRuns: 150 },
  );
});

test('any bytes among the headers, with a good key and without', async () => {
  const { clinician } = (await stage).tokens;
  await fc.assert(
    fc.asyncProperty(heads, wireBytes, fc.boolean(), (head, bytes, authorized) => {
      const key = authorized ? `\r\nAuthorization: Bearer ${clinician}` : '';
      return expectNoFaultOf(Buffer.concat([latin1(`${head}${key}\r\n`), bytes, end]));
    }),
    { numRuns: 200 },
  );
});

test('any value of a header that is read', async () => {
  const { clinician } = (await stage).tokens;
  const name = fc.constantFrom(
    'Authorization',
    'Idempotency-Key',
    'Content-Type',
    'Content-Encoding',
    'Content-Length',
    'Transfer-Encoding',
    'X-Forwarded-For',
    'X-Request-Id',
    'traceparent',
    'X-Amzn-Trace-Id',
    'Origin',
    'Host',
    'Expect',
    'Range',
    'If-None-Match',
    'Access-Control-Request-Headers',
  );
  const body = '{"patient_id":"p","note_text":"n"}';
  await fc.assert(
    fc.asyncProperty(name, hostileText, async (header, value) => {
      const lines = [
        'POST /ingest HTTP/1.1',
        ...(header === 'Host' ? [] : ['Host: a']),
        ...(header === 'Authorization' ? [] : [`Authorization: Bearer ${clinician}`]),
        ...(header === 'Content-Type' ? [] : ['Content-Type: application/json']),
        ...(header === 'Content-Length' || header === 'Transfer-Encoding' ? [] : [`Content-Length: ${body.length}`]),
        'Connection: close',
        `${header}: ${value.slice(0, 2_000)}`,
      ];
      const statuses = await send(Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`), false);
      if (header === 'Authorization') expect(statuses).not.toContain(200);
    }),
    { numRuns: 250 },
  );
});

test('any path and query, as they are and encoded', async () => {
  const { clinician } = (await stage).tokens;
  const start = fc.constantFrom(
    '/',
    '/notes/',
    '/audit/events/',
    '/docs/',
    '/docs/../',
    '/health/',
    '//',
    '/ingest?',
    '',
    '*',
    'http://',
  );
  await fc.assert(
    fc.asyncProperty(start, hostileText, fc.boolean(), (before, text, encoded) => {
      const path = `${before}${encoded ? encodeURIComponent(text.toWellFormed()) : text}`.slice(0, 3_000);
      return expectNoFaultOf(
        Buffer.from(
          `GET ${path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${clinician}\r\nConnection: close\r\n\r\n`,
        ),
      );
    }),
    { numRuns: 200 },
  );
});

test('any method', async () => {
  const method = fc.oneof(
    fc.constantFrom('GET', 'PUT', 'LOCK', 'SEARCH', 'CONNECT', 'TRACE', 'get', 'PRI'),
    hostileText,
  );
  await fc.assert(
    fc.asyncProperty(method, (text) =>
      expectNoFaultOf(Buffer.from(`${text.slice(0, 500)} /ingest HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)),
    ),
    { numRuns: 80 },
  );
});

test('any cut of a good request', async () => {
  const { clinician } = (await stage).tokens;
  const body = '{"patient_id":"p","note_text":"n"}';
  const good = `POST /ingest HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${clinician}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: good.length }), (at) => expectNoFault(Buffer.from(good.slice(0, at)))),
    { numRuns: 60 },
  );
});

test('[Input sanitization verified] and after all of it the service serves, and was asked for more than errors of the parser', async () => {
  expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404, 405, 415]));

  const { status } = await (await stage).as('clinician').ingest('p', 'n');

  expect(status).toBe(200);
});
