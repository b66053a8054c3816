import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { contract } from '@healthcare-ai/contract';
import { createEmf, type Emf, type EmfProps } from '../../../service/src/telemetry/emf.ts';
import { emfFaults } from './emf-rules.ts';

const dimensions = { Service: 'healthcare-ai', Stage: 'test' };
const written: string[] = [];
const made: Emf[] = [];

function emfWith(props: Partial<EmfProps> = {}): Emf {
  const emf = createEmf({
    namespace: contract.metrics.namespace,
    dimensions,
    write: (line) => written.push(line),
    ...props,
  });
  made.push(emf);
  return emf;
}

/** Stops, which writes the last line, and reads that line. */
function lastLine(emf: Emf): Record<string, unknown> {
  emf.stop();
  return JSON.parse(written.at(-1) as string);
}

afterEach(() => {
  jest.useRealTimers();
  for (const emf of made.splice(0)) emf.stop();
  written.length = 0;
});

test('the dimensions are those that the deployment reads', () => {
  expect(Object.keys(dimensions)).toEqual([...contract.metrics.dimensions]);
});

test('[Metrics collection enabled] a line satisfies the specification, before any report and after many', () => {
  const emf = emfWith();
  lastLine(emf);
  for (let index = 0; index < 5000; index++) {
    emf.report('httpRequestDuration', 1e-4 * 1.0028 ** index, ['POST', '/ingest', '200']);
    emf.report('commitGroupSize', 8, ['ingest']);
    emf.report('commitDuration', 1e-4 * 1.0028 ** index, ['ingest']);
  }
  emf.report('databaseUp', 1, []);
  lastLine(emf);

  expect(written).toHaveLength(2);
  for (const line of written) expect(emfFaults(line)).toEqual([]);
});

test('a line of the widest spread stays below 4 kB, so that workers may share one pipe', () => {
  const emf = emfWith();
  for (let index = 0; index < 5000; index++) {
    emf.report('httpRequestDuration', 1e-5 * 1.0033 ** index, ['POST', '/ingest', '500']);
    emf.report('commitGroupSize', 8, ['ingest']);
    emf.report('commitDuration', 1e-5 * 1.0033 ** index, ['ingest']);
  }
  emf.report('databaseUp', 1, []);
  lastLine(emf);

  expect(Buffer.byteLength(written.at(-1) as string)).toBeLessThan(4096);
});

test('[Metrics collection enabled] names the metrics that alarms and dashboards are built on', () => {
  const names = emfWith().series.map(({ name, unit }) => `${name} ${unit}`);

  expect(names.toSorted()).toEqual([
    'AnalysesDead Count',
    'AnalysesDone Count',
    'AnalysesFailed Count',
    'AnalysisQueueAge Seconds',
    'AuditBrokenChains Count',
    'AuditCheckpoints Count',
    'AuditEvents Count',
    'AuditPublisherLagSeconds Seconds',
    'AuditSealRefusals Count',
    'AuditSinkFailures Count',
    'AuthenticationFailures Count',
    'CommitDuration Seconds',
    'DatabaseUp None',
    'EventLoopLagSeconds Seconds',
    'HttpClientErrors Count',
    'HttpRequestDuration Seconds',
    'HttpRequests Count',
    'HttpServerErrors Count',
    'IngestFailures Count',
    'NotesAcknowledged Count',
    'PartitionsAhead Count',
    'QueueDepth Count',
    'RateLimited Count',
    'ResidentMemoryBytes Bytes',
  ]);
});

test('counters hold the increase since the last line, and 0 when there was none', () => {
  const emf = emfWith();
  emf.report('notesAcknowledged', 3, []);
  emf.report('notesAcknowledged', 4, []);
  emf.report('ingestFailures', 1, ['unavailable']);
  emf.report('authenticationFailures', 1, ['unknown_key']);
  emf.report('rateLimited', 1, ['principal']);
  emf.report('auditEvents', 9, []);
  emf.report('httpRequestDuration', 0.01, ['POST', '/ingest', '200']);
  emf.report('httpRequestDuration', 0.01, ['POST', '/ingest', '422']);
  emf.report('httpRequestDuration', 0.01, ['POST', '/ingest', '503']);
  const reported = {
    NotesAcknowledged: 7,
    IngestFailures: 1,
    AuthenticationFailures: 1,
    RateLimited: 1,
    AuditEvents: 9,
    HttpRequests: 3,
    HttpServerErrors: 1,
    HttpClientErrors: 1,
  };

  expect(lastLine(emf)).toMatchObject({ ...dimensions, event: 'metrics', ...reported });
  expect(lastLine(emf)).toMatchObject(Object.fromEntries(Object.keys(reported).map((name) => [name, 0])));
});

