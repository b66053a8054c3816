import { setTimeout as sleep } from 'node:timers/promises';

export interface BackoffOptions {
  /** First pause, in ms. */
  readonly first: number;
  /** Longest pause, in ms. */
  readonly longest: number;
}

/**
 * Pauses that double, each of a random length up to that: many who failed together do not come back together.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** Pauses in a row since the last success. */
  get failures(): number {
    return this.#failures;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** Waits before the next attempt. Ends early, without an error, when `signal` is aborted. */
  async pause(signal: AbortSignal): Promise<void> {
    const { first, longest } = this.#options;
    const most = Math.min(longest, first * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    await sleep(most * (0.5 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => {});
  }
}
