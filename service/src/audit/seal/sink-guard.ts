import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '../../database/database.ts';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { isTransient } from '../publish/aws.ts';
import { type AskedSink, findSinkAhead } from './sink-ahead.ts';

export interface SinkGuardOptions {
  readonly database: Queryable;
  readonly sinks: readonly AskedSink[];
  readonly log: Logger;
  readonly metrics: Metrics;

  /**
   * Interval of the check whether a sink is ahead, in ms.
   *
   * @default 30000
   */
  readonly pause?: number;

  /**
   * How long a sink that does not answer keeps the process from sealing, in ms.
   *
   * @default 120000
   */
  readonly patience?: number;
}

/**
 * Keeps a process from sealing, and from publishing, while a sink has newer checkpoints than the database: it was set
 * back, and the next checkpoint would be another one under a number that is taken. `audit restore` is the remedy.
 *
 * Asked until the answer is no: the database of a process that runs cannot fall behind without the sealer noticing.
 */
export class SinkGuard {
  readonly #options: SinkGuardOptions;
  readonly #since = performance.now();
  readonly #cleared = Promise.withResolvers<void>();
  #clear = false;
  #asking: Promise<boolean> | undefined;

  constructor(options: SinkGuardOptions) {
    this.#options = options;
  }

  /** Whether no sink is known to be ahead. */
  get clear(): boolean {
    return this.#clear;
  }

  /** Asks the sinks, once the answer was not yet no. Never rejects. */
  async isClear(): Promise<boolean> {
    if (this.#clear) return true;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** Resolves when no sink is ahead any more, or once `signal` is aborted. */
  async wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !(await this.isClear())) {
      const pause = sleep(this.#options.pause ?? 30_000, undefined, { signal, ref: false }).catch(() => {});
      // The sealer asks, too.
      await Promise.race([pause, this.#cleared.promise]);
    }
  }

  async #ask(): Promise<boolean> {
    const { log, metrics } = this.#options;
    try {
      const { database, sinks } = this.#options;
      const ahead = await findSinkAhead({ database, sinks, onTrouble: (sink, error) => this.#onTrouble(sink, error) });
      this.#clear = ahead === undefined;
      if (this.#clear) this.#cleared.resolve();
      if (ahead) {
        metrics.report('auditSealRefusals', 1, 'behind');
        const reason = 'the sink has newer checkpoints than the database, which was set back: run audit restore';
        log.error('audit_behind_sink', { ...ahead, reason });
      }
    } catch (error) {
      log.warn('audit_sinks_not_asked', errorFields(error));
    }
    return this.#clear;
  }

  /** An unreachable sink is checked again; one that never answers must not prevent sealing. */
  #onTrouble({ name: sink }: AskedSink, error: unknown): void {
    const { patience = 120_000, log } = this.#options;
    if (isFromAws(error) && isTransient(error) && performance.now() - this.#since < patience) throw error;
    log.warn('audit_sink_not_asked', { sink, ...errorFields(error) });
  }
}

/** A folder that cannot be read now will not be read in a minute, and fails its publisher at once. */
const isFromAws = (error: unknown): boolean => typeof error === 'object' && error !== null && '$metadata' in error;
