import { Agent } from 'node:http';
import { makeNote, postNote } from '../../test/service/support/load.ts';

/** Notes at a steady rate, whether the answers come or not: what fails is counted and never tried again. */
export class SteadyLoad {
  sent = 0;
  acknowledged = 0;
  /** Statuses that are not 200, and `broken` for connections that ended without an answer. */
  readonly failures = new Map<number | 'broken', number>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 60 });
  readonly #open = new Set<Promise<void>>();
  readonly #started = performance.now();
  #stopped = 0;

  constructor(url: string, token: string, perSecond: number) {
    this.#timer = setInterval(() => {
      // From the clock, so that a late timer does not lower the rate.
      const due = Math.floor(((performance.now() - this.#started) / 1000) * perSecond) - this.sent;
      for (let i = 0; i < due; i++) this.#send(url, token);
    }, 10);
  }

  get failed(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  get perSecond(): number {
    return this.sent / ((this.#stopped - this.#started) / 1000);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped = performance.now();
    await Promise.all(this.#open);
    this.#agent.destroy();
  }

  #send(url: string, token: string): void {
    this.sent += 1;
    const work = postNote(url, token, makeNote(false), this.#agent).then((reply) => {
      if (reply?.status === 200) this.acknowledged += 1;
      else this.failures.set(reply?.status ?? 'broken', (this.failures.get(reply?.status ?? 'broken') ?? 0) + 1);
      this.#open.delete(work);
    });
    this.#open.add(work);
  }
}
