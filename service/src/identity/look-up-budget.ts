export interface LookUpBudgetOptions {
  /** @default 10 */
  readonly perSecond?: number;

  /**
   * Requests that may wait for their turn. Of more, one is refused at random, so that a flood cannot keep everybody
   * else out.
   *
   * @default 50
   */
  readonly waiting?: number;
}

/** Look-ups that doubtful requests of all addresses may cause together: each waits for its turn, or is refused. */
export class LookUpBudget {
  readonly #interval: number;
  readonly #most: number;
  readonly #waiting: ((granted: boolean) => void)[] = [];
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ perSecond = 10, waiting = 50 }: LookUpBudgetOptions = {}) {
    this.#interval = 1_000 / perSecond;
    this.#most = waiting;
  }

  /** Resolves with true when the request may look its key up, and with false when it is refused. */
  take(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length > this.#most) {
        const [refused] = this.#waiting.splice(Math.floor(Math.random() * this.#waiting.length), 1);
        refused!(false);
      }
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#timer || this.#waiting.length === 0) return;
    // Timers drop fractions of a millisecond, which would let more through than the rate.
    const wait = Math.ceil(Math.max(0, this.#next - performance.now()));
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#next = performance.now() + this.#interval;
      this.#waiting.shift()?.(true);
      this.#schedule();
    }, wait);
  }
}
