import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeNote, postNote, type SentNote } from './load.ts';

/**
 * Sends notes at a steady rate over kept connections, whether or not the ones before were answered: as many clients
 * do, and unlike a closed loop, which slows down with its server and hides what it lost.
 */
export class OpenLoop {
  readonly notes: SentNote[] = [];
  /** What was not acknowledged at the first attempt, by status. */
  readonly failures = new Map<number | 'broken', number>();
  readonly #url: string;
  readonly #token: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 60 });
  readonly #replies: Promise<void>[] = [];
  readonly #running: Promise<void>;
  #stopping = false;

  constructor(url: string, token: string, perSecond: number) {
    this.#url = url;
    this.#token = token;
    this.#running = this.#run(perSecond);
  }

  get failed(): number {
    return [...this.failures.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Sends no more, and waits for the answers. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
    await Promise.all(this.#replies);
    this.#agent.destroy();
  }

  async #run(perSecond: number): Promise<void> {
    const started = performance.now();
    while (!this.#stopping) {
      const due = ((performance.now() - started) / 1000) * perSecond;
      while (this.notes.length < due) this.#send();
      await sleep(10);
    }
  }

  #send(): void {
    const note = makeNote(false);
    this.notes.push(note);
    this.#replies.push(
      postNote(this.#url, this.#token, note, this.#agent).then((reply) => {
        if (reply?.status === 200) return;
        const status = reply?.status ?? 'broken';
        this.failures.set(status, (this.failures.get(status) ?? 0) + 1);
      }),
    );
  }
}
