import { contract } from '@healthcare-ai/contract';
import type { MetricDefinition } from './metric-definition.ts';

/** Bounds of `http.server.request.duration`: https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ */
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** A commit with fsync takes 1-10 ms on the disks measured, so the HTTP bounds start too late. */
const COMMIT_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** From a note of a line by rules to a model's answer after its retries. */
const ANALYSIS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45];

/** Probes would outnumber the requests of a quiet stage and hide its latency; a drain's 503 is no server error. */
const probes: ReadonlySet<string> = new Set([contract.paths.health, contract.paths.live, contract.paths.ready]);
const isRequest = (_method: string, route: string) => !probes.has(route);

export const metricDefinitions = {
  httpRequestDuration: {
    name: 'http_server_request_duration_seconds',
    datadog: 'http.server.request.duration',
    type: 'histogram',
    help: 'Duration of HTTP requests, from their headers to the end of the answer.',
    labels: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: HTTP_SECONDS,
    cloudwatch: [
      {
        name: 'HttpRequests',
        unit: 'Count',
        help: 'Requests answered, health probes left out.',
        value: 'count',
        where: isRequest,
      },
      {
        name: 'HttpServerErrors',
        unit: 'Count',
        help: 'Requests answered 5xx, health probes left out.',
        value: 'count',
        where: (method, route, status) => isRequest(method, route) && status >= '500',
      },
      {
        name: 'HttpClientErrors',
        unit: 'Count',
        help: 'Requests answered 4xx, health probes left out.',
        value: 'count',
        where: (method, route, status) => isRequest(method, route) && status >= '400' && status < '500',
      },
      {
        name: 'HttpRequestDuration',
        unit: 'Seconds',
        help: 'Duration of requests, health probes left out.',
        value: 'distribution',
        where: isRequest,
      },
    ],
  },
  notesAcknowledged: {
    name: 'ingest_notes_acknowledged_total',
    datadog: 'ingest.notes_acknowledged',
    type: 'counter',
    help: 'Notes that were committed and acknowledged.',
    cloudwatch: [{ name: 'NotesAcknowledged', unit: 'Count', value: 'sum' }],
  },
  ingestFailures: {
    name: 'ingest_failures_total',
    datadog: 'ingest.failures',
    type: 'counter',
    help: 'Notes that were not taken: unavailable (database), overloaded (queue full), rejected (by a constraint), error.',
    labels: ['reason'],
    cloudwatch: [
      { name: 'IngestFailures', unit: 'Count', help: 'Notes that were not taken, for any reason.', value: 'sum' },
    ],
  },
  commitGroupSize: {
    name: 'ingest_commit_group_size',
    datadog: 'ingest.commit_group_size',
    type: 'histogram',
    help: 'Entries that shared one transaction.',
    labels: ['kind'],
    buckets: [1, 2, 4, 8, 16, 32, 64],
  },
  commitDuration: {
    name: 'ingest_commit_duration_seconds',
    datadog: 'ingest.commit_duration',
    type: 'histogram',
    help: 'Duration of one group transaction, from BEGIN to the answer to COMMIT.',
    labels: ['kind'],
    buckets: COMMIT_SECONDS,
    cloudwatch: [
      { name: 'CommitDuration', unit: 'Seconds', help: 'Duration of one group transaction.', value: 'distribution' },
    ],
  },
  queueDepth: {
    name: 'ingest_queue_depth',
    datadog: 'ingest.queue_depth',
    type: 'gauge',
    help: 'Notes and audit events that wait for a lane.',
    cloudwatch: [
      {
        name: 'QueueDepth',
        unit: 'Count',
        help: 'Notes and audit events that waited for a lane: the most in the minute.',
        value: 'most',
      },
    ],
  },
  auditEvents: {
    name: 'audit_events_total',
    datadog: 'audit.events',
    type: 'counter',
    help: 'Audit events made durable.',
    cloudwatch: [{ name: 'AuditEvents', unit: 'Count', value: 'sum' }],
  },
  auditCheckpoints: {
    name: 'audit_checkpoints_total',
    datadog: 'audit.checkpoints',
    type: 'counter',
    help: 'Signed checkpoints made.',
    cloudwatch: [{ name: 'AuditCheckpoints', unit: 'Count', value: 'sum' }],
  },
  auditSealRefusals: {
    name: 'audit_seal_refusals_total',
    datadog: 'audit.seal_refusals',
    type: 'counter',
    help: 'Checkpoints that were not made: the trail asks for another key (key), its newest checkpoint was tampered with (forged), or a sink is ahead of the database (behind).',
    labels: ['reason'],
    cloudwatch: [
      {
        name: 'AuditSealRefusals',
        unit: 'Count',
        help: 'Checkpoints that were not made for want of the right key or trail.',
        value: 'sum',
      },
    ],
  },
  auditPublished: {
    name: 'audit_published_events_total',
    datadog: 'audit.published_events',
    type: 'counter',
    help: 'Audit events that a sink took: cloudwatch, files; of s3, which takes checkpoints alone, the events under them.',
    labels: ['sink'],
  },
  auditSinkFailures: {
    name: 'audit_sink_failures_total',
    datadog: 'audit.sink_failures',
    type: 'counter',
    help: 'Attempts to publish to a sink that failed; each is repeated.',
    labels: ['sink'],
    cloudwatch: [
      {
        name: 'AuditSinkFailures',
        unit: 'Count',
        help: 'Attempts to publish the audit trail that failed.',
        value: 'sum',
      },
    ],
  },
  auditLag: {
    name: 'audit_publisher_lag_seconds',
    datadog: 'audit.publisher_lag',
    type: 'gauge',
    help: 'Age of the oldest audit event that is not sealed and published to every sink, 0 without such an event: every process reports the same.',
    aggregator: 'max',
    cloudwatch: [
      {
        name: 'AuditPublisherLagSeconds',
        unit: 'Seconds',
        help: 'Age of the oldest audit event that is not sealed and published to every sink, 0 without such an event.',
        // Without a new measurement there is no data point: the alarm treats missing data as breaching.
        value: 'once',
      },
    ],
  },
  auditBrokenChains: {
    name: 'audit_broken_chains',
    datadog: 'audit.broken_chains',
    type: 'gauge',
    help: 'Audit chains in which a fault was found: what follows it is not sealed.',
    aggregator: 'max',
    cloudwatch: [
      {
        name: 'AuditBrokenChains',
        unit: 'Count',
        help: 'Audit chains in which a fault was found.',
        value: 'last',
      },
    ],
  },
  partitionsAhead: {
    name: 'database_partitions_ahead',
    datadog: 'database.partitions_ahead',
    type: 'gauge',
    help: 'Whole quarters after the present one for which notes and audit events have partitions.',
    aggregator: 'min',
    cloudwatch: [{ name: 'PartitionsAhead', unit: 'Count', value: 'last' }],
  },
  authenticationFailures: {
    name: 'authentication_failures_total',
    datadog: 'authentication.failures',
    type: 'counter',
    help: 'Credentials that were refused, by reason.',
    labels: ['reason'],
    cloudwatch: [
      { name: 'AuthenticationFailures', unit: 'Count', help: 'Credentials that were refused.', value: 'sum' },
    ],
  },
  rateLimited: {
    name: 'rate_limited_requests_total',
    datadog: 'rate_limited.requests',
    type: 'counter',
    help: 'Requests answered 429, by the limit that they met.',
    labels: ['limit'],
    cloudwatch: [{ name: 'RateLimited', unit: 'Count', help: 'Requests answered 429 by a limit.', value: 'sum' }],
  },
  databaseUp: {
    name: 'database_up',
    datadog: 'database.up',
    type: 'gauge',
    help: '1 when the last look at the database succeeded, 0 when it failed.',
    aggregator: 'min',
    cloudwatch: [{ name: 'DatabaseUp', unit: 'None', value: 'last' }],
  },
  poolConnections: {
    name: 'db_client_connection_count',
    datadog: 'db.client.connection.count',
    type: 'gauge',
    help: 'Connections of the database pool, by state: used or idle.',
    labels: ['state'],
  },
  poolWaiting: {
    name: 'db_client_connection_pending_requests',
    datadog: 'db.client.connection.pending_requests',
    type: 'gauge',
    help: 'Callers that wait for a connection of the database pool.',
  },
  analyses: {
    name: 'analysis_attempts_total',
    datadog: 'analysis.attempts',
    type: 'counter',
    help: 'Attempts at an analysis: done, needs_review (done, with doubts), retry, dead (given up), lost (another worker had it).',
    labels: ['outcome'],
    cloudwatch: [
      {
        name: 'AnalysesDone',
        unit: 'Count',
        help: 'Analyses made, those with doubts included.',
        value: 'sum',
        where: (outcome) => outcome === 'done' || outcome === 'needs_review',
      },
      {
        name: 'AnalysesFailed',
        unit: 'Count',
        help: 'Attempts at an analysis that failed, the last ones included.',
        value: 'sum',
        where: (outcome) => outcome === 'retry' || outcome === 'dead',
      },
    ],
  },
  analysisDuration: {
    name: 'analysis_duration_seconds',
    datadog: 'analysis.duration',
    type: 'histogram',
    help: 'Duration of an attempt that succeeded, from the opened note to the commit of its analysis.',
    buckets: ANALYSIS_SECONDS,
  },
  analysisQueueDepth: {
    name: 'analysis_queue_depth',
    datadog: 'analysis.queue_depth',
    type: 'gauge',
    help: 'Analyses that wait or run, in the whole database: every process reports the same.',
    aggregator: 'max',
  },
  analysisQueueAge: {
    name: 'analysis_queue_oldest_seconds',
    datadog: 'analysis.queue_oldest',
    type: 'gauge',
    help: 'For how long the oldest analysis has been due.',
    aggregator: 'max',
    cloudwatch: [{ name: 'AnalysisQueueAge', unit: 'Seconds', value: 'last' }],
  },
  analysisDead: {
    name: 'analysis_queue_dead',
    datadog: 'analysis.queue_dead',
    type: 'gauge',
    help: 'Analyses that were given up; each can be asked for again.',
    aggregator: 'max',
    cloudwatch: [
      {
        name: 'AnalysesDead',
        unit: 'Count',
        help: 'Analyses that were given up and not asked for again.',
        value: 'last',
      },
    ],
  },
  modelCalls: {
    name: 'gen_ai_client_operation_duration_seconds',
    datadog: 'gen_ai.client.operation.duration',
    type: 'histogram',
    help: 'Duration of one call of a language model, by outcome: ok, throttled, timeout, engine-unavailable, ...',
    labels: ['outcome'],
    buckets: ANALYSIS_SECONDS,
  },
  modelTokens: {
    name: 'gen_ai_client_token_usage_total',
    datadog: 'gen_ai.client.token.usage',
    type: 'counter',
    help: 'Tokens that language models took (input) and gave (output).',
    labels: ['gen_ai_token_type'],
  },
  modelCost: {
    name: 'analysis_model_cost_total',
    datadog: 'analysis.model_cost',
    type: 'counter',
    help: 'Cost of the calls of language models, by the configured prices; none without prices.',
  },
  buildInfo: {
    name: 'build_info',
    type: 'gauge',
    help: 'Always 1; the labels are the version of the service, of Node.js and the stage.',
    labels: ['version', 'node', 'stage'],
    aggregator: 'first',
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metricDefinitions;

/** The values of a metric's labels, in the order of its definition. */
export type LabelValues<Name extends MetricName> = (typeof metricDefinitions)[Name] extends {
  readonly labels: infer Labels extends readonly string[];
}
  ? { [Index in keyof Labels]: string }
  : [];

/** Why an ingest was not acknowledged. */
export type IngestFailure = 'unavailable' | 'overloaded' | 'rejected' | 'error';

/** What a commit group holds: plain notes, notes with an idempotency key, audit events alone, or analyses. */
export type CommitKind = 'ingest' | 'idempotent' | 'event' | 'analysis';

/** Where the audit trail is published. */
export type SinkName = 'cloudwatch' | 's3' | 'files';

/**
 * How an attempt at an analysis ended: `needs_review` is done, with doubts; `retry` goes back into the queue; `dead` was
 * the last; `lost` was taken over by another worker.
 */
export type AnalysisOutcome = 'done' | 'needs_review' | 'retry' | 'dead' | 'lost';
