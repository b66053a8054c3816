import { docsAssets } from '../../../service/src/http/docs/index.ts';
import { answersIn, requestText, sendRaw } from '../support/raw.ts';
import { startStage } from '../support/stage.ts';

const origin = 'https://app.example.org';
const stage = startStage({
  keys: { clinician: { roles: ['clinician'] }, admin: { roles: ['admin'] } },
  env: { CORS_ORIGINS: JSON.stringify([origin]) },
});
afterAll(async () => (await stage).stop());

/** The policy, header by header. Each stands in every answer, once. */
const policy: Record<string, string> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};
const docsPolicy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'";

/** What an answer must not tell or invite: who made it, and to keep or compare a copy of it. */
const unwanted = ['server', 'x-powered-by', 'etag', 'last-modified', 'expires', 'set-cookie', 'via', 'x-aws-id'];
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const json = { 'Content-Type': 'application/json' };
const good = '{"patient_id":"p","note_text":"n"}';
const id = '0192f0c1-2345-7abc-8def-0123456789ab';
type Request = (tokens: Record<'clinician' | 'admin', string>) => string;
const bearer = (token: string) => ({ Authorization: `Bearer ${token}`, Connection: 'close' });
const close = { Connection: 'close' };

const requests: [number, string, Request][] = [
  [200, 'a note', ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json }, good)],
  [
    200,
    'a search',
    ({ clinician }) => requestText('POST /notes/search', { ...bearer(clinician), ...json }, '{"patient_id":"p"}'),
  ],
  [200, 'service info', () => requestText('GET /', close)],
  [200, 'health', () => requestText('GET /health', close)],
  [200, 'health of HEAD', () => requestText('HEAD /health', close)],
  [200, 'readiness', () => requestText('GET /health/ready', close)],
  [200, 'the document', () => requestText('GET /openapi.json', close)],
  [
    200,
    'a note to an allowed origin',
    ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json, Origin: origin }, good),
  ],
  [
    200,
    'a note to another origin',
    ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json, Origin: 'https://x.org' }, good),
  ],
  [
    204,
    'a preflight',
    () => requestText('OPTIONS /ingest', { ...close, Origin: origin, 'Access-Control-Request-Method': 'POST' }),
  ],
  [
    400,
    'a body that is not JSON',
    ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json }, '{'),
  ],
  [401, 'no key', () => requestText('POST /ingest', { ...close, ...json }, good)],
  [403, 'a role that may not', ({ admin }) => requestText('POST /ingest', { ...bearer(admin), ...json }, good)],
  [404, 'no route', () => requestText('GET /nothing', close)],
  [404, 'no note', ({ clinician }) => requestText(`GET /notes/${id}`, bearer(clinician))],
  [404, 'a path that does not decode', ({ clinician }) => requestText('GET /notes/%ff', bearer(clinician))],
  [404, 'no file of the documentation', () => requestText('GET /docs/none', close)],
  [405, 'another method', () => requestText('PUT /ingest', close)],
  [
    413,
    'too large a body',
    ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json, 'Content-Length': '1000000' }),
  ],
  [415, 'another type', ({ clinician }) => requestText('POST /ingest', bearer(clinician), good)],
  [422, 'a bad field', ({ clinician }) => requestText('POST /ingest', { ...bearer(clinician), ...json }, '{}')],
  [400, 'what is no HTTP', () => 'words\r\n\r\n'],
  [400, 'no Host', () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
  [431, 'too large headers', () => requestText('GET /', { Cookie: 'x'.repeat(20_000) })],
];

test.each(requests)(
  '[164.312(e)(2)(ii)] %d, %s: every header of the policy is there once, with its value',
  async (status, _what, make) => {
    const { url, tokens } = await stage;

    const [answer] = answersIn((await sendRaw(url, make(tokens))).text);

    expect(answer?.status).toBe(status);
    // RFC 9110, 6.6.1: an origin server with a clock sends it.
    expect(Date.parse(answer!.headers.date![0]!)).toBeCloseTo(Date.now(), -5);
    const { headers } = answer!;
    const sent = Object.fromEntries(Object.keys(policy).map((name) => [name, headers[name]]));
    expect(sent).toEqual(Object.fromEntries(Object.entries(policy).map(([name, value]) => [name, [value]])));
    expect(Object.keys(headers).filter((name) => unwanted.includes(name))).toEqual([]);
    for (const [name, values] of Object.entries(headers)) expect([name, values.length]).toEqual([name, 1]);
    if (status >= 400) expect(headers['content-type']).toEqual(['application/problem+json']);
  },
);

test.each(['/docs/', '/docs', ...docsAssets.map((file) => `/docs/${file}`), '/docs/init.js'])(
  '[Security headers configured] %s has the policy too, with a Content-Security-Policy of its own',
  async (path) => {
    const { url } = await stage;

    const [answer] = answersIn((await sendRaw(url, requestText(`GET ${path}`, close))).text);

    expect(answer?.status).toBe(path === '/docs' ? 308 : 200);
    for (const [name, value] of Object.entries({ ...policy, 'content-security-policy': docsPolicy })) {
      expect([name, answer!.headers[name]]).toEqual([name, [value]]);
    }
    expect(Object.keys(answer!.headers).filter((name) => unwanted.includes(name))).toEqual([]);
    expect(answer!.headers['x-request-id']?.[0]).toMatch(uuid);
  },
);

test('each answer has a request id of its own, and what the client sends for one is not taken', async () => {
  const { url } = await stage;
  const ask = (path: string) => fetch(url + path, { headers: { 'X-Request-Id': id } });

  const answers = await Promise.all(['/', '/', '/nothing', '/ingest', '/health', '/docs/'].map(ask));
  const ids = answers.map(({ headers }) => headers.get('x-request-id'));

  for (const each of ids) expect(each).toMatch(uuid);
  expect(new Set([...ids, id]).size).toBe(ids.length + 1);
});
