import type { PublishedCheckpoint } from '@healthcare-ai/audit-trail/export/read-checkpoints';
import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { PublicKeys } from '@healthcare-ai/audit-trail/format/public-keys';
import { trailOf } from '@healthcare-ai/audit-trail/format/statement';
import { checkSuccession } from '@healthcare-ai/audit-trail/verify/check-succession';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { CheckpointName } from '@healthcare-ai/audit-trail/verify/report';
import type { Connection, Database, Queryable } from '../../database/database.ts';
import { recordSwitch } from '../../database/stored-forms.ts';
import type { SinkName } from '../../telemetry/metrics.ts';
import { insertEvents } from '../insert-events.ts';
import type { Sink } from '../publish/sink.ts';
import { newestCheckpoint } from '../seal/checkpoint-store.ts';
import { addCheckpoint } from './add-checkpoint.ts';
import { StoredComparison } from './compare-stored.ts';
import { notePublished, skipTerms } from './publications.ts';
import { RestoreError } from './restore-error.ts';
import { lockTrail, unlockTrail } from './restore-locks.ts';
import type { TrailSource } from './source/source.ts';

export interface RestoreOptions {
  readonly database: Database;
  readonly source: TrailSource;
  /** Public keys that are trusted, SPKI DER. */
  readonly keys: readonly Buffer[];
  /** Sinks that are known to have all that the source has. */
  readonly published: readonly SinkName[];
  readonly now: Date;

  /**
   * Sinks to check: none may be ahead of the source; one that is as far does not get the trail again.
   *
   * @default - none
   */
  readonly asked?: readonly Pick<Sink, 'name' | 'reaches'>[];

  /**
   * Events from which a transaction is committed.
   *
   * @default 4096
   */
  readonly batch?: number;
}

export interface Restored {
  /** The first and the last checkpoint that were added; undefined when none was missing. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly events: number;
  /** The newest checkpoint of the source. */
  readonly newest: number;
}

/** Checkpoints in one transaction at most. */
const checkpointsAtMost = 500;

/**
 * Adds to a restored database what a sink has beyond it: events, checkpoints, sealed positions.
 * Each transaction takes whole checkpoints and an audit event, so an interrupted restore can be resumed.
 *
 * @throws RestoreError, after an audit event of the refusal; NoTrailError
 */
export async function restoreTrail(options: RestoreOptions): Promise<Restored> {
  const { database, source, keys, now } = options;
  const report = await source.verify({ keys, now });
  const connection = await database.connect();
  try {
    const broken = report.fault && describeFault(report.fault);
    if (broken !== undefined) throw new RestoreError('broken', `${source.name} does not verify: ${broken}`);
    await lockTrail(connection);
    const trail = trailOf(report.origin!);
    if (await source.hasSegments?.(trail)) await recordSwitch(connection, 'audit-2');
    const published = await askSinks(options, trail, report.trusted!.number);
    return await new Restoration(connection, { ...options, published }, trail).run(report.trusted!);
  } catch (error) {
    if (error instanceof RestoreError) {
      const chain = new Chain();
      await store(connection, chain, [start(), { ...restoreEvent(), outcome: 'failure', reason: error.reason }, end()]);
    }
    throw error;
  } finally {
    await unlockTrail(connection);
    await connection.close();
  }
}

class Restoration {
  readonly #connection: Connection;
  readonly #options: RestoreOptions;
  readonly #keys: PublicKeys;
  readonly #chain = new Chain();
  readonly #checkpoints: AsyncGenerator<PublishedCheckpoint>;
  /** The next of the source. */
  #next: PublishedCheckpoint | undefined;
  #last: Checkpoint | undefined;

  constructor(connection: Connection, options: RestoreOptions, trail: string) {
    this.#connection = connection;
    this.#options = options;
    this.#keys = new PublicKeys(options.keys);
    this.#checkpoints = options.source.checkpoints(options, trail);
  }

