import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { ForgedCheckpointError } from './checkpoint-store.ts';
import { dueEvents, type Sealer, type SealOutcome, type SealRequest } from './sealer.ts';

export interface SealingOptions {
  readonly sealer: Pick<Sealer, 'seal'>;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Longest time between an event and its checkpoint, in ms. */
  readonly interval: number;
  /** Called for each checkpoint. */
  readonly onSealed: () => void;

  /**
   * Whether sealing is allowed now.
   *
   * @default - always
   */
  readonly allowed?: () => Promise<boolean>;
}

/** A checkpoint is made at least every hour, so that `--max-age` can distinguish a quiet service from a dead one. */
const heartbeat = 55 * 60_000;
/** Shortest time between two looks, in ms: under load a checkpoint covers more, and costs less for each event. */
const shortest = 1_000;
/** Limits the time spent on a backlog to a tenth: requests come first. */
const pauseRatio = 9;

/** Triggers checkpoints: by the clock, or when many events are waiting. */
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
    if (this.#events >= dueEvents && !this.#wake.signal.aborted) this.#wake.abort();
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
      // Another process is making a checkpoint, which may not cover the ends of this process's chains.
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
      // Other processes seal the same trail: a checkpoint of theirs counts.
      await this.#sealAll({ dueAfter: interval * 0.9, emptyAfter: heartbeat });
      await sleep(shortest, undefined, { signal: this.#stopped.signal, ref: false }).catch(() => {});
    }
  }

  /** Seals a backlog in several checkpoints, with pauses. */
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

  /** Waits until the interval ends or many events are waiting. */
  async #pause(length: number): Promise<void> {
    this.#wake = new AbortController();
    if (this.#stopped.signal.aborted || this.#events >= dueEvents) return;
    await sleep(length, undefined, { signal: this.#wake.signal, ref: false }).catch(() => {});
  }
}
