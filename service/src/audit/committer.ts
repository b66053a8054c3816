import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { DatabaseUnavailableError } from '../database/database.ts';
import { type AuditedChange, changeWriter, eventWriter, type GroupWriter } from './group-writer.ts';
import { Lane, type LaneOptions, type Pending } from './lane.ts';

export interface CommitterOptions extends Omit<LaneOptions, 'number' | 'onChange'> {
  /** Lanes: group commits in flight at once. */
  readonly lanes: number;

  /**
   * Whether to report the depth of the queue and the state of the database: one committer of a process does.
   *
   * @default true
   */
  readonly reportsState?: boolean;
}

/** Largest group. 64 rows a statement had 2.4 times the throughput of one; more gained nothing. */
const groupSize = 64;

/** Maximum number of waiting entries. Beyond it clients get 503: a longer queue only adds delay. */
const queueLimit = 2_048;

/** The queue of writes is full. */
export class OverloadedError extends Error {
  constructor() {
    super('too many writes are waiting');
    this.name = 'OverloadedError';
  }
}

// The queues hold entries of several types, each with its own writer; `submit` keeps the two together.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyWriter = GroupWriter<any, any>;
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyPending = Pending<any, any>;

/**
 * Commits what has queued in groups: one transaction for up to 64 notes and their audit events. There are no timers;
 * under light load a group is one entry and waits for nothing.
 */
export class Committer {
  readonly #lanes: readonly Lane[];
  readonly #queues = new Map<AnyWriter, AnyPending[]>();
  readonly #options: CommitterOptions;
  #queued = 0;
  #scheduled = false;
  #idle: (() => void) | undefined;

  constructor(options: CommitterOptions) {
    this.#options = options;
    this.#lanes = Array.from(
      { length: options.lanes },
      (_, number) => new Lane({ ...options, number, onChange: () => this.#onChange() }),
    );
  }

  async start(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.start()));
  }

  /** True while at least one lane reaches the database. */
  get up(): boolean {
    return this.#lanes.some((lane) => lane.up);
  }

  /**
   * Resolves when the entry and its audit events are committed.
   *
   * @throws DatabaseUnavailableError when it is not known to be committed, and may be tried again
   * @throws OverloadedError when too much is waiting
   */
  submit<Entry, Outcome>(writer: GroupWriter<Entry, Outcome>, entry: Entry): Promise<Outcome> {
    if (!this.up) return Promise.reject(new DatabaseUnavailableError('CONNECTION'));
    if (this.#queued >= queueLimit) return Promise.reject(new OverloadedError());
    return new Promise((resolve, reject) => {
      let queue = this.#queues.get(writer);
      if (!queue) {
        queue = [];
        this.#queues.set(writer, queue);
      }
      queue.push({ entry, resolve, reject });
      this.#queued += 1;
      this.#schedule();
    });
  }

  /** Commits an event by itself. */
  record(draft: AuditEventDraft): Promise<void> {
    return this.submit(eventWriter, draft);
  }

  /** Commits a change together with its audit event. */
  change<Result>(change: AuditedChange<Result>): Promise<Result> {
    return this.submit(changeWriter as GroupWriter<AuditedChange<Result>, Result>, change);
  }

  /** Resolves when everything that was submitted is settled, then ends the chains. */
  async stop(): Promise<void> {
    while (this.#queued > 0 || this.#lanes.some((lane) => lane.up && !lane.ready)) {
      // Whatever is queued or in flight ends in a pass of `#dispatch`.
      await new Promise<void>((resolve) => {
        this.#idle = resolve;
      });
    }
    await Promise.all(this.#lanes.map((lane) => lane.stop()));
  }

  /** One pass in each turn of the event loop, so that requests which arrive together share a group. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    for (const lane of this.#lanes) {
      if (!lane.ready) continue;
      const next = this.#takeGroup();
      if (!next) break;
      void lane.run(next.writer, next.group);
    }
    this.#reportState('queueDepth', this.#queued);
    this.#idle?.();
  }

  #takeGroup(): { writer: AnyWriter; group: AnyPending[] } | undefined {
    for (const [writer, queue] of this.#queues) {
      if (queue.length === 0) continue;
      const group = queue.splice(0, groupSize);
      this.#queued -= group.length;
      // To the end of the map: each kind of group takes its turn.
      this.#queues.delete(writer);
      this.#queues.set(writer, queue);
      return { writer, group };
    }
    return undefined;
  }

  #onChange(): void {
    this.#reportState('databaseUp', Number(this.up));
    if (!this.up) this.#rejectAll();
    this.#schedule();
  }

  #reportState(name: 'queueDepth' | 'databaseUp', value: number): void {
    if (this.#options.reportsState !== false) this.#options.metrics.report(name, value);
  }

  /** No waiting entry was sent, so clients can safely retry. */
  #rejectAll(): void {
    for (const queue of this.#queues.values()) {
      for (const pending of queue.splice(0)) pending.reject(new DatabaseUnavailableError('CONNECTION'));
    }
    this.#queued = 0;
  }
}
