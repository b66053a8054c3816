import type { Registry } from 'prom-client';
import { type LabelValues, type MetricName, metricDefinitions } from './catalogue.ts';
import type { MetricDefinition } from './metric-definition.ts';
import { createPrometheusSink, type PrometheusProps } from './prometheus.ts';

export type { AnalysisOutcome, CommitKind, IngestFailure, SinkName } from './catalogue.ts';

/** What the parts of the service report to. */
export interface Metrics {
  /**
   * Reports a value: the increase of a counter, the new value of a gauge, or an observation of a histogram. Durations
   * are in seconds. Label values are literals of this service; of what a client sends, only the method and the status.
   */
  report<Name extends MetricName>(name: Name, value: number, ...labels: LabelValues<Name>): void;
}

/** The metrics of a process, with the registry that `/metrics` shows. */
export interface ProcessMetrics extends Metrics {
  readonly registry: Registry;
}

/** Takes reports to Prometheus, CloudWatch or Datadog, each in its own way. */
export interface MetricsSink {
  report(name: MetricName, value: number, labels: readonly string[]): void;
}

export interface MetricsOptions extends PrometheusProps {
  /**
   * Further receivers of every report: CloudWatch (`createEmf`), Datadog (`createDogStatsD`).
   *
   * @default - Prometheus alone
   */
  readonly sinks?: readonly MetricsSink[];
}

/** Creates the metrics of one process. Nothing is registered globally and nothing is started. */
export function createMetrics({ sinks = [], ...props }: MetricsOptions): ProcessMetrics {
  const prometheus = createPrometheusSink(props);
  const all = [prometheus, ...sinks];
  const limits = new Map<string, readonly ((value: string) => string)[]>();
  for (const [name, { labels }] of Object.entries<MetricDefinition>(metricDefinitions)) {
    if (labels)
      limits.set(
        name,
        labels.map((label) => bounded(knownValues[label])),
      );
  }
  return {
    registry: prometheus.registry,
    report(name, value, ...labels: readonly string[]) {
      const limited = limits.get(name);
      const known = limited ? limited.map((limit, index) => limit(labels[index]!)) : labels;
      for (const sink of all) sink.report(name, value, known);
    },
  };
}

const methods = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

/** Replaces a value outside of a bounded set, as OpenTelemetry does for unknown methods. */
const other = '_OTHER';

/**
 * Labels whose values a client can influence: a known method, and a status of 100 to 599 or 0.
 * https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
 */
const knownValues: Readonly<Record<string, (value: string) => string>> = {
  http_request_method: (method) => (methods.has(method) ? method : other),
  http_response_status_code: (status) => (/^[1-5]\d\d$/.test(status) ? status : '0'),
};

/** Values that one label may take before the rest become `_OTHER`: a bug must not create series without end. */
const mostLabelValues = 100;

function bounded(known: (value: string) => string = (value) => value): (value: string) => string {
  const seen = new Set<string>();
  return (given) => {
    if (seen.has(given)) return given;
    const value = known(given);
    if (seen.has(value)) return value;
    if (seen.size >= mostLabelValues) return other;
    seen.add(value);
    return value;
  };
}
