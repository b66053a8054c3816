import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { ForgedCheckpointError } from './checkpoint-store.ts';
import type { Sealer, SealOutcome, SealRequest } from './sealer.ts';

export interface SealingOptions {
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Longest time between an event and its checkpoint, in ms. */
  readonly interval: number;
  /** Told of every checkpoint. */
  readonly onSealed: () => void;

  /**
   * Whether it may seal now.
   *
   * @default - always
   */
  readonly allowed?: () => Promise<boolean>;

  /**
   * Events of this process that make it look before its time.
   *
   * @default 1000
   */
  readonly dueEvents?: number;
}

/** So that `--max-age` can tell a quiet service from a dead one, a checkpoint is made at least every hour. */
const heartbeat = 55 * 60_000;
/** Shortest time between two looks, in ms: under load a checkpoint covers more, and costs less for each event. */
const shortest = 1_000;
/** The share of its time that sealing a backlog may take: requests are what the process is for. */
const pauseRatio = 9;

/** Has checkpoints made in time: by the clock, or when events have piled up. */
export class Sealing {
  readonly #options: SealingOptions;
  readonly #stopped = new AbortController();
  #events = 0;
  #wake = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: SealingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Reports events that this process has committed. */
  committed(events: number): void {
    this.#events += events;
    // Each abort() creates an exception with its stack: once is enough.
    if (this.#events >= (this.#options.dueEvents ?? 1_000) && !this.#wake.signal.aborted) this.#wake.abort();
  }

  /**
   * Makes the closing checkpoint, over the ends of the chains.
   *
   * @param limit how long it may take, in ms
   */
  async stop(limit: number): Promise<void> {
    this.#stopped.abort();
    this.#wake.abort();
    await this.#running;
    const until = performance.now() + limit;
    for (;;) {
      const outcome = await this.#seal({ dueAfter: 0 });
      // Another process makes one now, which may not have seen the end of this one's chains.
      const again = outcome?.kind === 'busy' || outcome?.kind === 'made';
      if (!again || performance.now() > until) return;
      if (outcome.kind === 'busy') await sleep(50);
    }
  }

  async #run(): Promise<void> {
    const { interval } = this.#options;
    while (!this.#stopped.signal.aborted) {
      await this.#pause(interval);
      this.#events = 0;
      // Others seal the same trail: what one of them has just done need not be done again.
      await this.#sealAll({ dueAfter: interval * 0.9, emptyAfter: heartbeat });
      await sleep(shortest, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => {});
    }
  }

  /** A backlog is sealed in pieces, with pauses. */
  async #sealAll(request: SealRequest): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const started = performance.now();
      const outcome = await this.#seal(request);
      if (outcome?.kind !== 'made' || !outcome.more) return;
      const pause = (performance.now() - started) * pauseRatio;
      await sleep(pause, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => {});
    }
  }

  async #seal(request: SealRequest): Promise<SealOutcome | undefined> {
    const { sealer, log, metrics, onSealed, allowed } = this.#options;
    try {
      if (allowed && !(await allowed())) return undefined;
      const outcome = await sealer.seal(request);
      if (outcome.kind === 'made') onSealed();
      return outcome;
    } catch (error) {
      if (error instanceof ForgedCheckpointError) {
        metrics.report('auditSealRefusals', 1, 'forged');
        log.error('audit_checkpoint_forged', { seq: error.number, ...errorFields(error) });
      } else log.warn('audit_seal_failed', errorFields(error));
      return undefined;
    }
  }

  /** Until the interval is over, or events have piled up. */
  async #pause(length: number): Promise<void> {
    this.#wake = new AbortController();
    if (this.#stopped.signal.aborted || this.#events >= (this.#options.dueEvents ?? 1_000)) return;
    await sleep(length, undefined, { signal: this.#wake.signal, ref: false }).catch(() => {});
  }
}
