import type { Chain, ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { EnqueuedAnalysis } from '../analysis/queue/enqueue.ts';
import type { GroupWriter } from '../audit/group-writer.ts';
import { eventColumns, eventRows, pushEventValues } from '../audit/insert-events.ts';
import type { Statement } from '../database/database.ts';
import type { NoteRow } from './note.ts';

/** A note and its audit event. */
export interface NoteEntry {
  readonly note: NoteRow;
  readonly event: AuditEventDraft;
  /** @default - it is not to be analysed */
  readonly analysis?: EnqueuedAnalysis;
}

const noteColumns =
  '(audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed, care_team)';
const valuesPerNote = 9;

/**
 * Stores notes and their events by ONE statement, which is its own transaction: one round trip a group. As multi-row
 * VALUES with Buffers a note goes over the wire in binary; as `unnest` of arrays it would go as hex, at half the speed.
 */
export const noteWriter: GroupWriter<NoteEntry, void> = {
  kind: 'ingest',
  async write(connection, entries, chain, setOutcomes) {
    setOutcomes(entries.map(() => undefined));
    await connection.query(insertNotes(entries, chain));
  },
};

/** @param events the chained events of the entries; by default they are appended here */
export function insertNotes(
  entries: readonly NoteEntry[],
  chain: Chain,
  events: readonly ChainedEvent[] = chain.append(entries.map(({ event }) => event)),
): Statement {
  const values: unknown[] = [];
  for (const { note } of entries) {
    values.push(
      note.auditId,
      note.tenant,
      note.receivedAt,
      note.principal,
      note.patientRef,
      note.patientRefVersion,
      note.keyId,
      note.sealed,
      note.careTeam ?? null,
    );
  }
  values.push(chain.id);
  for (const event of events) pushEventValues(values, event);
  return { name: `notes-${entries.length}`, text: insertText(entries.length), values };
}

const texts = new Map<number, string>();

/** The text for each size of a group is built once: there are 64 of them at most. */
function insertText(count: number): string {
  let text = texts.get(count);
  if (!text) {
    const rows = Array.from({ length: count }, (_, row) => {
      const places = Array.from({ length: valuesPerNote }, (_, column) => `$${row * valuesPerNote + column + 1}`);
      return `(${places.join(', ')})`;
    });
    text =
      `WITH written AS (INSERT INTO notes ${noteColumns} VALUES ${rows.join(', ')}) ` +
      `INSERT INTO audit_events ${eventColumns} VALUES ${eventRows(count, count * valuesPerNote + 1)}`;
    texts.set(count, text);
  }
  return text;
}
