import { isIPv6 } from 'node:net';
import { StatsD } from 'hot-shots';
import { createAgentLookup } from './agent-lookup.ts';
import { type MetricDefinition, metricDefinitions } from './catalogue.ts';
import { knownMethod, knownStatus, type MetricsSink } from './metrics-sink.ts';

export interface DogStatsDProps {
  /** Name or address of the agent (`DD_AGENT_HOST`). */
  readonly host: string;

  /** @default 8125 */
  readonly port?: number;

  /** Said with every metric: `service`, `env`, `version`. */
  readonly tags: Readonly<Record<string, string>>;

  /**
   * Told of at most one failed send a minute.
   *
   * @default - nobody is told
   */
  readonly onError?: (error: Error) => void;
}

export interface DogStatsD extends MetricsSink {
  /** Sends what is left, within a second, and closes the socket. Never rejects. */
  close(): Promise<void>;
}

/** Prefix of every metric in Datadog. */
export const datadogPrefix = 'healthcare_ai.';

/** Counters and gauges are summed up here for as long as an agent's own flush interval, in milliseconds. */
const WINDOW = 10_000;

/**
 * A duration costs 4-6 us to send (measured, hot-shots 17.1 on Node 24), a seventh of a whole request. So the first
 * few hundred of a window are sent one by one, and of the rest every tenth, which the agent weighs tenfold.
 */
const EXACT_PER_WINDOW = 500;
const SAMPLE_RATE = 0.1;

/** Fits an Ethernet frame. https://docs.datadoghq.com/developers/dogstatsd/high_throughput/ */
const DATAGRAM = 1432;

const ERROR_INTERVAL = 60_000;
const CLOSE_TIMEOUT = 1_000;

/**
 * Reports to a Datadog agent over UDP. An agent that is missing, cannot be resolved or refuses is no reason to
 * disturb the service: nothing here throws, waits or keeps the process alive.
 */
export function createDogStatsD(props: DogStatsDProps): DogStatsD {
  let lastError = Number.NEGATIVE_INFINITY;
  const client = new StatsD({
    host: props.host,
    port: props.port ?? 8125,
    prefix: datadogPrefix,
    globalTags: { ...props.tags },
    udpSocketOptions: { type: isIPv6(props.host) ? 'udp6' : 'udp4', lookup: createAgentLookup() },
    maxBufferSize: DATAGRAM,
    bufferFlushInterval: 1_000,
    aggregation: { flushInterval: WINDOW },
    errorHandler(error) {
      if (performance.now() - lastError < ERROR_INTERVAL) return;
      lastError = performance.now();
      props.onError?.(error);
    },
  });

  let sent = 0;
  const window = setInterval(() => {
    sent = 0;
  }, WINDOW).unref();

  const name = (definition: Pick<MetricDefinition, 'datadog'>) => definition.datadog as string;
  const distribution = (definition: Pick<MetricDefinition, 'datadog'>, value: number, tags: Record<string, string>) => {
    const sampleRate = sent++ < EXACT_PER_WINDOW ? 1 : SAMPLE_RATE;
    client.distribution(name(definition), value, { sampleRate, tags });
  };
  const count = (definition: Pick<MetricDefinition, 'datadog'>, by: number, tags?: Record<string, string>) =>
    tags === undefined ? client.increment(name(definition), by) : client.increment(name(definition), by, tags);
  const gauge = (definition: Pick<MetricDefinition, 'datadog'>, value: number, tags?: Record<string, string>) =>
    tags === undefined ? client.gauge(name(definition), value) : client.gauge(name(definition), value, tags);

  return {
    httpRequest: (method, route, status, seconds) =>
      distribution(metricDefinitions.httpRequestDuration, seconds, {
        http_request_method: knownMethod(method),
        http_route: route,
        http_response_status_code: String(knownStatus(status)),
      }),
    noteAcknowledged: (by) => count(metricDefinitions.notesAcknowledged, by),
    ingestFailed: (reason) => count(metricDefinitions.ingestFailures, 1, { reason }),
    commitGroup(kind, size, seconds) {
      distribution(metricDefinitions.commitGroupSize, size, { kind });
      distribution(metricDefinitions.commitDuration, seconds, { kind });
    },
    queueDepth: (depth) => gauge(metricDefinitions.queueDepth, depth),
    auditEvents: (by) => count(metricDefinitions.auditEvents, by),
    checkpointMade: () => count(metricDefinitions.auditCheckpoints, 1),
    sealRefused: (reason) => count(metricDefinitions.auditSealRefusals, 1, { reason }),
    auditPublished: (sink, by) => count(metricDefinitions.auditPublished, by, { sink }),
    auditSinkFailed: (sink) => count(metricDefinitions.auditSinkFailures, 1, { sink }),
    auditLag(seconds, broken) {
      gauge(metricDefinitions.auditLag, seconds);
      gauge(metricDefinitions.auditBrokenChains, broken);
    },
    authenticationFailed: (reason) => count(metricDefinitions.authenticationFailures, 1, { reason }),
    rateLimited: (limit) => count(metricDefinitions.rateLimited, 1, { limit }),
    databaseUp: (up) => gauge(metricDefinitions.databaseUp, up ? 1 : 0),
    poolConnections(total, idle, waiting) {
      gauge(metricDefinitions.poolConnections, total - idle, { state: 'used' });
      gauge(metricDefinitions.poolConnections, idle, { state: 'idle' });
      gauge(metricDefinitions.poolWaiting, waiting);
    },
    analysisFinished(outcome, seconds) {
      count(metricDefinitions.analyses, 1, { outcome });
      if (seconds !== undefined) distribution(metricDefinitions.analysisDuration, seconds, {});
    },
    analysisQueue(depth, dead, oldestSeconds) {
      gauge(metricDefinitions.analysisQueueDepth, depth);
      gauge(metricDefinitions.analysisDead, dead);
      gauge(metricDefinitions.analysisQueueAge, oldestSeconds);
    },
    modelCall: (outcome, seconds) => distribution(metricDefinitions.modelCalls, seconds, { outcome }),
    modelUsed(usage) {
      count(metricDefinitions.modelTokens, usage.inputTokens, { gen_ai_token_type: 'input' });
      count(metricDefinitions.modelTokens, usage.outputTokens, { gen_ai_token_type: 'output' });
      if (usage.cost !== null) count(metricDefinitions.modelCost, usage.cost);
    },
    close() {
      clearInterval(window);
      return new Promise((resolve) => {
        const giveUp = setTimeout(resolve, CLOSE_TIMEOUT);
        client.close(() => {
          clearTimeout(giveUp);
          resolve();
        });
      });
    },
  };
}
