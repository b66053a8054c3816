import cluster from 'node:cluster';
import type { Config } from '../config/read.ts';
import { shareWorkerMetrics } from '../telemetry/cluster-metrics.ts';
import { createDogStatsD } from '../telemetry/dogstatsd.ts';
import { createEmf } from '../telemetry/emf.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import { createMetrics, type ProcessMetrics } from '../telemetry/metrics.ts';
import { type MetricsServer, type MetricsSource, startMetricsServer } from '../telemetry/metrics-server.ts';

export interface TelemetryOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
}

/** Starts the metrics of a process, with the receivers that its configuration names. */
export function startTelemetry({ config, version, log }: TelemetryOptions): {
  readonly metrics: ProcessMetrics;
  readonly stop: () => Promise<void>;
} {
  const emf =
    config.EMF_NAMESPACE === undefined
      ? undefined
      : createEmf({
          namespace: config.EMF_NAMESPACE,
          dimensions: { Service: 'healthcare-ai', Stage: config.STAGE },
          write: (line) => process.stdout.write(`${line}\n`),
        });
  const datadog =
    config.DD_AGENT_HOST === undefined
      ? undefined
      : createDogStatsD({
          host: config.DD_AGENT_HOST,
          port: config.DD_DOGSTATSD_PORT,
          tags: { service: 'healthcare-ai', env: config.STAGE, version },
          onError: (error) => log.warn('dogstatsd_failed', errorFields(error)),
        });
  const sinks = [emf, datadog].filter((sink) => sink !== undefined);
  const metrics = createMetrics({ version, stage: config.STAGE, sinks });
  if (cluster.isWorker) shareWorkerMetrics(metrics.registry);
  emf?.start();
  return {
    metrics,
    stop: async () => {
      emf?.stop();
      await datadog?.close();
    },
  };
}

/** Serves the metrics of a process, or of all its workers, on a port of their own. */
export const serveMetrics = (
  { config, log }: Pick<TelemetryOptions, 'config' | 'log'>,
  source: MetricsSource,
): Promise<MetricsServer> =>
  startMetricsServer({
    host: config.HOST,
    port: config.METRICS_PORT,
    source,
    onError: (error) => log.warn('metrics_failed', errorFields(error)),
  });
