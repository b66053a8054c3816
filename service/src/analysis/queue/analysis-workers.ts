import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { AnalysisQueue } from './analysis-queue.ts';
import type { AnalysisRunner, RunResult } from './analysis-runner.ts';

export interface AnalysisWorkersOptions {
  readonly queue: AnalysisQueue;
  readonly runner: AnalysisRunner;
  readonly log: Logger;
  /** Jobs in work at once; 0 takes none. */
  readonly count: number;

  /**
   * The longest pause between two looks into an empty queue, in ms. Jobs of other processes wait for it; those that are
   * queued in this process do not.
   *
   * @default 2 seconds
   */
  readonly longestPause?: number;
}

/** The pause after the first look that found nothing, in ms; it doubles with each. */
const firstPause = 50;
/** And after a look that failed: the database is not there. */
const failurePause = 1_000;
/** The pause after an engine that fails, in ms: doubles with each failure in a row, up to the second number. */
const enginePause = [250, 30_000] as const;

/** Takes jobs from the queue, as many at once as it may, for as long as it is not stopped. */
export class AnalysisWorkers {
  readonly #options: AnalysisWorkersOptions;
  readonly #running = new Set<Promise<void>>();
  readonly #abort = new AbortController();
  #stopping = false;
  #wake: () => void = () => {};
  #nudged = false;
  /** Failures of the engine in a row. */
  #failures = 0;
  #loop: Promise<void> | undefined;

  constructor(options: AnalysisWorkersOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#options.count > 0) this.#loop ??= this.#run();
  }

  /** Something was queued in this process. */
  nudge(): void {
    this.#nudged = true;
    this.#wake();
  }

  /** Takes nothing more; what runs continues. */
  drain(): void {
    this.#stopping = true;
    this.#wake();
  }

  /**
   * Waits for what runs, and gives back what does not end in time: others take it up at once.
   *
   * @param limit in ms
   */
  async stop(limit: number): Promise<void> {
    this.drain();
    const late = setTimeout(() => this.#abort.abort(), limit);
    await this.#loop;
    await Promise.all(this.#running);
    clearTimeout(late);
  }

  async #run(): Promise<void> {
    const { count, queue, log, longestPause = 2_000 } = this.#options;
    let pause = firstPause;
    while (!this.#stopping) {
      const free = count - this.#running.size;
      // A queue that is emptied into an engine which is down would only fill the trail.
      if (this.#failures > 0) {
        await this.#rest(Math.min(enginePause[1], enginePause[0] * 2 ** (this.#failures - 1)));
        if (this.#stopping) break;
      }
      this.#nudged = false;
      const jobs =
        free === 0
          ? []
          : await queue.claim(free).catch((error: unknown) => {
              log.warn('analysis_queue_failed', errorFields(error));
              return undefined;
            });
      for (const job of jobs ?? []) this.#begin(() => this.#options.runner.runClaimed(job, this.#abort.signal));
      if (jobs === undefined) await this.#sleep(failurePause);
      else if (jobs.length > 0) pause = firstPause;
      else if (!this.#nudged) {
        await this.#sleep(pause);
        pause = this.#nudged ? firstPause : Math.min(2 * pause, longestPause);
      }
    }
  }

  #begin(work: () => Promise<RunResult>): void {
    const run = work()
      .then(
        ({ error }) => {
          this.#failures = error?.general ? this.#failures + 1 : 0;
        },
        // Its end is not written: the lease ends by itself, and the job is taken up again.
        (error: unknown) => this.#options.log.warn('analysis_end_not_written', errorFields(error)),
      )
      .finally(() => {
        this.#running.delete(run);
        this.nudge();
      });
    this.#running.add(run);
  }

  /** A pause that only a stop ends. */
  async #rest(ms: number): Promise<void> {
    const until = performance.now() + ms;
    for (let left = ms; left > 0 && !this.#stopping; left = until - performance.now()) {
      this.#nudged = false;
      await this.#sleep(left);
    }
  }

  #sleep(ms: number): Promise<void> {
    if (this.#stopping || this.#nudged) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
