import cluster from 'node:cluster';
import type { Config } from '../config/read.ts';
import { type RunningService, startService } from '../runtime/start.ts';
import { shareWorkerMetrics } from '../telemetry/cluster-metrics.ts';
import { createDogStatsD } from '../telemetry/dogstatsd.ts';
import { createEmf } from '../telemetry/emf.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import { createMetrics, type Metrics, type MetricsSink } from '../telemetry/metrics.ts';
import { startMetricsServer } from '../telemetry/metrics-server.ts';
import { makeFirstKey } from './first-key.ts';
import { runPrimary } from './primary.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  readonly docsAssets: string;
  /** The file whose main function is that of an analysis thread. */
  readonly threadFile: string;
  /** Resolves when nobody reads the log any more: it stops as on SIGTERM, for it may not go on unseen. */
  readonly outputLost: Promise<'output lost'>;
}

/** Serves until a signal, then stops cleanly. Resolves with the exit code. */
export function serve(options: ServeOptions): Promise<number> {
  logWarnings(options.log);
  return options.config.WORKERS > 1 && cluster.isPrimary ? runPrimary(options) : runProcess(options);
}

async function runProcess(options: ServeOptions): Promise<number> {
  const { config, log, outputLost } = options;
  const signal = firstSignal();
  const failure = unexpectedFailure(log);
  const reasons = Promise.race([signal, failure, outputLost]);
  const telemetry = startTelemetry(options);
  // Before the API listens: a port that is taken must not end a process which has accepted requests.
  const metricsServer = cluster.isWorker
    ? undefined
    : await startMetricsServer({
        host: config.HOST,
        port: config.METRICS_PORT,
        source: telemetry.metrics.registry,
        onError: (error) => log.warn('metrics_failed', errorFields(error)),
      });
  let service: RunningService;
  try {
    const started = await Promise.race([startService({ ...options, metrics: telemetry.metrics }), reasons]);
    if (typeof started === 'string') {
      // It waits for its database, perhaps for long. Nothing was accepted yet that could be lost.
      log.info('stopped', { signal: started, reason: 'before it listened' });
      await telemetry.stop();
      return isSignal(started) ? 0 : 1;
    }
    service = started;
  } catch (error) {
    log.error('start_failed', errorFields(error));
    await telemetry.stop();
    throw error;
  }
  if (service.database.kind === 'pglite') await makeFirstKey(service, config.DATA_DIR);

  const reason = await reasons;
  if (reason === 'failure') return 1;
  log.info('stopping', {
    signal: reason,
    delay_ms: config.SHUTDOWN_DELAY_SECONDS * 1000,
    deadline_ms: config.SHUTDOWN_DEADLINE_SECONDS * 1000,
  });
  const deadline = new Promise<'late'>((resolve) => {
    setTimeout(resolve, config.SHUTDOWN_DEADLINE_SECONDS * 1000, 'late').unref();
  });
  const outcome = await Promise.race([service.stop().then(() => 'stopped'), deadline, failure]);
  await telemetry.stop();
  await metricsServer?.stop();
  if (outcome === 'stopped') log.info('stopped');
  else log.error('shutdown_deadline', { reason: 'requests or commits were still in flight' });
  return outcome === 'stopped' && isSignal(reason) ? 0 : 1;
}

export const isSignal = (reason: string): boolean => reason.startsWith('SIG');

export function startTelemetry({ config, version, log }: Pick<ServeOptions, 'config' | 'version' | 'log'>): {
  metrics: Metrics;
  stop: () => Promise<void>;
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
  const sinks = [emf, datadog].filter((sink) => sink !== undefined) satisfies MetricsSink[];
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

/** SIGTERM is the platforms' word, SIGINT a terminal's. A second one ends the process at once. */
export function firstSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let seen = false;
    const onSignal = (signal: NodeJS.Signals) => {
      if (seen && signal === 'SIGINT') process.exit(130);
      seen = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/** After a fault that nobody caught, the state of the process is unknown: it logs the class of it, and ends. */
export function unexpectedFailure(log: Logger): Promise<'failure'> {
  return new Promise((resolve) => {
    let seen = false;
    const onFailure = (error: unknown) => {
      // The first is the cause. Those after it may be of the logging itself, which would go on without an end.
      if (seen) return;
      seen = true;
      log.error('process_failed', errorFields(error));
      resolve('failure');
    };
    process.on('uncaughtException', onFailure);
    process.on('unhandledRejection', onFailure);
  });
}

/**
 * Node prints the message of a warning, and some messages quote what a client sent: DEP0170 does so with a URL.
 * https://nodejs.org/api/process.html#event-warning
 */
function logWarnings(log: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn('process_warning', errorFields(warning)));
}
