import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createMetrics } from '../../../service/src/telemetry/metrics.ts';
import { type MetricsServer, startMetricsServer } from '../../../service/src/telemetry/metrics-server.ts';

const host = '127.0.0.1';
const metrics = createMetrics({ version: '0.1.0', stage: 'test' });
let server: MetricsServer;

beforeAll(async () => {
  server = await startMetricsServer({ host, port: 0, source: metrics.registry });
});
afterAll(() => server.stop());

const ask = (path: string, init?: RequestInit) => fetch(`http://${host}:${server.port}${path}`, init);

test('[Metrics collection enabled] GET /metrics answers in the Prometheus text format, uncached', async () => {
  metrics.report('notesAcknowledged', 4);

  const response = await ask('/metrics');

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toMatch(/^ingest_notes_acknowledged_total 4$/m);
});

test('HEAD /metrics answers without a body, and a query is ignored', async () => {
  expect((await ask('/metrics', { method: 'HEAD' })).status).toBe(200);
  expect((await ask('/metrics?name[]=x')).status).toBe(200);
});

test('other paths are 404 and other methods 405', async () => {
  for (const path of ['/', '/metrics/', '/metricsx', '/ingest']) expect((await ask(path)).status).toBe(404);

  const response = await ask('/metrics', { method: 'POST', body: 'x' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
});

test('metrics that cannot be collected are a 503 without details, and the operator is informed', async () => {
  const errors: unknown[] = [];
  const failing = await startMetricsServer({
    host,
    port: 0,
    source: { contentType: 'text/plain', metrics: () => Promise.reject(new Error('secret')) },
    onError: (error) => errors.push(error),
  });

  const response = await fetch(`http://${host}:${failing.port}/metrics`);

  expect(response.status).toBe(503);
  expect(await response.text()).not.toContain('secret');
  expect(errors).toHaveLength(1);
  await failing.stop();
});

test('a taken port is an error to the caller', async () => {
  await expect(startMetricsServer({ host, port: server.port, source: metrics.registry })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('stop ends open connections at once and frees the port', async () => {
  const short = await startMetricsServer({ host, port: 0, source: metrics.registry });
  const idle = connect(short.port, host);
  await once(idle, 'connect');
  const ended = once(idle, 'close');

  await short.stop();

  await ended;
  const again = await startMetricsServer({ host, port: short.port, source: metrics.registry });
  await again.stop();
});

test('the primary of a cluster shows the sum over its workers, and of the database the worst', async () => {
  const primary = spawn(process.execPath, [join(__dirname, 'fixtures', 'cluster.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [port] = await once(primary.stdout, 'data');

    const text = await (await fetch(`http://${host}:${Number(port)}/metrics`)).text();

    expect(text).toMatch(/^ingest_notes_acknowledged_total 30$/m);
    expect(text).toMatch(/^http_server_request_duration_seconds_count\{.*\} 2$/m);
    expect(text).toMatch(/^database_up 0$/m);
    expect(text).toMatch(/^build_info\{.*\} 1$/m);
  } finally {
    const exited = once(primary, 'exit');
    primary.kill('SIGTERM');
    await exited;
  }
});
