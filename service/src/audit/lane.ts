import { setTimeout as sleep } from 'node:timers/promises';
import { Chain, type ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft, EventSchema } from '@healthcare-ai/audit-trail/format/event';
import { type Connection, type Database, DatabaseUnavailableError, type Queryable } from '../database/database.ts';
import { isRefusal } from '../database/errors.ts';
import { quarterOf } from '../database/partitions.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { eventWriter, type GroupWriter } from './group-writer.ts';

export interface LaneOptions {
  readonly number: number;
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Metrics;
  /**
   * Called with the number of audit events of a group that was committed and answered.
   *
   * @default - not reported
   */
  readonly onCommitted?: (events: number) => void;
  /**
   * Called with the events of a chain that were committed.
   *
   * @default - not reported
   */
  readonly onChained?: (chain: string, events: readonly ChainedEvent[]) => void;
  /**
   * Schema in which events are written.
   *
   * @default - schema 1
   */
  readonly schema?: () => EventSchema;
  /** Called when the lane can take a group, and when it no longer can. */
  readonly onChange: () => void;
}

/** An entry waiting for its group. */
export interface Pending<Entry, Outcome> {
  readonly entry: Entry;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

const reconnectDelays = [50, 100, 200, 500, 1_000, 2_000];
/** Attempts to find a group whose COMMIT was not answered, before clients get 503. */
const looks = 3;
/** And for how long, in ms. With the time limit of the statement itself, clients are answered within 17 seconds. */
const lookTime = 5_000;

/**
 * A connection with one transaction in flight and one audit chain of its own. The chain lives as long as the
 * connection: when it is lost, the lane opens another, begins a new chain that names the old one, and continues.
 */
export class Lane {
  readonly #options: LaneOptions;
  #connection: Connection | undefined;
  #chain: Chain | undefined;
  #previous: string | undefined;
  /** Quarter in which the chain was last found to have no event beyond those written here. */
  #quarter: number | undefined;
  #busy = false;
  #connecting: Promise<void> | undefined;
  #stopped = false;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  /** Connected and idle. */
  get ready(): boolean {
    return this.up && !this.#busy;
  }

  /** Connected, idle or not. */
  get up(): boolean {
    return this.#connection !== undefined && !this.#connection.lost;
  }

