import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { Queryable } from '../../database/database.ts';
import type { GrowingSegment } from './growing-segment.ts';

/** Any number, the same for all that seal one trail: only one checkpoint is made at a time. */
export const sealLock = 7_303_147;

/** @returns whether this transaction, until it ends, is the only one that makes a checkpoint */
export async function tryToLock(transaction: Queryable): Promise<boolean> {
  const { rows } = await transaction.query<{ locked: boolean }>({
    text: 'SELECT pg_try_advisory_xact_lock($1) AS locked',
    values: [sealLock],
  });
  return rows[0]?.locked === true;
}

/** The newest checkpoint differs from what this process knows of it, or is none: the table was changed by its owner. */
export class ForgedCheckpointError extends Error {
  readonly number: number;

  constructor(number: number, what: string) {
    super(`checkpoint ${number} ${what}: the table of the checkpoints was changed`);
    this.name = 'ForgedCheckpointError';
    this.number = number;
  }
}

/**
 * The newest checkpoint.
 *
 * @param known the newest that this process has seen: it need not be read again
 * @throws ForgedCheckpointError
 */
export async function newestCheckpoint(
  database: Queryable,
  known: Checkpoint | undefined,
): Promise<Checkpoint | undefined> {
  const { rows } = await database.query<{ number: string; hash: string; record: string | null }>({
    name: 'newest-checkpoint',
    text: `SELECT number, encode(hash, 'hex') AS hash, CASE WHEN hash = decode($1, 'hex') THEN NULL ELSE record END AS record
           FROM audit_checkpoints ORDER BY number DESC LIMIT 1`,
    values: [known?.hash ?? ''],
  });
  const row = rows[0];
  if (known && Number(row?.number ?? 0) < known.statement.number) {
    throw new ForgedCheckpointError(known.statement.number, 'is gone');
  }
  if (!row) return undefined;
  if (row.record === null) return known;
  if (known && Number(row.number) === known.statement.number) {
    throw new ForgedCheckpointError(known.statement.number, 'is another than before');
  }
  return readCheckpoint(Number(row.number), row.hash, row.record);
}

/**
 * The records of checkpoints after `number`, in order.
 *
 * @throws ForgedCheckpointError
 */
export async function checkpointsAfter(database: Queryable, number: number, limit: number): Promise<Checkpoint[]> {
  const { rows } = await database.query<{ number: string; hash: string; record: string }>({
    name: 'checkpoints-after',
    text: `SELECT number, encode(hash, 'hex') AS hash, record FROM audit_checkpoints
           WHERE number > $1 ORDER BY number LIMIT $2`,
    values: [number, limit],
  });
  return rows.map((row) => readCheckpoint(Number(row.number), row.hash, row.record));
}

/** @throws ForgedCheckpointError */
export function readCheckpoint(number: number, hash: string, record: string): Checkpoint {
  let checkpoint: Checkpoint;
  try {
    checkpoint = parseCheckpoint(record);
  } catch {
    throw new ForgedCheckpointError(number, 'cannot be read');
  }
  if (checkpoint.hash !== hash || checkpoint.statement.number !== number) {
    throw new ForgedCheckpointError(number, 'does not have the hash stored with it');
  }
  return checkpoint;
}

export async function storeCheckpoint(transaction: Queryable, { statement, hash, record }: Checkpoint): Promise<void> {
  await transaction.query({
    text: 'INSERT INTO audit_checkpoints (number, hash, made_at, record) VALUES ($1, $2, $3, $4)',
    values: [statement.number, Buffer.from(hash, 'hex'), statement.made_at, record],
  });
}

/** Remembers how far each chain is sealed, and why it is no further. */
export async function storeHeads(transaction: Queryable, built: readonly GrowingSegment[]): Promise<void> {
  const heads = built.map((one) => {
    const { moved, ended, fault } = one;
    const segment = one.segment();
    return {
      chain: moved.chain,
      seq: segment?.to ?? moved.sealed?.seq ?? 0,
      hash: segment?.head ?? moved.sealed?.hash ?? genesisHash(moved.chain),
      ended,
      fault: fault ? `${fault.seq}: ${fault.message}` : null,
      recordedAt: one.recordedAt ?? null,
    };
  });
  await storeHeadRows(transaction, heads);
}

/** How far a chain is sealed. */
export interface HeadRow {
  readonly chain: string;
  readonly seq: number;
  /** Hex. */
  readonly hash: string;
  readonly ended: boolean;
  /** Why it goes no further. */
  readonly fault: string | null;
  /** When the event `seq` was recorded; null where that is not known, so that all partitions are read. */
  readonly recordedAt: string | null;
}

export async function storeHeadRows(transaction: Queryable, heads: readonly HeadRow[]): Promise<void> {
  if (heads.length === 0) return;
  // As JSON: `pg` and PGlite write arrays in ways of their own, and NULLs in them.
  await transaction.query({
    text: `INSERT INTO audit_heads (chain, seq, hash, ended, fault, recorded_at)
           SELECT chain, seq, decode(hash, 'hex'), ended, fault, "recordedAt"
           FROM jsonb_to_recordset($1::jsonb)
             AS head (chain uuid, seq bigint, hash text, ended boolean, fault text, "recordedAt" timestamptz)
           ON CONFLICT (chain) DO UPDATE
           SET seq = excluded.seq, hash = excluded.hash, ended = excluded.ended, fault = excluded.fault,
               recorded_at = excluded.recorded_at`,
    values: [JSON.stringify(heads)],
  });
}
