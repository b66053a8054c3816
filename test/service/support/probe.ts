import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';

/** Asks a path again and again, as a load balancer does, and keeps the statuses. */
export class Probe {
  readonly statuses: (number | 'broken')[] = [];
  readonly #url: string;
  #stopping = false;
  readonly #running: Promise<void>;

  constructor(url: string) {
    this.#url = url;
    this.#running = this.#run();
  }

  get last(): number | 'broken' | undefined {
    return this.statuses.at(-1);
  }

  /** Waits until the newest answer has this status. */
  async until(status: number): Promise<void> {
    await eventually(
      () => `${this.#url} answers ${status}, and answers ${this.last}`,
      () => this.last === status,
      20,
    );
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      const status = await fetch(this.#url, { signal: AbortSignal.timeout(10_000) }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 'broken' as const,
      );
      this.statuses.push(status);
      await sleep(50);
    }
  }
}