test('durations are distributions, and left out of a minute without any', () => {
  const emf = emfWith();
  emf.report('httpRequestDuration', 0.01, ['POST', '/ingest', '200']);
  emf.report('httpRequestDuration', 0.01, ['POST', '/ingest', '200']);
  emf.report('httpRequestDuration', 3, ['POST', '/ingest', '200']);

  const first = lastLine(emf);
  expect(first.HttpRequestDuration).toMatchObject({ Counts: [2, 1], Min: 0.01, Max: 3, Sum: 3.02, Count: 3 });
  expect(first).not.toHaveProperty('CommitDuration');
  expect(lastLine(emf)).not.toHaveProperty('HttpRequestDuration');
});

test('health probes are no requests: they would hide the latency of a quiet stage', () => {
  const emf = emfWith();
  for (const path of ['/health', '/health/live', '/health/ready'])
    emf.report('httpRequestDuration', 0.001, ['GET', path, '503']);

  expect(lastLine(emf)).toMatchObject({ HttpRequests: 0, HttpServerErrors: 0 });
});

test('the queue depth is the most of the minute, and starts the next one where it stands', () => {
  const emf = emfWith();
  for (const depth of [3, 90, 5]) emf.report('queueDepth', depth, []);

  expect(lastLine(emf).QueueDepth).toBe(90);
  expect(lastLine(emf).QueueDepth).toBe(5);
});

test('the database is up, down, or unknown', () => {
  const emf = emfWith();
  expect(lastLine(emf)).not.toHaveProperty('DatabaseUp');
  emf.report('databaseUp', 1, []);
  expect(lastLine(emf).DatabaseUp).toBe(1);
  emf.report('databaseUp', 0, []);
  expect(lastLine(emf).DatabaseUp).toBe(0);
});

test('a blocked event loop shows as lag, a free one as nearly none', async () => {
  const emf = emfWith();
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(100);
  const until = performance.now() + 400;
  while (performance.now() < until);
  await wait(100);

  expect(lastLine(emf).EventLoopLagSeconds).toBeGreaterThan(0.3);

  const free = emfWith();
  const lags: unknown[] = [];
  // A busy machine may hold any one of them up.
  for (let look = 0; look < 20 && !lags.some((lag) => Number(lag) < 0.3); look++) {
    await wait(200);
    lags.push(lastLine(free).EventLoopLagSeconds);
  }
  expect(Math.min(...lags.map(Number))).toBeLessThan(0.3);
});

test('the memory is that of the process', () => {
  const memory = lastLine(emfWith()).ResidentMemoryBytes as number;

  expect(memory / process.memoryUsage.rss()).toBeGreaterThan(0.5);
  expect(memory / process.memoryUsage.rss()).toBeLessThan(2);
});

test('series of other parts of the service stand in the same line', () => {
  const lag = {
    name: 'OtherSeconds',
    unit: 'Seconds',
    help: 'Age of the oldest.',
    take: () => 12,
  } as const;

  const line = lastLine(emfWith({ series: [lag] }));

  expect(line.OtherSeconds).toBe(12);
  expect(emfFaults(JSON.stringify(line))).toEqual([]);
});

test('two series of one name, or one named like a dimension, are refused at the start', () => {
  const named = (name: string) => ({ name, unit: 'Count', help: '', take: () => 1 }) as const;

  expect(() => emfWith({ series: [named('QueueDepth')] })).toThrow('Two EMF members are named QueueDepth');
  expect(() => emfWith({ series: [named('Stage')] })).toThrow('Two EMF members are named Stage');
  expect(() => emfWith({ series: Array.from({ length: 90 }, (_, index) => named(`S${index}`)) })).toThrow('CloudWatch');
});

test('a line is written every minute from the start on, and one at the stop', () => {
  jest.useFakeTimers();
  const emf = emfWith();
  emf.start();
  emf.start();

  jest.advanceTimersByTime(59_999);
  expect(written).toHaveLength(0);
  jest.advanceTimersByTime(1);
  expect(written).toHaveLength(1);
  jest.advanceTimersByTime(120_000);
  expect(written).toHaveLength(3);
  emf.stop();
  expect(written).toHaveLength(4);
  jest.advanceTimersByTime(600_000);
  expect(written).toHaveLength(4);
});

test('a real process writes its line at the stop, between its log lines, and is not kept alive', async () => {
  const fixture = join(__dirname, 'fixtures', 'emf-lines.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [fixture], { timeout: 120_000 });

  const emfLines = stdout
    .trim()
    .split('\n')
    .filter((line) => line.includes('_aws'));
  expect(emfLines).toHaveLength(1);
  expect(emfFaults(emfLines[0] as string)).toEqual([]);
  expect(JSON.parse(emfLines[0] as string)).toMatchObject({ NotesAcknowledged: 2, HttpRequests: 1 });
});