  /** Connects and begins a chain. If the first attempt fails, it retries in the background. */
  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#options.log.warn('lane_down', { lane: this.#options.number, ...errorFields(error) });
      this.#reconnect();
    }
  }

  /** Ends the chain with a `chain.end` event. Without it, the chain was truncated or its process was killed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#connecting;
    if (this.up && this.#chain) await this.#note(this.#chain, 'chain.end').catch(() => {});
    await this.#connection?.close();
    this.#connection = undefined;
  }

  /** Writes one group and settles every entry of it. Never throws. */
  async run<Entry, Outcome>(
    writer: GroupWriter<Entry, Outcome>,
    group: readonly Pending<Entry, Outcome>[],
  ): Promise<void> {
    this.#busy = true;
    try {
      await this.#write(writer, group);
    } finally {
      this.#busy = false;
      if (!this.up) this.#reconnect();
      this.#options.onChange();
    }
  }

  async #write<Entry, Outcome>(
    writer: GroupWriter<Entry, Outcome>,
    group: readonly Pending<Entry, Outcome>[],
  ): Promise<void> {
    const { metrics, log, number } = this.#options;
    const connection = this.#connection;
    const chain = this.#chain;
    if (!connection || !chain || connection.lost) {
      reject(group, new DatabaseUnavailableError('CONNECTION'));
      return;
    }
    const started = performance.now();
    let outcomes: readonly Outcome[] | undefined;
    try {
      await this.#requireUnique(connection, chain);
      await writer.write(
        connection,
        group.map(({ entry }) => entry),
        chain,
        (decided) => {
          outcomes = decided;
        },
      );
      const events = chain.commit();
      resolve(group, outcomes);
      this.#options.onChained?.(chain.id, events);
      metrics.report('commitGroupSize', group.length, writer.kind);
      metrics.report('commitDuration', (performance.now() - started) / 1000, writer.kind);
      metrics.report('auditEvents', group.length);
      this.#options.onCommitted?.(group.length);
    } catch (error) {
      // The server refused, or the writer itself failed and was rolled back: nothing of the group is stored.
      if (!(error instanceof UnavailableError) && !connection.lost) {
        await this.#oneByOne(writer, group, error);
        return;
      }
      log.warn('commit_unanswered', { lane: number, chain: chain.id, seq: chain.pendingSeq, ...errorFields(error) });
      await connection.close();
      const late = sleep(lookTime, false, { ref: false });
      const stored = await Promise.race([this.#lookFor(chain), late]);
      if (stored && outcomes) resolve(group, outcomes);
      else reject(group, isRefusal(error) ? new DatabaseUnavailableError('CONNECTION') : error);
    }
  }

  /**
   * The key of a partition refuses a second event of a place in the chain. When a quarter begins, so does a partition
   * whose key does not know the places of the one before: the lane looks once whether they are its own.
   */
  async #requireUnique(connection: Connection, chain: Chain): Promise<void> {
    const quarter = quarterOf(new Date());
    if (quarter === this.#quarter) return;
    if ((await lastStored(connection, chain)) === chain.seq) {
      this.#quarter = quarter;
      return;
    }
    this.#options.log.error('audit_chain_broken', { chain: chain.id, seq: chain.seq + 1, reason: 'repeated event' });
    // The lane begins another chain.
    await connection.close();
    throw new DatabaseUnavailableError('CHAIN');
  }

  /** Writes a rejected group row by row, so that a bad row does not affect the others. */
  async #oneByOne<Entry, Outcome>(
    writer: GroupWriter<Entry, Outcome>,
    group: readonly Pending<Entry, Outcome>[],
    error: unknown,
  ): Promise<void> {
    if (group.length === 1) {
      this.#options.log.error('commit_refused', { lane: this.#options.number, ...errorFields(error) });
      reject(group, error);
      return;
    }
    for (const pending of group) await this.#write(writer, [pending]);
  }

  /** Whether the pending events of a chain were stored after all. */
  async #lookFor(chain: Chain): Promise<boolean> {
    for (let attempt = 0; attempt < looks; attempt++) {
      try {
        return (await lastStored(this.#options.database, chain)) >= chain.pendingSeq;
      } catch {
        await sleep(reconnectDelays[attempt]);
      }
    }
    return false;
  }

  #reconnect(): void {
    this.#connection = undefined;
    if (this.#stopped || this.#connecting) return;
    this.#options.onChange();
    this.#connecting = (async () => {
      for (let attempt = 0; !this.#stopped; attempt++) {
        await sleep(reconnectDelays[Math.min(attempt, reconnectDelays.length - 1)]);
        try {
          await this.#connect();
          this.#options.log.info('lane_up', { lane: this.#options.number });
          break;
        } catch (error) {
          this.#options.log.debug('lane_down', { lane: this.#options.number, ...errorFields(error) });
        }
      }
      this.#connecting = undefined;
      this.#options.onChange();
    })();
  }

  async #connect(): Promise<void> {
    const connection = await this.#options.database.connect();
    const chain = new Chain(this.#options.schema);
    try {
      await this.#note(chain, 'chain.start', connection);
    } catch (error) {
      await connection.close();
      throw error;
    }
    // Lost before a listener was attached: the caller retries.
    if (connection.lost) throw new DatabaseUnavailableError('CONNECTION');
    this.#connection = connection;
    this.#chain = chain;
    this.#quarter = quarterOf(new Date());
    // While a group is in flight, `run` finds the loss and settles the group first.
    connection.onLost(() => {
      if (!this.#busy) this.#reconnect();
    });
    this.#options.onChange();
  }

  async #note(
    chain: Chain,
    action: 'chain.start' | 'chain.end',
    connection: Connection | undefined = this.#connection,
  ): Promise<void> {
    if (!connection) return;
    const draft: AuditEventDraft = {
      action,
      outcome: 'success',
      recordedAt: new Date().toISOString(),
      subject: action === 'chain.start' ? this.#previous : undefined,
    };
    await eventWriter.write(connection, [draft], chain, () => {});
    const events = chain.commit();
    this.#options.onChained?.(chain.id, events);
    this.#previous = chain.id;
  }
}

/** Sequence number of the last event of a chain in the database; 0 for none. */
async function lastStored(database: Queryable, { id }: Chain): Promise<number> {
  const { rows } = await database.query<{ seq: string | null }>({
    text: 'SELECT max(seq) AS seq FROM audit_events WHERE chain = $1',
    values: [id],
  });
  return Number(rows[0]?.seq ?? 0);
}

function resolve<Entry, Outcome>(
  group: readonly Pending<Entry, Outcome>[],
  outcomes: readonly Outcome[] | undefined,
): void {
  group.forEach((pending, index) => {
    pending.resolve(outcomes?.[index] as Outcome);
  });
}

function reject<Entry, Outcome>(group: readonly Pending<Entry, Outcome>[], error: unknown): void {
  for (const pending of group) pending.reject(error);
}
