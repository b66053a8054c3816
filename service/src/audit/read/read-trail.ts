import type { Queryable } from '../../database/database.ts';
import type { Segment } from '../../trail/segment.ts';
import { type EventRow, eventRowColumns, rowFault } from '../event-columns.ts';

/** An event as the database has it. */
export interface TrailEvent {
  readonly text: string;
  readonly chain: string;
  readonly seq: number;
  /** What is wrong with its row, by itself. */
  readonly problem?: string;
}

/** A piece of the trail, in the order in which it is published. */
export type TrailPiece =
  | { readonly events: readonly TrailEvent[] }
  | { readonly record: string; readonly number: number }
  | { readonly unproven: readonly TrailEvent[] };

export interface ReadTrailOptions {
  /** Begins after this checkpoint; 0 for the beginning. */
  readonly after: number;
  /** Whether to go on with the events that no checkpoint covers. */
  readonly unproven: boolean;
}

const checkpointsAtOnce = 50;
const eventsAtOnce = 1_000;

/**
 * Reads the trail as it stands in the database, without judging it: what was changed there is for a verifier to find.
 * What is missing is missing here, too.
 */
export async function* readTrail(database: Queryable, options: ReadTrailOptions): AsyncGenerator<TrailPiece> {
  const sealed = new Map<string, number>();
  for (let after = options.after; ; ) {
    const { rows } = await database.query<{ number: string; record: string }>({
      text: `SELECT number, record FROM audit_checkpoints WHERE number > $1 ORDER BY number LIMIT ${checkpointsAtOnce}`,
      values: [after],
    });
    for (const { number, record } of rows) {
      for (const { chain, from, to } of headsOf(record)) {
        yield* readEvents(database, chain, from, to, (events) => ({ events }));
        sealed.set(chain, to);
      }
      after = Number(number);
      yield { record, number: after };
    }
    if (rows.length < checkpointsAtOnce) break;
  }
  if (!options.unproven) return;
  // Chains that were sealed before the part that is read are known by the database alone.
  const before = options.after > 0 ? await sealedBefore(database, options.after) : new Map<string, number>();
  for await (const { chain, newest } of chainsOf(database)) {
    const from = (sealed.get(chain) ?? before.get(chain) ?? 0) + 1;
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
    if (rows.length === 0) return;
    yield piece(
      rows.map((row) => ({ text: row.event, chain: row.chain, seq: Number(row.seq), problem: rowFault(row) })),
    );
  }
}

/** Every chain, without reading every event: from one to the next by the primary key. */
async function* chainsOf(database: Queryable): AsyncGenerator<{ readonly chain: string; readonly newest: number }> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { rows } = await database.query<{ chain: string; newest: string }>({
      text: `SELECT c.chain, (SELECT max(seq) FROM audit_events WHERE chain = c.chain) AS newest
             FROM (SELECT chain FROM audit_events WHERE chain > $1 ORDER BY chain LIMIT 1) c`,
      values: [after],
    });
    const row = rows[0];
    if (!row) return;
    yield { chain: row.chain, newest: Number(row.newest) };
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
export function headsOf(record: string): readonly Segment[] {
  try {
    const { heads } = JSON.parse(record) as { heads?: unknown };
    return Array.isArray(heads) ? heads.filter(isHead) : [];
  } catch {
    return [];
  }
}

function isHead(head: unknown): head is Segment {
  const { chain, from, to } = (head ?? {}) as Partial<Record<string, unknown>>;
  const uuid = typeof chain === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(chain);
  return uuid && Number.isSafeInteger(from) && Number.isSafeInteger(to);
}
