import { hash } from 'node:crypto';
import type { ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import { parseEvent } from '@healthcare-ai/audit-trail/format/parse-event';
import type { Queryable } from '../../database/database.ts';
import { type EventRow, eventRowColumns, rowFault } from '../event-columns.ts';
import { eventColumns, eventRows, pushEventValues } from '../insert-events.ts';
import { RestoreError } from './restore-error.ts';

/**
 * Adds events of one chain that follow each other, with the columns that their texts say. Those that are there already
 * are passed over.
 *
 * @throws RestoreError when the position of an event has another event
 */
export async function addEvents(transaction: Queryable, texts: readonly string[]): Promise<void> {
  const events = texts.map(chainedEvent);
  const { chain, seq: first } = parseEvent(texts[0]!);
  const values: unknown[] = [chain];
  for (const event of events) pushEventValues(values, event);
  const { rows } = await transaction.query({
    text: `INSERT INTO audit_events ${eventColumns} VALUES ${eventRows(events.length, 1)}
           ON CONFLICT DO NOTHING RETURNING seq`,
    values,
  });
  // A second event of a place is refused by the key of its partition; one in another quarter is found here.
  const stored = await transaction.query<{ count: number }>({
    text: 'SELECT count(*)::int AS count FROM audit_events WHERE chain = $1 AND seq BETWEEN $2 AND $3',
    values: [chain, first, first + texts.length - 1],
  });
  if (rows.length < events.length || stored.rows[0]!.count !== events.length) {
    await compare(transaction, chain, first, texts);
  }
}

/** Some were there: they must be the same, and say so in their columns. */
async function compare(transaction: Queryable, chain: string, first: number, texts: readonly string[]): Promise<void> {
  const { rows } = await transaction.query<EventRow>({
    text: `SELECT ${eventRowColumns} FROM audit_events e WHERE e.chain = $1 AND e.seq BETWEEN $2 AND $3`,
    values: [chain, first, first + texts.length - 1],
  });
  const stored = new Map<number, EventRow>();
  for (const row of rows) {
    const seq = Number(row.seq);
    if (stored.has(seq)) {
      throw new RestoreError('conflict', `event ${seq} of chain ${chain} is in the database more than once`);
    }
    stored.set(seq, row);
  }
  for (const [index, text] of texts.entries()) {
    const seq = first + index;
    const row = stored.get(seq);
    const fault = row?.event === text ? rowFault(row) : 'it is another event than the sink has';
    if (fault === undefined) continue;
    throw new RestoreError('conflict', `event ${seq} of chain ${chain} is already in the database, and ${fault}`);
  }
}

function chainedEvent(text: string): ChainedEvent {
  const event: AuditEvent = parseEvent(text);
  const { action, outcome, recorded_at: recordedAt, tenant, principal, audit_id: auditId } = event;
  const patientRef = event.patient_ref === undefined ? undefined : Buffer.from(event.patient_ref, 'base64url');
  const draft = { action, outcome, recordedAt, tenant, principal, auditId, patientRef };
  return { draft, seq: event.seq, hash: hash('sha256', text), text };
}
