import { setTimeout as sleep } from 'node:timers/promises';
import type { Committer } from '../audit/committer.ts';
import type { Database } from '../database/database.ts';

export interface ReadinessOptions {
  readonly database: Database;
  readonly committer: Committer;

  /**
   * How long the database may take to answer, in ms.
   *
   * @default 1000
   */
  readonly timeout?: number;

  /**
   * How long an answer is believed, in ms: probes must not become a load.
   *
   * @default 1000
   */
  readonly cacheAge?: number;
}

/** Whether requests can be served: a lane that can write, and a database that answers in bounded time. */
export class Readiness {
  readonly #options: ReadinessOptions;
  #checked = Number.NEGATIVE_INFINITY;
  #last: Promise<boolean> = Promise.resolve(false);
  #answer: Promise<boolean> | undefined;

  constructor(options: ReadinessOptions) {
    this.#options = options;
  }

  check(): Promise<boolean> {
    if (!this.#options.committer.up) return Promise.resolve(false);
    const now = performance.now();
    if (now - this.#checked >= (this.#options.cacheAge ?? 1_000)) {
      this.#checked = now;
      this.#last = this.#ping();
    }
    return this.#last;
  }

  async #ping(): Promise<boolean> {
    // A silent database must not collect pings: each would hold a connection of the pool until its own timeout.
    this.#answer ??= this.#options.database
      .query({ text: 'SELECT 1' })
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        this.#answer = undefined;
      });
    const patience = new AbortController();
    const late = sleep(this.#options.timeout ?? 1_000, false, { signal: patience.signal }).catch(() => false);
    const ready = await Promise.race([this.#answer, late]);
    patience.abort();
    return ready;
  }
}
