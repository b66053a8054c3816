import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricDefinition, metricDefinitions } from './catalogue.ts';
import { knownMethod, knownStatus, type MetricsSink, OTHER } from './metrics-sink.ts';

export interface PrometheusMetricsProps {
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

/** Values that one label may take before the rest become `_OTHER`: a bug may not make series without end. */
const MAX_LABEL_VALUES = 100;

function bounded(): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.has(value)) return value;
    if (seen.size >= MAX_LABEL_VALUES) return OTHER;
    seen.add(value);
    return value;
  };
}

/** Binds the labels of a child once and keeps it: prom-client allocates two closures on every `labels()`. */
function boundOnce<Child>(bind: (value: string) => Child): (value: string) => Child {
  const children = new Map<string, Child>();
  const limit = bounded();
  return (value) => {
    const known = children.get(value);
    if (known !== undefined) return known;
    const label = limit(value);
    const child = children.get(label) ?? bind(label);
    children.set(label, child);
    return child;
  };
}

/** Takes the service's reports into a prom-client registry of its own. */
export function createPrometheusMetrics(props: PrometheusMetricsProps): MetricsSink & { readonly registry: Registry } {
  const registry = new Registry();
  const settings = (definition: MetricDefinition) => ({
    name: definition.name,
    help: definition.help,
    labelNames: [...(definition.labels ?? [])],
    aggregator: definition.aggregator ?? 'sum',
    registers: [registry],
    ...(definition.buckets === undefined ? {} : { buckets: [...definition.buckets] }),
  });
  const counter = (definition: MetricDefinition) => new Counter<string>(settings(definition));
  const gauge = (definition: MetricDefinition) => new Gauge<string>(settings(definition));
  const histogram = (definition: MetricDefinition) => new Histogram<string>(settings(definition));

  if (props.processMetrics !== false) collectDefaultMetrics({ register: registry });
  gauge(metricDefinitions.buildInfo).labels(props.version, process.version, props.stage).set(1);

  const httpDuration = histogram(metricDefinitions.httpRequestDuration);
  const acknowledged = counter(metricDefinitions.notesAcknowledged);
  const failures = counter(metricDefinitions.ingestFailures);
  const groupSize = histogram(metricDefinitions.commitGroupSize);
  const commitDuration = histogram(metricDefinitions.commitDuration);
  const queue = gauge(metricDefinitions.queueDepth);
  const events = counter(metricDefinitions.auditEvents);
  const checkpoints = counter(metricDefinitions.auditCheckpoints);
  const sealRefusals = counter(metricDefinitions.auditSealRefusals);
  const published = counter(metricDefinitions.auditPublished);
  const sinkFailures = counter(metricDefinitions.auditSinkFailures);
  const lag = gauge(metricDefinitions.auditLag);
  const brokenChains = gauge(metricDefinitions.auditBrokenChains);
  const refused = counter(metricDefinitions.authenticationFailures);
  const limited = counter(metricDefinitions.rateLimited);
  const database = gauge(metricDefinitions.databaseUp);
  const pool = gauge(metricDefinitions.poolConnections);
  const waiting = gauge(metricDefinitions.poolWaiting);

  const analyses = counter(metricDefinitions.analyses);
  const analysisDuration = histogram(metricDefinitions.analysisDuration);
  const analysisDepth = gauge(metricDefinitions.analysisQueueDepth);
  const analysisAge = gauge(metricDefinitions.analysisQueueAge);
  const analysisDead = gauge(metricDefinitions.analysisDead);
  const modelCalls = histogram(metricDefinitions.modelCalls);
  const tokens = counter(metricDefinitions.modelTokens);
  const cost = counter(metricDefinitions.modelCost);

  const route = bounded();
  const httpChildren = new Map<string, { observe(value: number): void }>();
  const failuresBy = boundOnce((reason) => failures.labels(reason));
  const groupSizeBy = boundOnce((kind) => groupSize.labels(kind));
  const commitDurationBy = boundOnce((kind) => commitDuration.labels(kind));
  const refusedBy = boundOnce((reason) => refused.labels(reason));
  const limitedBy = boundOnce((limit) => limited.labels(limit));

  return {
    registry,
    httpRequest(method, pattern, status, seconds) {
      const labels = [knownMethod(method), route(pattern), knownStatus(status)] as const;
      const key = `${labels[0]} ${labels[1]} ${labels[2]}`;
      let child = httpChildren.get(key);
      if (child === undefined) {
        child = httpDuration.labels(labels[0], labels[1], String(labels[2]));
        httpChildren.set(key, child);
      }
      child.observe(seconds);
    },
    noteAcknowledged: (count) => acknowledged.inc(count),
    ingestFailed: (reason) => failuresBy(reason).inc(),
    commitGroup(kind, size, seconds) {
      groupSizeBy(kind).observe(size);
      commitDurationBy(kind).observe(seconds);
    },
    queueDepth: (depth) => queue.set(depth),
    auditEvents: (count) => events.inc(count),
    checkpointMade: () => checkpoints.inc(),
    sealRefused: (reason) => sealRefusals.inc({ reason }),
    auditPublished: (sink, count) => published.inc({ sink }, count),
    auditSinkFailed: (sink) => sinkFailures.inc({ sink }),
    auditLag(seconds, broken) {
      lag.set(seconds);
      brokenChains.set(broken);
    },
    authenticationFailed: (reason) => refusedBy(reason).inc(),
    rateLimited: (limit) => limitedBy(limit).inc(),
    databaseUp: (up) => database.set(up ? 1 : 0),
    poolConnections(total, idle, pending) {
      pool.set({ state: 'used' }, total - idle);
      pool.set({ state: 'idle' }, idle);
      waiting.set(pending);
    },
    analysisFinished(outcome, seconds) {
      analyses.inc({ outcome });
      if (seconds !== undefined) analysisDuration.observe(seconds);
    },
    analysisQueue(depth, dead, oldestSeconds) {
      analysisDepth.set(depth);
      analysisDead.set(dead);
      analysisAge.set(oldestSeconds);
    },
    modelCall: (outcome, seconds) => modelCalls.observe({ outcome }, seconds),
    modelUsed(usage) {
      tokens.inc({ gen_ai_token_type: 'input' }, usage.inputTokens);
      tokens.inc({ gen_ai_token_type: 'output' }, usage.outputTokens);
      if (usage.cost !== null) cost.inc(usage.cost);
    },
  };
}
