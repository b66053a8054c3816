import { isIPv6 } from 'node:net';
import { StatsD } from 'hot-shots';
import { createAgentLookup } from './agent-lookup.ts';
import { metricDefinitions } from './catalogue.ts';
import type { MetricDefinition } from './metric-definition.ts';
import type { MetricsSink } from './metrics.ts';

export interface DogStatsDProps {
  /** Name or address of the agent (`DD_AGENT_HOST`). */
  readonly host: string;

  /** @default 8125 */
  readonly port?: number;

  /** Said with every metric: `service`, `env`, `version`. */
  readonly tags: Readonly<Record<string, string>>;

  /**
   * Called at most once a minute, with a failed send.
   *
   * @default - errors are ignored
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

  return {
    report(name, value, labels) {
      const { datadog, type, labels: labelNames = [] }: MetricDefinition = metricDefinitions[name];
      if (datadog === undefined) return;
      const tags =
        labels.length === 0 ? undefined : Object.fromEntries(labelNames.map((label, index) => [label, labels[index]!]));
      if (type === 'histogram') {
        const sampleRate = sent++ < EXACT_PER_WINDOW ? 1 : SAMPLE_RATE;
        client.distribution(datadog, value, { sampleRate, tags });
      } else if (type === 'counter') client.increment(datadog, value, tags);
      else client.gauge(datadog, value, tags);
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
