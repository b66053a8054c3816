import { errorFields, type Logger } from '../telemetry/log.ts';

/** Periodic background work. Its timers do not keep the process alive. */
export class Background {
  readonly #log: Logger;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Runs `task` at an interval, without overlap. Logs its errors. */
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

  /** Stops the timers and waits for running tasks. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await Promise.all(this.#running);
  }
}
