import { hash } from 'node:crypto';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { exactTime, isSameTime } from './event-columns.ts';

/** A row of `audit_checkpoints`: the record, and the columns that repeat it. Null where the owner made it so. */
export interface CheckpointRow {
  /** A bigint, as the database writes it. */
  readonly number: string;
  /** Hex. */
  readonly hash: string | null;
  /** ISO 8601, UTC, microseconds. */
  readonly made_at: string | null;
  readonly record: string | null;
}

/** Columns of a `CheckpointRow`. */
export const checkpointRowColumns = `number, encode(hash, 'hex') AS hash, ${exactTime('made_at')} AS made_at, record`;

/** What is wrong with a row beside its record, which is for the verifier to judge. */
export function checkpointRowFault({
  number,
  hash: stored,
  made_at: madeAt,
  record,
}: CheckpointRow): string | undefined {
  if (record === null) return 'its record is gone';
  if (hash('sha256', record) !== stored) return 'the record does not have the hash stored with it';
  try {
    const { statement } = parseCheckpoint(record);
    if (statement.number !== Number(number)) return 'the record is that of another number';
    if (!isSameTime(madeAt, statement.made_at)) return 'the column made_at was changed: the record says something else';
  } catch {
    return 'the record cannot be read';
  }
  return undefined;
}
