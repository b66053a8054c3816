import type { Registry } from 'prom-client';
import type { MetricsSink } from './metrics-sink.ts';
import { createPrometheusMetrics, type PrometheusMetricsProps } from './prometheus.ts';

export type { AnalysisOutcome, CommitKind, IngestFailure, MetricsSink, SinkName } from './metrics-sink.ts';

/** What the service reports to, and the registry that `/metrics` shows. */
export interface Metrics extends MetricsSink {
  readonly registry: Registry;
}

export interface MetricsOptions extends PrometheusMetricsProps {
  /**
   * Further receivers of every report: CloudWatch (`createEmf`), Datadog (`createDogStatsD`).
   *
   * @default - Prometheus alone
   */
  readonly sinks?: readonly MetricsSink[];
}

/** Creates the metrics of one process. Nothing is registered globally and nothing is started. */
export function createMetrics(options: MetricsOptions): Metrics {
  const prometheus = createPrometheusMetrics(options);
  if (options.sinks === undefined || options.sinks.length === 0) return prometheus;
  return { ...broadcast([prometheus, ...options.sinks]), registry: prometheus.registry };
}

function broadcast(sinks: readonly MetricsSink[]): MetricsSink {
  const tell =
    <Arguments extends readonly unknown[]>(report: (sink: MetricsSink, ...values: Arguments) => void) =>
    (...values: Arguments) => {
      for (const sink of sinks) report(sink, ...values);
    };
  return {
    httpRequest: tell((sink, ...report: Parameters<MetricsSink['httpRequest']>) => sink.httpRequest(...report)),
    noteAcknowledged: tell((sink, count: number) => sink.noteAcknowledged(count)),
    ingestFailed: tell((sink, ...report: Parameters<MetricsSink['ingestFailed']>) => sink.ingestFailed(...report)),
    commitGroup: tell((sink, ...report: Parameters<MetricsSink['commitGroup']>) => sink.commitGroup(...report)),
    queueDepth: tell((sink, depth: number) => sink.queueDepth(depth)),
    auditEvents: tell((sink, count: number) => sink.auditEvents(count)),
    checkpointMade: tell((sink, events: number) => sink.checkpointMade(events)),
    sealRefused: tell((sink, ...report: Parameters<MetricsSink['sealRefused']>) => sink.sealRefused(...report)),
    auditPublished: tell((sink, ...report: Parameters<MetricsSink['auditPublished']>) =>
      sink.auditPublished(...report),
    ),
    auditSinkFailed: tell((sink, ...report: Parameters<MetricsSink['auditSinkFailed']>) =>
      sink.auditSinkFailed(...report),
    ),
    auditLag: tell((sink, ...report: Parameters<MetricsSink['auditLag']>) => sink.auditLag(...report)),
    authenticationFailed: tell((sink, reason: string) => sink.authenticationFailed(reason)),
    rateLimited: tell((sink, limit: string) => sink.rateLimited(limit)),
    databaseUp: tell((sink, up: boolean) => sink.databaseUp(up)),
    poolConnections: tell((sink, ...report: Parameters<MetricsSink['poolConnections']>) =>
      sink.poolConnections(...report),
    ),
    analysisFinished: tell((sink, ...report: Parameters<MetricsSink['analysisFinished']>) =>
      sink.analysisFinished(...report),
    ),
    analysisQueue: tell((sink, ...report: Parameters<MetricsSink['analysisQueue']>) => sink.analysisQueue(...report)),
    modelCall: tell((sink, ...report: Parameters<MetricsSink['modelCall']>) => sink.modelCall(...report)),
    modelUsed: tell((sink, ...report: Parameters<MetricsSink['modelUsed']>) => sink.modelUsed(...report)),
  };
}
