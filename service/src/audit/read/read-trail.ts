import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import type { ReadTrailOptions, TrailEvent, TrailPiece } from '@healthcare-ai/audit-trail/store';
import type { Queryable } from '../../database/database.ts';
import { isUuid } from '../../ids/uuid-v7.ts';
import { type CheckpointRow, checkpointRowColumns, checkpointRowFault } from '../checkpoint-columns.ts';
import { type EventRow, eventRowColumns, rowFault } from '../event-columns.ts';

const checkpointsAtOnce = 50;
const eventsAtOnce = 1_000;

/**
 * Reads the trail from the database without checking it: finding changes is the verifier's job.
 * What is missing is missing here, too.
 */
export async function* readTrail(database: Queryable, options: ReadTrailOptions): AsyncGenerator<TrailPiece> {
  const sealed = new Map<string, { readonly first: number; readonly to: number }>();
  // The owner of the database can lift the constraint that they begin with 1.
  for (let after = options.after === 0 ? Number.MIN_SAFE_INTEGER : options.after; ; ) {
    const { rows } = await database.query<CheckpointRow>({
      text: `SELECT ${checkpointRowColumns} FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT ${checkpointsAtOnce}`,
      values: [after],
    });
    for (const row of rows) {
      const record = row.record ?? '';
      // The primary key forbids it; the owner of the database can drop that.
      if (Number(row.number) === after) {
        yield { record, number: after, problem: 'it is stored more than once' };
        continue;
      }
      for (const { chain, from, to } of headsOf(record)) {
        yield* readEvents(database, chain, from, to, (events) => ({ events }));
        sealed.set(chain, { first: sealed.get(chain)?.first ?? from, to });
      }
      after = Number(row.number);
      yield { record, number: after, problem: checkpointRowFault(row) };
    }
    if (rows.length < checkpointsAtOnce) break;
  }
  if (!options.unproven) return;
  // Chains that were sealed before the part that is read are known by the database alone.
  const before = options.after > 0 ? await sealedBefore(database, options.after) : new Map<string, number>();
  for await (const { chain, oldest, newest } of chainsOf(database)) {
    // An event before the first one that a checkpoint covers was never part of the trail.
    const first = before.has(chain) ? 1 : (sealed.get(chain)?.first ?? 1);
    const stray = oldest < first ? oldest : newest > Number.MAX_SAFE_INTEGER ? newest : undefined;
    if (stray !== undefined) {
      yield { unproven: [{ text: '', chain, seq: stray, problem: 'no event of its chain has this number' }] };
      continue;
    }
    const from = (sealed.get(chain)?.to ?? before.get(chain) ?? 0) + 1;
    if (from <= newest) yield* readEvents(database, chain, from, newest, (unproven) => ({ unproven }));
  }
}

async function* readEvents(
  database: Queryable,
  chain: string,
  from: number,
  to: number,
  piece: (events: readonly TrailEvent[]) => TrailPiece,
): AsyncGenerator<TrailPiece> {
  for (let next = from; next <= to; next += eventsAtOnce) {
    const { rows } = await database.query<EventRow>({
      text: `SELECT ${eventRowColumns} FROM audit_events e WHERE chain = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq`,
      values: [chain, next, Math.min(to, next + eventsAtOnce - 1)],
    });
    if (rows.length === 0) {
      const found = await nextOf(database, chain, next, to);
      if (found === undefined) return;
      next = found - eventsAtOnce;
      continue;
    }
    yield piece(
      rows.map((row) => ({ text: row.event ?? '', chain: row.chain, seq: Number(row.seq), problem: rowFault(row) })),
    );
  }
}

/** The first event from `from` on: after a gap that is longer than a page. */
async function nextOf(database: Queryable, chain: string, from: number, to: number): Promise<number | undefined> {
  const { rows } = await database.query<{ seq: string | null }>({
    text: 'SELECT min(seq) AS seq FROM audit_events WHERE chain = $1 AND seq BETWEEN $2 AND $3',
    values: [chain, from, to],
  });
  const seq = rows[0]?.seq ?? undefined;
  return seq === undefined ? undefined : Number(seq);
}

interface ChainRange {
  readonly chain: string;
  /** Sequence numbers of the first and the last of its events. */
  readonly oldest: number;
  readonly newest: number;
}

/** Every chain, without reading every event: from one to the next by the primary key. */
async function* chainsOf(database: Queryable): AsyncGenerator<ChainRange> {
  for (let after: string | undefined; ; ) {
    const { rows }: { rows: { chain: string; oldest: string; newest: string }[] } = await database.query({
      text: `SELECT c.chain, (SELECT min(seq) FROM audit_events WHERE chain = c.chain) AS oldest,
                    (SELECT max(seq) FROM audit_events WHERE chain = c.chain) AS newest
             FROM (SELECT chain FROM audit_events WHERE ${after === undefined ? 'chain IS NOT NULL' : 'chain > $1'} ORDER BY chain LIMIT 1) c`,
      values: after === undefined ? [] : [after],
    });
    const row = rows[0];
    if (!row) return;
    yield { chain: row.chain, oldest: Number(row.oldest), newest: Number(row.newest) };
    after = row.chain;
  }
}

/** How far each chain was sealed by the checkpoints up to this one. */
async function sealedBefore(database: Queryable, through: number): Promise<Map<string, number>> {
  const sealed = new Map<string, number>();
  for (let after = 0; after < through; ) {
    const { rows } = await database.query<{ number: string; record: string }>({
      text: `SELECT number, record FROM audit_checkpoints WHERE number > $1 AND number <= $2 ORDER BY number LIMIT 500`,
      values: [after, through],
    });
    for (const { record } of rows) for (const { chain, to } of headsOf(record)) sealed.set(chain, to);
    const last = rows.at(-1);
    if (!last) break;
    after = Number(last.number);
  }
  return sealed;
}

/** What a record says that it covers: of one that was tampered with, as much as can be looked for. */
function headsOf(record: string): readonly Segment[] {
  try {
    const { heads } = JSON.parse(record) as { heads?: unknown };
    return Array.isArray(heads) ? heads.filter(isHead) : [];
  } catch {
    return [];
  }
}

function isHead(head: unknown): head is Segment {
  const { chain, from, to } = (head ?? {}) as Partial<Record<string, unknown>>;
  return typeof chain === 'string' && isUuid(chain) && Number.isSafeInteger(from) && Number.isSafeInteger(to);
}
