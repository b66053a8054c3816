import { errorFields, type Logger } from '../telemetry/log.ts';

/** Work that is done again and again beside the requests. Its timers keep no process alive. */
export class Background {
  readonly #log: Logger;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Runs `task` every so many seconds, never twice at once. What it throws is logged. */
  every(seconds: number, name: string, task: () => Promise<unknown>): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      const run = task()
        .then(
          () => {},
          (error: unknown) => this.#log.warn('background_failed', { action: name, ...errorFields(error) }),
        )
        .finally(() => {
          running = false;
          this.#running.delete(run);
        });
      this.#running.add(run);
    }, seconds * 1000);
    timer.unref();
    this.#timers.push(timer);
  }

  /** Starts nothing more, and waits for what runs. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running);
  }
}
