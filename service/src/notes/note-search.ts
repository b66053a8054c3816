import * as z from 'zod';
import type { Queryable } from '../database/database.ts';
import { joinPages } from '../database/join-pages.ts';
import { firstUuidV7 } from '../ids/uuid-v7.ts';
import type { NoteSummary } from './note.ts';

interface Times {
  /** ISO 8601; received at this moment or later. */
  readonly from?: string;
  /** ISO 8601; received before this moment. */
  readonly to?: string;
}

export interface NoteCriteria extends Times {
  /** Every query names its tenant. */
  readonly tenant: string;
  /** The patient's reference under each version of the index key. */
  readonly patientRefs: readonly Buffer[];
  /** Lists the notes of these care teams and of none; undefined lists those of all. */
  readonly careTeams?: readonly string[];
  /** Lists the notes after this one: when it was received, and its audit id. */
  readonly after?: readonly [time: string, auditId: string];
  readonly limit: number;
}

interface Row {
  readonly audit_id: string;
  readonly received_at: Date;
  readonly principal: string;
  readonly care_team: string | null;
  readonly needs_review: boolean | null;
}

const columns = 'audit_id, received_at, principal, care_team';

/** A page of notes with what is known of the analysis of each. */
const withReview = (page: string, order: string): string =>
  `SELECT n.*, a.needs_review FROM (${page}) AS n LEFT JOIN analyses AS a USING (audit_id) ORDER BY ${order}`;

/** Finds the notes of a patient, newest first: one more than `limit`, where there are more. */
export async function findNotes(database: Queryable, criteria: NoteCriteria): Promise<NoteSummary[]> {
  const { tenant, patientRefs, careTeams, from = '-infinity', to = 'infinity', limit } = criteria;
  const [time, id] = criteria.after ?? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
  const order = 'received_at DESC, audit_id DESC';
  const pageOf = (reference: string): string =>
    `SELECT ${columns} FROM notes
     WHERE tenant = $1 AND patient_ref = ${reference}
       AND ($5::text[] IS NULL OR care_team IS NULL OR care_team = ANY ($5::text[]))
       AND received_at >= $6::timestamptz AND received_at < $7::timestamptz
       AND (received_at, audit_id) < ($2::timestamptz, $3::uuid)
     ORDER BY ${order} LIMIT $4`;
  const pages = joinPages(
    patientRefs.map((_, index) => pageOf(`$${index + 8}`)),
    `${order} LIMIT $4`,
  );
  const { rows } = await database.query<Row>({
    text: withReview(pages, order),
    values: [tenant, time, id, limit + 1, careTeams ?? null, from, to, ...patientRefs],
  });
  return rows.map(summaryOf);
}

export interface WorkListCriteria extends Times {
  /** Every query names its tenant. */
  readonly tenant: string;
  /** Lists the notes of these care teams; null selects the notes of no team. */
  readonly careTeams: readonly (string | null)[];
  /** Lists notes whose audit id is below this one. */
  readonly before?: string;
  readonly limit: number;
}

/**
 * Finds the notes of care teams, newest first. The audit id is the order, because it begins with the time at which the
 * note was received: one index finds the page of each team, and a time leaves out partitions.
 */
export async function findWorkList(database: Queryable, criteria: WorkListCriteria): Promise<NoteSummary[]> {
  const { tenant, careTeams, from, to, before, limit } = criteria;
  const least = firstUuidV7(new Date(from ?? 0));
  const ends = ['ffffffff-ffff-ffff-ffff-ffffffffffff', before, to && firstUuidV7(new Date(to))];
  const values: unknown[] = [tenant, least, ends.filter((id) => id !== undefined).sort()[0], limit];
  const pageOf = (team: string | null): string =>
    `SELECT ${columns} FROM notes
     WHERE tenant = $1 AND care_team ${team === null ? 'IS NULL' : `= $${values.push(team)}`}
       AND audit_id >= $2::uuid AND audit_id < $3::uuid
     ORDER BY audit_id DESC LIMIT $4`;
  if (careTeams.length === 0) return [];
  const pages = joinPages(careTeams.map(pageOf), 'audit_id DESC LIMIT $4');
  const { rows } = await database.query<Row>({ text: withReview(pages, 'audit_id DESC'), values });
  return rows.map(summaryOf);
}

/** The audit id of the last note that a page of the work list has looked at. */
export const workListCursor = z.tuple([z.uuid()]);

const summaryOf = (row: Row): NoteSummary => ({
  auditId: row.audit_id,
  receivedAt: row.received_at.toISOString(),
  principal: row.principal,
  careTeam: row.care_team ?? undefined,
  needsReview: row.needs_review ?? undefined,
});
