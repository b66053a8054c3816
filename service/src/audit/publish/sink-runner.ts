import { setTimeout as sleep } from 'node:timers/promises';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { trailOf } from '@healthcare-ai/audit-trail/format/statement';
import { isSwitched } from '../../database/stored-forms.ts';
import { errorFields, type Logger } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { checkpointsAfter, newestCheckpoint } from '../seal/checkpoint-store.ts';
import { readEvents } from '../seal/read-events.ts';
import type { RecentEvents } from '../seal/recent-events.ts';
import { Backfill } from './backfill.ts';
import { Backoff } from './backoff.ts';
import type { Lead } from './leadership.ts';
import { acknowledge, FencedError, takeOver } from './outbox.ts';
import type { Sink } from './sink.ts';

export interface SinkRunnerOptions {
  readonly sink: Sink;
  readonly log: Logger;
  readonly metrics: Metrics;

  /**
   * How often the leader looks for checkpoints that others made, in ms.
   *
   * @default 2000
   */
  readonly poll?: number;

  /**
   * Longest pause after a failure, in ms.
   *
   * @default 60000
   */
  readonly longestPause?: number;

  /**
   * What this process committed.
   *
   * @default - all events are read from the database
   */
  readonly recent?: RecentEvents;
}

/** Brings one sink up to date, and keeps it so. What goes wrong with it holds up no other. */
export class SinkRunner {
  readonly #options: SinkRunnerOptions;
  #nudge = new AbortController();
  #upToDate: (() => void) | undefined;
  #idle = false;
  /** When a backfill that failed is tried again. */
  #backfillAgain = 0;

  constructor(options: SinkRunnerOptions) {
    this.#options = options;
  }

  get name() {
    return this.#options.sink.name;
  }

  /** A checkpoint was made. */
  nudge(): void {
    this.#idle = false;
    this.#nudge.abort();
  }

  /** Resolves when the sink has all that there is, at the next look. */
  upToDate(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#idle) resolve();
      else this.#upToDate = resolve;
    });
  }

  /** Publishes until the lead is lost. Rejects with FencedError alone. */
  async run(lead: Lead): Promise<void> {
    const { sink, log, metrics, longestPause = 60_000 } = this.#options;
    const backoff = new Backoff({ first: Math.min(1_000, longestPause), longest: longestPause });
    while (!lead.signal.aborted) {
      try {
        await this.#publishAll(lead, backoff);
      } catch (error) {
        if (error instanceof FencedError) throw error;
        if (lead.signal.aborted) break;
        metrics.report('auditSinkFailures', 1, sink.name);
        log.error('audit_sink_failed', { sink: sink.name, attempt: backoff.failures + 1, ...errorFields(error) });
        await backoff.pause(lead.signal);
      } finally {
        await sink.close();
      }
    }
  }

  async #publishAll(lead: Lead, backoff: Backoff): Promise<void> {
    const { sink, metrics, log } = this.#options;
    let number = await takeOver(lead.connection, sink.name, lead.term);
    let backfill: Backfill | undefined;
    let opened: Promise<void> | undefined;
    const open = (trail: string) => {
      opened ??= sink.open({ term: lead.term, trail, signal: lead.signal });
      return opened;
    };
    while (!lead.signal.aborted) {
      // Read for each checkpoint: after the switch there must be no gap, whichever process leads.
      if (!backfill && sink.putSegment && (await isSwitched(lead.connection, 'audit-2'))) {
        backfill = await Backfill.begin(lead, sink);
      }
      const [checkpoint] = await checkpointsAfter(lead.connection, number, 1);
      if (!checkpoint) {
        this.#hasAll();
        if (!backfill || backfill.done || !(await this.#fillBack(lead, backfill, open))) await this.#wait(lead.signal);
        continue;
      }
      await open(trailOf(checkpoint.statement.origin));
      await sink.publish(checkpoint, this.#eventsOf(lead, checkpoint), backfill ? 'segment' : 'lines');
      number = checkpoint.statement.number;
      await acknowledge(lead.connection, sink.name, lead.term, number);
      if (backoff.failures > 0) log.info('audit_sink_recovered', { sink: sink.name });
      backoff.succeeded();
      metrics.report('auditPublished', checkpoint.statement.events, sink.name);
    }
  }

  /** A failure does not delay what is published next. @returns whether to go on at once */
  async #fillBack(lead: Lead, backfill: Backfill, open: (trail: string) => Promise<void>): Promise<boolean> {
    const { sink, metrics, log, longestPause = 60_000 } = this.#options;
    if (performance.now() < this.#backfillAgain) return false;
    try {
      const newest = await newestCheckpoint(lead.connection, undefined);
      if (!newest) return false;
      await open(trailOf(newest.statement.origin));
      await backfill.work();
      if (backfill.done) log.info('audit_segments_complete', { sink: sink.name, seq: newest.statement.number });
      return true;
    } catch (error) {
      if (error instanceof FencedError) throw error;
      if (lead.signal.aborted) return false;
      this.#backfillAgain = performance.now() + longestPause;
      metrics.report('auditSinkFailures', 1, sink.name);
      log.error('audit_backfill_failed', { sink: sink.name, ...errorFields(error) });
      return false;
    }
  }

  async *#eventsOf({ connection, signal }: Lead, { heads, statement }: Checkpoint) {
    const known = this.#options.recent?.pagesOf(heads);
    if (known) {
      yield* known;
      return;
    }
    let count = 0;
    for await (const run of readEvents(connection, heads)) {
      signal.throwIfAborted();
      count += run.count;
      yield run.events;
    }
    if (count === statement.events) return;
    // Held back it would hide what came after: published as it is, the signed checkpoint shows what is missing.
    this.#options.log.error('audit_events_missing', { seq: statement.number, count: statement.events - count });
  }

  #hasAll(): void {
    this.#idle = true;
    this.#upToDate?.();
    this.#upToDate = undefined;
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const woken = AbortSignal.any([signal, this.#nudge.signal]);
    await sleep(this.#options.poll ?? 2_000, undefined, { signal: woken, ref: false }).catch(() => {});
    this.#nudge = new AbortController();
  }
}
