const count = /^(Sum)$/;
const gauge = /^(Average|Maximum|Minimum|p\d{2}(\.\d+)?)$/;

/** Metrics that the service reports to CloudWatch and an alarm may watch, with the statistics that fit them. */
export const serviceMetrics: { readonly [name: string]: RegExp } = {
  NotesAcknowledged: count,
  IngestFailures: count,
  AuthenticationFailures: count,
  HttpRequests: count,
  HttpServerErrors: count,
  HttpClientErrors: count,
  AuditEvents: count,
  RateLimited: count,
  HttpRequestDuration: gauge,
  CommitDuration: gauge,
  QueueDepth: gauge,
  DatabaseUp: gauge,
  EventLoopLagSeconds: gauge,
  ResidentMemoryBytes: gauge,
  AuditPublisherLagSeconds: gauge,
  AuditSinkFailures: count,
  AuditSealRefusals: count,
  AuditBrokenChains: gauge,
  PartitionsAhead: gauge,
};
