import type { Config } from '../config/read.ts';
import { Keyring } from '../crypto/keyring.ts';
import { requireSchema } from '../database/migrate.ts';
import { StoredForms } from '../database/stored-forms.ts';
import { Background } from '../runtime/background.ts';
import { openAnalysis } from '../runtime/open-analysis.ts';
import { openDatabase } from '../runtime/open-database.ts';
import { openKeyWrapper } from '../runtime/open-key-wrapper.ts';
import { endingOf, isSignal, stopAtEnd } from '../runtime/signals.ts';
import { serveMetrics, startTelemetry } from '../runtime/telemetry.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import { UsageError } from './usage-error.ts';

export interface AnalyzeWorkerOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  readonly threadFile: string;
  /** Resolves when the log has no reader any more. The process then stops as on SIGTERM. */
  readonly outputLost: Promise<'output lost'>;
}

/**
 * Analyses what others queued, until a signal: so that workers are scaled apart from the processes that take notes in.
 *
 * @returns the exit code
 */
export async function analyzeWorker(options: AnalyzeWorkerOptions): Promise<number> {
  const { config, log } = options;
  if (config.DATABASE_URL === undefined) {
    throw new UsageError(
      'analyze-worker requires DATABASE_URL: the embedded database supports one process, which runs the analyses',
    );
  }
  if (config.ANALYSIS_WORKERS === 0) throw new UsageError('analyze-worker requires ANALYSIS_WORKERS of at least 1');
  const ending = endingOf(log, options.outputLost);
  const telemetry = startTelemetry(options);
  const { metrics } = telemetry;
  const opened = await Promise.race([openDatabase(config, log), ending.reason]);
  if (typeof opened === 'string') {
    log.info('stopped', { signal: opened, reason: 'before the database was ready' });
    await telemetry.stop();
    return isSignal(opened) ? 0 : 1;
  }
  const { database, close } = opened;
  await requireSchema(database);
  const onError = (error: unknown) => log.error('data_key_failed', errorFields(error));
  const keyring = await Keyring.open({ database, wrapper: await openKeyWrapper(config), onError });
  const forms = await StoredForms.open(database);
  const schema = () => forms.auditSchema;
  const analysis = await openAnalysis({ ...options, database, keyring, metrics, schema });
  const metricsServer = await serveMetrics(options, metrics.registry);
  const background = new Background(log);
  background.every(30, 'analysis_queue_status', () => analysis.measure());
  background.every(30, 'refresh_stored_forms', () => forms.refresh());
  analysis.workers.start();
  log.info('analyzing', { workers: config.ANALYSIS_WORKERS, version: options.version });

  return stopAtEnd({
    config,
    log,
    ending,
    async stop() {
      await background.stop();
      // What does not end in three quarters of the time is given back, and the rest is for writing that down.
      await analysis.stop(config.SHUTDOWN_DEADLINE_SECONDS * 750);
      await close();
    },
    close: () => telemetry.stop().then(() => metricsServer.stop()),
    unfinished: 'analyses were still running: their leases expire',
  });
}
