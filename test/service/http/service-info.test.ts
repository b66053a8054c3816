import packageJson from '../../../service/package.json' with { type: 'json' };
import { startStage } from '../support/stage.ts';

const stage = startStage({ keys: {} });
afterAll(async () => (await stage).stop());

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const get = async (path: string) => (await stage).anonymous.get(path);

test('GET / says what the service is, to anyone', async () => {
  const { status, body } = await get('/');

  expect(status).toBe(200);
  expect(body).toMatchObject({ service: 'healthcare-ai', version: packageJson.version, health: '/health' });
  for (const path of [body.documentation, body.openapi, body.health]) expect((await get(path)).status).toBe(200);
});

test('[Health checks configured] GET /health is status, timestamp and version, and no more', async () => {
  const { status, body } = await get('/health');

  expect(status).toBe(200);
  expect(body).toEqual({ status: 'healthy', timestamp: expect.stringMatching(moment), version: packageJson.version });
  expect(Math.abs(Date.parse(body.timestamp) - Date.now())).toBeLessThan(5_000);
});

test.each([
  ['/health/live', 'alive'],
  ['/health/ready', 'ready'],
])('GET %s is %s', async (path, expected) => {
  const { status, body } = await get(path);

  expect(status).toBe(200);
  expect(body).toEqual({ status: expected, timestamp: expect.stringMatching(moment) });
});

test('GET /openapi.json is the document of this version', async () => {
  const { status, headers, body } = await get('/openapi.json');

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./), info: { version: packageJson.version } });
  expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/ingest', '/notes/{audit_id}', '/audit/search']));
});

test('/docs is the page, with its files beside it', async () => {
  expect((await get('/docs')).text).toContain('<div id="swagger-ui">');
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'init.js']) {
    expect((await get(`/docs/${file}`)).status).toBe(200);
  }
});

test('/metrics is not on the port of the API', async () => {
  expect((await get('/metrics')).status).toBe(404);
});

test('HEAD is answered as GET, without the body', async () => {
  const { url } = await stage;
  for (const path of ['/', '/health', '/health/ready', '/openapi.json']) {
    const head = await fetch(url + path, { method: 'HEAD' });

    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(10);
    expect(await head.text()).toBe('');
  }
});
