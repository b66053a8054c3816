import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { type Lead, tryToLead } from './leadership.ts';
import type { Sink } from './sink.ts';
import { SinkRunner, type SinkRunnerOptions } from './sink-runner.ts';

export interface PublisherOptions extends Pick<SinkRunnerOptions, 'poll' | 'longestPause' | 'recent'> {
  readonly database: Database;
  readonly sinks: readonly Sink[];
  readonly log: Logger;
  readonly metrics: Metrics;

  /**
   * How often a process that does not lead tries to, in ms.
   *
   * @default 2000
   */
  readonly candidacy?: number;
}

/** Publishes checkpoints and their events to every sink, in one process at a time. */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #runners: readonly SinkRunner[];
  /** Publish what there is, and end. */
  readonly #stopping = new AbortController();
  /** End. */
  readonly #ended = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#runners = options.sinks.map((sink) => new SinkRunner({ ...options, sink }));
  }

  /** Tries to lead, now and again, and publishes while it does. */
  start(): void {
    if (this.#runners.length > 0) this.#running ??= this.#run();
  }

  /** A checkpoint was made here. */
  nudge(): void {
    for (const runner of this.#runners) runner.nudge();
  }

  /**
   * Publishes the rest if this process leads or no process does, then releases the lead.
   *
   * @param limit timeout, in ms; the next leader publishes the rest
   */
  async stop(limit: number): Promise<void> {
    this.#stopping.abort();
    this.start();
    this.nudge();
    const late = new AbortController();
    await Promise.race([this.#running, sleep(limit, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
    this.#ended.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { candidacy = 2_000, database, log } = this.#options;
    while (!this.#ended.signal.aborted) {
      const last = this.#stopping.signal.aborted;
      const lead = await tryToLead(database).catch((error: unknown) => {
        log.warn('audit_publisher_down', errorFields(error));
        return undefined;
      });
      if (lead) await this.#publish(lead);
      // Somebody else leads, or everything is published.
      if (last || (lead && this.#stopping.signal.aborted)) return;
      await this.#pause(candidacy);
    }
  }

  /** Ends when the lead is lost, or when it is to end and every sink has what there is. */
  async #publish(lead: Lead): Promise<void> {
    const { log, database } = this.#options;
    // There is no choice of leaders on a laptop.
    log[database.kind === 'pglite' ? 'debug' : 'info']('audit_publishing', { term: lead.term });
    const runs = Promise.all(
      this.#runners.map((runner) =>
        runner.run(lead).catch((error: unknown) => {
          log.warn('audit_publisher_fenced', { sink: runner.name, term: lead.term, ...errorFields(error) });
          lead.resign();
        }),
      ),
    );
    const ended = aborted(this.#ended.signal);
    const done = aborted(this.#stopping.signal).then(() => Promise.all(this.#runners.map((one) => one.upToDate())));
    await Promise.race([runs, done, ended]);
    // Nothing may be written any more when another process takes over.
    lead.resign();
    await runs;
    await lead.release();
  }

  /** Of random length, so that processes which started together do not come together. */
  async #pause(length: number): Promise<void> {
    const options = { signal: this.#stopping.signal, ref: false };
    await sleep(length * (0.5 + Math.random()), undefined, options).catch(() => {});
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