  async run(newest: CheckpointName): Promise<Restored> {
    try {
      await this.#passOver(newest);
      let first: number | undefined;
      let events = 0;
      if (this.#next) {
        first = this.#next.checkpoint.statement.number;
        await skipTerms(this.#connection, this.#last?.statement.made_at, this.#options.now);
        while (this.#next) events += await this.#addBatch(newest);
      } else await this.#connection.transaction((transaction) => this.#notePublished(transaction, newest.number));
      return { first, last: first && newest.number, events, newest: newest.number };
    } finally {
      await this.#checkpoints.return(undefined);
    }
  }

  /** Goes to the first checkpoint that the database does not have, and sees that it follows the last that it has. */
  async #passOver(newest: CheckpointName): Promise<void> {
    this.#last = await newestCheckpoint(this.#connection, undefined);
    const stored = new StoredComparison(this.#connection);
    let passed: Checkpoint | undefined;
    await this.#advance();
    while (this.#next && (await stored.has(this.#next.checkpoint))) {
      passed = this.#next.checkpoint;
      await this.#advance();
    }
    if (!this.#next) {
      if (passed?.hash !== newest.hash) throw this.#changed();
      return;
    }
    const { number } = this.#next.checkpoint.statement;
    const expected = (this.#last?.statement.number ?? 0) + 1;
    if (number !== expected) {
      throw new RestoreError(
        'gap',
        `the database ends with checkpoint ${expected - 1}, and ${this.#options.source.name} begins with ${number}: give one that has ${expected}`,
      );
    }
  }

  async #advance(): Promise<void> {
    this.#next = (await this.#checkpoints.next()).value ?? undefined;
  }

  async #addBatch(newest: CheckpointName): Promise<number> {
    const { batch = 4_096 } = this.#options;
    let events = 0;
    await this.#connection.transaction(async (transaction) => {
      for (let count = 0; this.#next && count < checkpointsAtMost && events < batch; count++) {
        events += await this.#add(transaction, this.#next);
        await this.#advance();
      }
      const last = this.#last!;
      const { number } = last.statement;
      if (!this.#next && (number !== newest.number || last.hash !== newest.hash)) {
        throw this.#changed();
      }
      const begin = this.#chain.seq === 0 ? [start()] : [];
      const done = { ...restoreEvent(), outcome: 'success', subject: String(number), count: events } as const;
      await store(transaction, this.#chain, [...begin, done, ...(this.#next ? [] : [end()])]);
      if (!this.#next) await this.#notePublished(transaction, number);
    });
    this.#chain.commit();
    return events;
  }

  async #add(transaction: Queryable, published: PublishedCheckpoint): Promise<number> {
    const { checkpoint } = published;
    const fault = checkSuccession(this.#last, checkpoint, undefined);
    if (fault)
      throw new RestoreError('broken', `${this.#options.source.name} does not verify: ${describeFault(fault)}`);
    await addCheckpoint(transaction, published, this.#keys);
    this.#last = checkpoint;
    return checkpoint.statement.events;
  }

  #changed(): RestoreError {
    return new RestoreError('broken', `${this.#options.source.name} changed while it was being read`);
  }

  async #notePublished(transaction: Queryable, number: number): Promise<void> {
    for (const sink of this.#options.published) await notePublished(transaction, sink, number);
  }
}

async function store(database: Queryable, chain: Chain, drafts: readonly AuditEventDraft[]): Promise<void> {
  await database.query(insertEvents(chain, chain.append(drafts)));
}

const at = () => new Date().toISOString();
const start = (): AuditEventDraft => ({ action: 'chain.start', outcome: 'success', recordedAt: at() });
const end = (): AuditEventDraft => ({ action: 'chain.end', outcome: 'success', recordedAt: at() });
const restoreEvent = () => ({ action: 'audit.restore', recordedAt: at(), route: 'audit restore' }) as const;

/**
 * Checks that no sink is ahead of the source.
 *
 * @param trail UUID of the trail
 * @param newest number of the newest checkpoint of the source
 * @returns every sink that has all of the source
 * @throws RestoreError when one has more
 */
async function askSinks(
  { source, published, asked = [] }: Pick<RestoreOptions, 'source' | 'published' | 'asked'>,
  trail: string,
  newest: number,
): Promise<readonly SinkName[]> {
  const has = new Set(published);
  for (const sink of asked) {
    if (await sink.reaches?.(trail, newest + 1)) {
      throw new RestoreError(
        'behind',
        `the sink ${sink.name} has checkpoint ${newest + 1}, and ${source.name} ends with ${newest}: what was published ` +
          'last can be read after some seconds, so run it again; if it stays so, the events under it are in no sink ' +
          '(runbook "Database restore")',
      );
    }
    if (await sink.reaches?.(trail, newest)) has.add(sink.name);
  }
  return [...has];
}
