import { metricDefinitions } from '../../../service/src/telemetry/catalogue.ts';
import { createMetrics, type MetricsSink } from '../../../service/src/telemetry/metrics.ts';

const options = { version: '1.2.3', stage: 'test' };
const quiet = { ...options, processMetrics: false };

const lines = async (metrics: ReturnType<typeof createMetrics>) => (await metrics.registry.metrics()).split('\n');

test('[Response times tracked] a request is counted under its method, route and status, in the buckets of OpenTelemetry', async () => {
  const metrics = createMetrics(quiet);

  metrics.report('httpRequestDuration', 0.004, 'POST', '/ingest', '200');
  metrics.report('httpRequestDuration', 0.3, 'POST', '/ingest', '200');
  metrics.report('httpRequestDuration', 20, 'POST', '/ingest', '422');

  const text = await lines(metrics);
  const labels = 'http_request_method="POST",http_route="/ingest",http_response_status_code="200"';
  expect(text).toContain(`http_server_request_duration_seconds_bucket{le="0.005",${labels}} 1`);
  expect(text).toContain(`http_server_request_duration_seconds_bucket{le="0.5",${labels}} 2`);
  expect(text).toContain(`http_server_request_duration_seconds_count{${labels}} 2`);
  expect(text).toContain(`http_server_request_duration_seconds_sum{${labels}} 0.304`);
  expect(text).toContain(
    'http_server_request_duration_seconds_bucket{le="+Inf",http_request_method="POST",http_route="/ingest",http_response_status_code="422"} 1',
  );
  const bounds = text.filter((line) => line.includes('_bucket') && line.includes('"200"'));
  expect(bounds.map((line) => /le="([^"]+)"/.exec(line)?.[1])).toEqual(
    '0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf'.split(' '),
  );
});

test('every report shows in its series', async () => {
  const metrics = createMetrics(quiet);

  metrics.report('notesAcknowledged', 3);
  metrics.report('notesAcknowledged', 2);
  metrics.report('ingestFailures', 1, 'overloaded');
  metrics.report('commitGroupSize', 5, 'ingest');
  metrics.report('commitDuration', 0.004, 'ingest');
  metrics.report('commitGroupSize', 1, 'event');
  metrics.report('commitDuration', 0.002, 'event');
  metrics.report('queueDepth', 9);
  metrics.report('queueDepth', 4);
  metrics.report('auditEvents', 7);
  metrics.report('authenticationFailures', 1, 'unknown_key');
  metrics.report('rateLimited', 1, 'principal');
  metrics.report('databaseUp', 1);
  metrics.report('poolConnections', 3, 'used');
  metrics.report('poolConnections', 1, 'idle');
  metrics.report('poolWaiting', 2);

  expect(await lines(metrics)).toEqual(
    expect.arrayContaining([
      'ingest_notes_acknowledged_total 5',
      'ingest_failures_total{reason="overloaded"} 1',
      'ingest_commit_group_size_sum{kind="ingest"} 5',
      'ingest_commit_duration_seconds_count{kind="event"} 1',
      'ingest_queue_depth 4',
      'audit_events_total 7',
      'authentication_failures_total{reason="unknown_key"} 1',
      'rate_limited_requests_total{limit="principal"} 1',
      'database_up 1',
      'db_client_connection_count{state="used"} 3',
      'db_client_connection_count{state="idle"} 1',
      'db_client_connection_pending_requests 2',
      `build_info{version="1.2.3",node="${process.version}",stage="test"} 1`,
    ]),
  );
  metrics.report('databaseUp', 0);
  expect(await lines(metrics)).toContain('database_up 0');
});

test('nothing that a client sends can make a new series', async () => {
  const metrics = createMetrics(quiet);

  for (let client = 0; client < 1000; client++) {
    metrics.report('httpRequestDuration', 0.01, `BREW${client}`, '/ingest', '200');
    metrics.report('httpRequestDuration', 0.01, 'GET', '/ingest', String(1000 + client));
    metrics.report('httpRequestDuration', 0.01, 'GET', `/route-by-mistake/${client}`, '200');
    metrics.report('authenticationFailures', 1, `reason-by-mistake-${client}`);
  }

  const text = await lines(metrics);
  const counts = text.filter((line) => line.startsWith('http_server_request_duration_seconds_count'));
  expect(counts.length).toBeLessThan(110);
  expect(text).toContain(
    'http_server_request_duration_seconds_count{http_request_method="_OTHER",http_route="/ingest",http_response_status_code="200"} 1000',
  );
  expect(text.some((line) => line.includes('http_route="_OTHER"'))).toBe(true);
  expect(text.some((line) => line.includes('BREW'))).toBe(false);
  expect(text.filter((line) => line.startsWith('authentication_failures_total'))).toHaveLength(101);
});

test('two sets of metrics in one process share nothing', async () => {
  const first = createMetrics(quiet);
  const second = createMetrics(quiet);

  first.report('notesAcknowledged', 1);

  expect(await lines(second)).toContain('ingest_notes_acknowledged_total 0');
});

test('the process itself is measured: memory, CPU, event-loop lag', async () => {
  const names = (await createMetrics(options).registry.getMetricsAsJSON()).map(({ name }) => name);

  expect(names).toEqual(
    expect.arrayContaining([
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_p99_seconds',
      ...Object.values(metricDefinitions).map(({ name }) => name),
    ]),
  );
});

test('every report also reaches every further sink, with its labels', () => {
  const seen: unknown[][] = [];
  const sink: MetricsSink = { report: (...report) => seen.push(report) };
  const metrics = createMetrics({ ...quiet, sinks: [sink, sink] });

  metrics.report('httpRequestDuration', 0.1, 'GET', '/', '200');
  metrics.report('auditEvents', 5);

  const reports = [
    ['httpRequestDuration', 0.1, ['GET', '/', '200']],
    ['auditEvents', 5, []],
  ];
  expect(seen).toEqual(reports.flatMap((report) => [report, report]));
});
