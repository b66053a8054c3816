import cluster from 'node:cluster';
import type { Config } from '../config/read.ts';
import { endingOf, isSignal, stopAtEnd } from '../runtime/signals.ts';
import { type RunningService, startService } from '../runtime/start.ts';
import { serveMetrics, startTelemetry } from '../runtime/telemetry.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import { runPrimary } from './primary.ts';
import { welcome } from './welcome.ts';

export interface ServeOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  readonly docsAssets: string;
  readonly pageFiles: string;
  /** The file whose main function is that of an analysis thread. */
  readonly threadFile: string;
  /** Resolves when the log has no reader any more. The process then stops as on SIGTERM: it must not run unobserved. */
  readonly outputLost: Promise<'output lost'>;
}

/** Serves until a signal, then stops cleanly. Resolves with the exit code. */
export function serve(options: ServeOptions): Promise<number> {
  logWarnings(options.log);
  return options.config.WORKERS > 1 && cluster.isPrimary ? runPrimary(options) : runProcess(options);
}

async function runProcess(options: ServeOptions): Promise<number> {
  const { config, log } = options;
  const ending = endingOf(log, options.outputLost);
  const telemetry = startTelemetry(options);
  // Before the API listens: a port that is taken must not end a process which has accepted requests.
  const metricsServer = cluster.isWorker ? undefined : await serveMetrics(options, telemetry.metrics.registry);
  let service: RunningService;
  try {
    const started = await Promise.race([startService({ ...options, metrics: telemetry.metrics }), ending.reason]);
    if (typeof started === 'string') {
      // It waits for its database, perhaps for long. Nothing was accepted yet that could be lost.
      log.info('stopped', { signal: started, reason: 'before listening' });
      await telemetry.stop();
      return isSignal(started) ? 0 : 1;
    }
    service = started;
  } catch (error) {
    log.error('start_failed', errorFields(error));
    await telemetry.stop();
    throw error;
  }
  if (service.database.kind === 'pglite') await welcome(service, config.DATA_DIR);

  return stopAtEnd({
    config,
    log,
    ending,
    delay: config.SHUTDOWN_DELAY_SECONDS * 1000,
    stop: () => service.stop(),
    close: () => telemetry.stop().then(() => metricsServer?.stop()),
    unfinished: 'requests or commits were still in progress',
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
