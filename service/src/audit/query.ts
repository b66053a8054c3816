import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import type { StoredEvent } from '@healthcare-ai/audit-trail/store';
import { lastingReference } from '../crypto/keyed-hash.ts';
import { decodeCursor, encodeCursor, timeChainSeq } from '../database/cursor.ts';
import type { Queryable } from '../database/database.ts';
import { joinPages } from '../database/join-pages.ts';
import { timeOfUuidV7 } from '../ids/uuid-v7.ts';

export interface AuditCriteria {
  /** Every query names its tenant. */
  readonly tenant: string;
  /** ISO 8601; from this moment on. */
  readonly from?: string;
  /** ISO 8601; before this moment. */
  readonly to?: string;
  readonly principal?: string;
  readonly action?: string;
  readonly outcome?: string;
  /** The note, by its audit id. */
  readonly auditId?: string;
  /** The patient's reference under each version of the index key. */
  readonly patientRefs?: readonly Buffer[];
  readonly limit: number;
  readonly cursor?: string;
}

export interface EventPage {
  readonly events: StoredEvent[];
  /** Undefined on the last page. */
  readonly nextCursor?: string;
}

interface Row {
  readonly event: string;
  readonly hash: Buffer;
  readonly chain: string;
  readonly seq: string;
  readonly recorded_at: Date;
}

/**
 * Finds events, newest first.
 *
 * @throws InvalidCursorError
 */
export async function searchEvents(
  database: Queryable,
  { limit, cursor, ...criteria }: AuditCriteria,
): Promise<EventPage> {
  const { patientRefs, ...others } = criteria;
  const sought = { ...others, patientRef: patientRefs && lastingReference(patientRefs) };
  const values: unknown[] = [criteria.tenant];
  const conditions = ['tenant = $1'];
  const add = (condition: (place: string) => string, value: unknown) => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add((place) => `recorded_at >= ${place}::timestamptz`, criteria.from);
  add((place) => `recorded_at < ${place}::timestamptz`, criteria.to);
  add((place) => `principal = ${place}`, criteria.principal);
  add((place) => `action = ${place}`, criteria.action);
  add((place) => `outcome = ${place}`, criteria.outcome);
  add((place) => `audit_id = ${place}::uuid`, criteria.auditId);
  add((place) => `recorded_at >= ${place}::timestamptz`, criteria.auditId && earliestEventOf(criteria.auditId));
  if (cursor !== undefined) {
    const [time, chain, seq] = decodeCursor(cursor, timeChainSeq, sought);
    const places = [time, chain, seq].map((value) => `$${values.push(value)}`);
    // The first condition says nothing new; by it PostgreSQL leaves out partitions, which it does not by rows.
    conditions.push(
      `recorded_at <= ${places[0]}::timestamptz AND
       (recorded_at, chain, seq) < (${places[0]}::timestamptz, ${places[1]}::uuid, ${places[2]}::bigint)`,
    );
  }
  const order = `recorded_at DESC, chain DESC, seq DESC LIMIT $${values.push(limit + 1)}`;
  const pageWhere = (...more: string[]) =>
    `SELECT event, hash, chain, seq, recorded_at FROM audit_events WHERE ${[...conditions, ...more].join(' AND ')}
     ORDER BY ${order}`;
  const references = patientRefs?.map((reference) => pageWhere(`patient_ref = $${values.push(reference)}`));
  const { rows } = await database.query<Row>({ text: joinPages(references ?? [pageWhere()], order), values });
  return pageOf(rows, limit, sought);
}

/** Events on a page of a note's. */
const pageOfNote = 1_000;

/**
 * A page of everything that happened to a note, oldest first.
 *
 * @throws InvalidCursorError
 */
export async function eventsOfNote(
  database: Queryable,
  { cursor, ...note }: { readonly tenant: string; readonly auditId: string; readonly cursor?: string },
): Promise<EventPage> {
  const values: unknown[] = [note.auditId, note.tenant, pageOfNote + 1];
  if (cursor !== undefined) values.push(...decodeCursor(cursor, timeChainSeq, note));
  else values.push(earliestEventOf(note.auditId) ?? '-infinity');
  const { rows } = await database.query<Row>({
    text: `SELECT event, hash, chain, seq, recorded_at FROM audit_events WHERE audit_id = $1 AND tenant = $2
             AND recorded_at >= $4::timestamptz
           ${cursor === undefined ? '' : 'AND (recorded_at, chain, seq) > ($4::timestamptz, $5::uuid, $6::bigint)'}
           ORDER BY recorded_at, chain, seq LIMIT $3`,
    values,
  });
  return pageOf(rows, pageOfNote, note);
}

/** Clocks of tasks differ, and a request waits before its event is recorded: by far less than this, in ms. */
const margin = 86_400_000;

/** No event of a note is older: with it, PostgreSQL reads the partitions from there on. Undefined for foreign ids. */
export function earliestEventOf(auditId: string): string | undefined {
  const time = timeOfUuidV7(auditId)?.getTime();
  return time === undefined ? undefined : new Date(Math.max(0, time - margin)).toISOString();
}

/** @param rows one more than the page where there are more */
function pageOf(rows: readonly Row[], limit: number, criteria: Parameters<typeof encodeCursor>[1]): EventPage {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    events: page.map(stored),
    nextCursor: last && encodeCursor([last.recorded_at.toISOString(), last.chain, String(last.seq)], criteria),
  };
}

const stored = (row: Row): StoredEvent => ({
  ...(JSON.parse(row.event) as AuditEvent),
  hash: row.hash.toString('hex'),
});
