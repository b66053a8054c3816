import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { GroupWriter } from '../audit/group-writer.ts';
import { DatabaseUnavailableError, type Queryable } from '../database/database.ts';
import type { NoteEntry } from './note-writer.ts';
import { storeNotes } from './queued-note-writer.ts';

/** A note that came with an Idempotency-Key. */
export interface IdempotentNoteEntry extends NoteEntry {
  /** Keyed hash of the Idempotency-Key: a client may have put anything into it. */
  readonly keyRef: Buffer;
  /** Keyed hash of what was sent, to distinguish a retry from another note under the same key. */
  readonly fingerprint: Buffer;
}

export type IdempotentOutcome =
  | { readonly kind: 'stored' }
  /** The same was stored before: this is the first answer. */
  | { readonly kind: 'repeated'; readonly auditId: string; readonly receivedAt: string }
  /** Something else was stored under this key. */
  | { readonly kind: 'conflict' };

interface Recorded {
  readonly key_ref: Buffer;
  readonly fingerprint: Buffer;
  readonly audit_id: string;
  readonly received_at: Date;
}

/**
 * Claims the keys first, in one transaction with the notes. Keys are claimed in sorted order, so that two tasks which
 * hold some of the same keys wait for each other and never deadlock.
 */
export const idempotentNoteWriter: GroupWriter<IdempotentNoteEntry, IdempotentOutcome> = {
  kind: 'idempotent',
  async write(connection, entries, chain, setOutcomes) {
    await connection.transaction(async (transaction) => {
      const claimed = await claim(transaction, entries);
      const known = claimed.size < entries.length ? await recorded(transaction, entries, claimed) : [];
      const outcomes = entries.map((entry): IdempotentOutcome => {
        if (claimed.has(entry.note.auditId)) return { kind: 'stored' };
        const first = known.find((row) => sameKey(row, entry));
        // Swept between the two statements: too old to be a retry, and too late to claim in this transaction.
        if (!first) throw new DatabaseUnavailableError('IDEMPOTENCY');
        return first.fingerprint.equals(entry.fingerprint)
          ? { kind: 'repeated', auditId: first.audit_id, receivedAt: first.received_at.toISOString() }
          : { kind: 'conflict' };
      });
      const stored = entries.filter((_, index) => outcomes[index]?.kind === 'stored');
      const others = entries.flatMap(({ event }, index) => {
        const outcome = outcomes[index]!;
        return outcome.kind === 'stored' ? [] : [eventOf(event, outcome)];
      });
      await storeNotes(transaction, stored, others, chain);
      setOutcomes(outcomes);
    });
  },
};

function eventOf(event: AuditEventDraft, outcome: IdempotentOutcome): AuditEventDraft {
  return outcome.kind === 'repeated'
    ? { ...event, auditId: outcome.auditId, reason: 'repeated' }
    : { ...event, auditId: undefined, outcome: 'failure', reason: 'idempotency-key-reused', status: 422 };
}

/** Audit ids of the entries whose idempotency key was free. */
async function claim(transaction: Queryable, entries: readonly IdempotentNoteEntry[]): Promise<Set<string>> {
  const sorted = [...entries].sort((a, b) => Buffer.compare(a.keyRef, b.keyRef));
  const rows = sorted.map((_, row) => {
    const at = (column: number) => `$${row * 6 + column}`;
    return `(${at(1)}, ${at(2)}, ${at(3)}, ${at(4)}, ${at(5)}, ${at(6)})`;
  });
  const result = await transaction.query<{ audit_id: string }>({
    name: `claim-${entries.length}`,
    text:
      'INSERT INTO idempotency_records (tenant, principal, key_ref, fingerprint, audit_id, received_at) ' +
      `VALUES ${rows.join(', ')} ON CONFLICT DO NOTHING RETURNING audit_id`,
    values: sorted.flatMap(({ note, keyRef, fingerprint }) => [
      note.tenant,
      note.principal,
      keyRef,
      fingerprint,
      note.auditId,
      note.receivedAt,
    ]),
  });
  return new Set(result.rows.map((row) => row.audit_id));
}

async function recorded(
  transaction: Queryable,
  entries: readonly IdempotentNoteEntry[],
  claimed: ReadonlySet<string>,
): Promise<Recorded[]> {
  const lost = entries.filter(({ note }) => !claimed.has(note.auditId));
  const rows = lost.map((_, row) => `($${row * 3 + 1}::text, $${row * 3 + 2}::text, $${row * 3 + 3}::bytea)`);
  const result = await transaction.query<Recorded>({
    text:
      'SELECT key_ref, fingerprint, audit_id, received_at FROM idempotency_records ' +
      `WHERE (tenant, principal, key_ref) IN (${rows.join(', ')})`,
    values: lost.flatMap(({ note, keyRef }) => [note.tenant, note.principal, keyRef]),
  });
  return result.rows;
}

// The reference is a hash over tenant, principal and key, so it is enough to compare.
const sameKey = (row: Recorded, entry: IdempotentNoteEntry): boolean => row.key_ref.equals(entry.keyRef);

/** How long a key is remembered: a retry within a day is answered with the first answer. */
const idempotencyHours = 24;

/** Forgets keys older than a day, a bounded number at a time. */
export async function sweepIdempotencyRecords(database: Queryable): Promise<number> {
  const { rowCount } = await database.query({
    text: `DELETE FROM idempotency_records WHERE ctid IN (
             SELECT ctid FROM idempotency_records
             WHERE received_at < now() - interval '${idempotencyHours} hours' LIMIT 5000)`,
  });
  return rowCount;
}
