/** Why an ingest was not acknowledged. */
export type IngestFailure = 'unavailable' | 'overloaded' | 'rejected' | 'error';

/** What a commit group holds: plain notes, notes with an idempotency key, audit events alone, or analyses. */
export type CommitKind = 'ingest' | 'idempotent' | 'event' | 'analysis';

/** Where the audit trail is published. */
export type SinkName = 'cloudwatch' | 's3' | 'files';

/** Why no checkpoint was made. */
export type SealRefusal = 'key' | 'forged' | 'behind';

/**
 * How an attempt at an analysis ended: `needs_review` is done, with doubts; `retry` goes back into the queue; `dead` was
 * the last; of a `lost` one another worker had taken over.
 */
export type AnalysisOutcome = 'done' | 'needs_review' | 'retry' | 'dead' | 'lost';

/**
 * What the service reports about itself. Prometheus, CloudWatch and Datadog each take it in their own way, behind this
 * one interface. Durations are in seconds. No argument may come from a client, except `method` and `status`, which
 * implementations reduce to known values.
 */
export interface MetricsSink {
  /** A request was answered. `route` is the pattern, `*` when none matched. */
  httpRequest(method: string, route: string, status: number, seconds: number): void;

  /** Notes whose COMMIT succeeded and whose answer is being sent. */
  noteAcknowledged(count: number): void;

  /** A note was not taken. */
  ingestFailed(reason: IngestFailure): void;

  /** A group was committed. `seconds` is the time from BEGIN to the answer to COMMIT. */
  commitGroup(kind: CommitKind, size: number, seconds: number): void;

  /** Notes and events that wait for a lane. */
  queueDepth(depth: number): void;

  /** Audit events made durable. */
  auditEvents(count: number): void;

  /** A checkpoint over so many events was made. */
  checkpointMade(events: number): void;

  /** No checkpoint was made, because the trail asks for a `key` that this process does not have, was `forged`, or is `behind` a sink. */
  sealRefused(reason: SealRefusal): void;

  /** A sink took a checkpoint and its events. */
  auditPublished(sink: SinkName, events: number): void;

  /** A sink did not take what it was given. */
  auditSinkFailed(sink: SinkName): void;

  /** Age of the oldest event that is not published to every sink, 0 where there is none; and chains that are broken. */
  auditLag(seconds: number, brokenChains: number): void;

  /** A credential was refused. `reason` is a literal (`unknown_key`). */
  authenticationFailed(reason: string): void;

  /** A request was answered 429. `limit` is the name of the limit (`principal`). */
  rateLimited(limit: string): void;

  /** The outcome of the last look at the database. */
  databaseUp(up: boolean): void;

  /** Connections of the database pool, those of them that are idle, and callers that wait for one. */
  poolConnections(total: number, idle: number, waiting: number): void;

  /** An attempt at an analysis ended; `seconds` is told of those that succeeded. */
  analysisFinished(outcome: AnalysisOutcome, seconds: number | undefined): void;

  /** Analyses that wait or run, those that were given up, and for how long the oldest has been due. */
  analysisQueue(depth: number, dead: number, oldestSeconds: number): void;

  /** A call of a language model ended. `outcome` is `ok` or the code of a failure. */
  modelCall(outcome: string, seconds: number): void;

  /** What an answer of a language model took. `cost` is null where no prices are configured. */
  modelUsed(usage: { readonly inputTokens: number; readonly outputTokens: number; readonly cost: number | null }): void;
}

const METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

/** What stands for a value outside of a bounded set, as OpenTelemetry has it for unknown methods. */
export const OTHER = '_OTHER';

/**
 * An HTTP method as a label: a known one or `_OTHER`, so that clients cannot make series.
 * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
export const knownMethod = (method: string): string => (METHODS.has(method) ? method : OTHER);

/** A status code as a label: 100 to 599, or 0. */
export const knownStatus = (status: number): number =>
  Number.isInteger(status) && status >= 100 && status <= 599 ? status : 0;
