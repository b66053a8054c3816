import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricName, metricDefinitions } from './catalogue.ts';
import type { MetricDefinition } from './metric-definition.ts';
import type { MetricsSink } from './metrics.ts';

export interface PrometheusProps {
  /** Version of the service, for `build_info`. */
  readonly version: string;

  /** Stage (`dev`, `prod`), for `build_info`. */
  readonly stage: string;

  /**
   * Whether to collect memory, CPU, garbage collection and event-loop lag of the process.
   *
   * @default true
   */
  readonly processMetrics?: boolean;
}

type Take = (value: number) => void;

/** Takes reports into a prom-client registry of its own. */
export function createPrometheusSink(props: PrometheusProps): MetricsSink & { readonly registry: Registry } {
  const registry = new Registry();
  if (props.processMetrics !== false) collectDefaultMetrics({ register: registry });
  const binders = new Map(
    Object.entries<MetricDefinition>(metricDefinitions).map(([name, definition]) => [
      name,
      binderOf(definition, registry),
    ]),
  );
  // prom-client allocates two closures on every `labels()`: each series is bound once.
  const series = new Map<string, Take>();
  const report = (name: MetricName, value: number, labels: readonly string[]) => {
    const key = labels.length === 0 ? name : `${name} ${labels.join(' ')}`;
    let take = series.get(key);
    if (!take) {
      take = binders.get(name)!(labels);
      series.set(key, take);
    }
    take(value);
  };
  report('buildInfo', 1, [props.version, process.version, props.stage]);
  return { registry, report };
}

function binderOf(definition: MetricDefinition, registry: Registry): (labels: readonly string[]) => Take {
  const { type, name, help, labels = [], aggregator = 'sum', buckets } = definition;
  const settings = { name, help, labelNames: [...labels], aggregator, registers: [registry] };
  if (type === 'counter') {
    const counter = new Counter<string>(settings);
    return (values) => {
      const child = counter.labels(...values);
      return (value) => child.inc(value);
    };
  }
  if (type === 'gauge') {
    const gauge = new Gauge<string>(settings);
    return (values) => {
      const child = gauge.labels(...values);
      return (value) => child.set(value);
    };
  }
  const histogram = new Histogram<string>(buckets ? { ...settings, buckets: [...buckets] } : settings);
  return (values) => {
    const child = histogram.labels(...values);
    return (value) => child.observe(value);
  };
}
