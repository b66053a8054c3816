import { startStage } from '../support/stage.ts';

const allowed = ['https://app.example.org', 'http://localhost:3000'];
const stage = startStage({
  keys: { ehr: { roles: ['integration'] } },
  env: { CORS_ORIGINS: JSON.stringify(allowed) },
});
const closed = startStage({ keys: {} });
afterAll(async () => {
  await (await stage).stop();
  await (await closed).stop();
});

const corsHeaders = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));
const preflight = async (origin: string, url?: string) =>
  fetch(`${url ?? (await stage).url}/ingest`, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key',
    },
  });
const ingest = async (origin: string) => {
  const { url, tokens } = await stage;
  return fetch(`${url}/ingest`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json', Authorization: `Bearer ${tokens.ehr}` },
    body: '{"patient_id":"p","note_text":"n"}',
  });
};

test.each(allowed)('a page of %s may send notes, and may read what it needs of the answer', async (origin) => {
  const asked = await preflight(origin);
  const answered = await ingest(origin);

  expect(asked.status).toBe(204);
  expect(corsHeaders(asked)).toEqual({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'Authorization,Content-Type,Idempotency-Key',
    'access-control-max-age': '600',
    // Of no use in a preflight; `cors` sends it there too.
    'access-control-expose-headers': 'Idempotency-Replayed,RateLimit,RateLimit-Policy,Retry-After,X-Request-Id',
  });
  expect(answered.status).toBe(200);
  expect(corsHeaders(answered)).toEqual({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Idempotency-Replayed,RateLimit,RateLimit-Policy,Retry-After,X-Request-Id',
  });
});

test.each([
  'https://evil.example.org',
  'https://app.example.org.evil.org',
  'http://app.example.org',
  'https://app.example.org:8443',
  'https://APP.example.org',
  'null',
  '*',
  '',
])('[CORS properly configured] a page of %p may not', async (origin) => {
  for (const response of [await preflight(origin), await ingest(origin)]) {
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('the answers differ by origin, and say so to caches', async () => {
  for (const origin of [allowed[0]!, 'https://evil.example.org']) {
    expect((await ingest(origin)).headers.get('vary')).toBe('Origin');
    expect((await preflight(origin)).headers.get('vary')).toContain('Origin');
  }
});

test('a refusal can be read by an allowed page, too', async () => {
  const { url } = await stage;

  const response = await fetch(`${url}/ingest`, { method: 'POST', headers: { Origin: allowed[0]! } });

  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed[0]);
});

test('[CORS properly configured] a page may not send cookies along', async () => {
  expect((await ingest(allowed[0]!)).headers.has('access-control-allow-credentials')).toBe(false);
});

test('[CORS properly configured] without CORS_ORIGINS no page may do anything, and OPTIONS is a method like others', async () => {
  const response = await preflight(allowed[0]!, (await closed).url);

  expect(corsHeaders(response)).toEqual({});
  expect(response.status).toBe(405);
});
