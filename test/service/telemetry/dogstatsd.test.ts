import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createDogStatsD, type DogStatsD } from '../../../service/src/telemetry/dogstatsd.ts';
import { createMetrics, type Metrics } from '../../../service/src/telemetry/metrics.ts';

const tags = { service: 'healthcare-ai', env: 'test', version: '0.1.0' };
const received: string[] = [];
let agent: Socket;
let port: number;

beforeAll(async () => {
  agent = createSocket('udp4');
  agent.on('message', (datagram) => received.push(...datagram.toString().trim().split('\n')));
  agent.bind(0, '127.0.0.1');
  await once(agent, 'listening');
  port = agent.address().port;
});
afterAll(() => agent.close());
beforeEach(() => {
  received.length = 0;
});

const over = (datadog: DogStatsD): Metrics =>
  createMetrics({ version: '0', stage: 'test', processMetrics: false, sinks: [datadog] });

/** What the agent gets between two closes; the last datagram is known by a metric sent after it on the same socket. */
async function reported(report: (sink: Metrics) => void | Promise<void>): Promise<string[]> {
  const datadog = createDogStatsD({ host: '127.0.0.1', port, tags });
  await report(over(datadog));
  await datadog.close();
  const marker = createSocket('udp4');
  marker.send('end', port, '127.0.0.1');
  for (let wait = 0; wait < 2_000 && !received.includes('end'); wait++) await new Promise((r) => setTimeout(r, 10));
  marker.close();
  return received.filter((line) => line !== 'end');
}

test('an agent receives every report, with the tags of the service', async () => {
  const lines = await reported((sink) => {
    sink.report('httpRequestDuration', 0.0125, 'POST', '/ingest', '200');
    sink.report('notesAcknowledged', 3);
    sink.report('notesAcknowledged', 4);
    sink.report('ingestFailures', 1, 'overloaded');
    sink.report('commitGroupSize', 7, 'ingest');
    sink.report('commitDuration', 0.004, 'ingest');
    sink.report('queueDepth', 9);
    sink.report('queueDepth', 2);
    sink.report('auditEvents', 8);
    sink.report('authenticationFailures', 1, 'unknown_key');
    sink.report('rateLimited', 1, 'principal');
    sink.report('databaseUp', 1);
    sink.report('poolConnections', 3, 'used');
    sink.report('poolConnections', 1, 'idle');
    sink.report('poolWaiting', 0);
  });

  const common = '|#service:healthcare-ai,env:test,version:0.1.0';
  expect([...lines].sort()).toEqual(
    [
      `healthcare_ai.http.server.request.duration:0.0125|d${common},http_request_method:POST,http_route:/ingest,http_response_status_code:200`,
      `healthcare_ai.ingest.notes_acknowledged:7|c${common}`,
      `healthcare_ai.ingest.failures:1|c${common},reason:overloaded`,
      `healthcare_ai.ingest.commit_group_size:7|d${common},kind:ingest`,
      `healthcare_ai.ingest.commit_duration:0.004|d${common},kind:ingest`,
      `healthcare_ai.ingest.queue_depth:2|g${common}`,
      `healthcare_ai.audit.events:8|c${common}`,
      `healthcare_ai.authentication.failures:1|c${common},reason:unknown_key`,
      `healthcare_ai.rate_limited.requests:1|c${common},limit:principal`,
      `healthcare_ai.database.up:1|g${common}`,
      `healthcare_ai.db.client.connection.count:3|g${common},state:used`,
      `healthcare_ai.db.client.connection.count:1|g${common},state:idle`,
      `healthcare_ai.db.client.connection.pending_requests:0|g${common}`,
    ].sort(),
  );
});

test('under load durations are sampled, and weighted so that the agent counts every request', async () => {
  const lines = await reported(async (sink) => {
    for (let request = 0; request < 10_500; request++) {
      sink.report('httpRequestDuration', 0.01, 'POST', '/ingest', '200');
      // The listener shares this thread, and its socket's buffer is small.
      if (request % 250 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  });

  const weighted = lines.reduce((sum, line) => sum + (line.includes('|@0.1') ? 10 : 1), 0);
  expect(lines.length).toBeLessThan(2_500);
  // 10,000 draws of one in ten: the standard deviation of the sum is 300.
  expect(Math.abs(weighted - 10_500)).toBeLessThan(1_800);
});

test('what a client sends makes no tag', async () => {
  const lines = await reported((sink) => sink.report('httpRequestDuration', 0.01, 'BREW|#x', '/ingest', '7777'));

  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('http_request_method:_OTHER,http_route:/ingest,http_response_status_code:0');
});

test.each([
  ['does not listen', '127.0.0.1', 1],
  ['cannot be resolved', 'no-such-agent.invalid', 8125],
])('an agent that %s disturbs nothing, and is reported once', async (_, host, unused) => {
  const errors: Error[] = [];
  const datadog = createDogStatsD({ host, port: unused, tags, onError: (error) => errors.push(error) });
  const sink = over(datadog);

  for (let request = 0; request < 2_000; request++) {
    sink.report('httpRequestDuration', 0.01, 'GET', '/', '200');
    sink.report('notesAcknowledged', 1);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  for (let request = 0; request < 2_000; request++) sink.report('httpRequestDuration', 0.01, 'GET', '/', '200');
  const start = performance.now();
  await datadog.close();

  // A second, and a busy machine. Many a resolver would take longer.
  expect(performance.now() - start).toBeLessThan(4_500);
  expect(errors.length).toBeLessThanOrEqual(1);
});
