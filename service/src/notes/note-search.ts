import { decodeCursor, timeAndId } from '../database/cursor.ts';
import type { Database } from '../database/database.ts';
import { joinPages } from '../database/join-pages.ts';
import type { NoteSummary } from './note.ts';

export interface NoteCriteria {
  /** Every query names its tenant. */
  readonly tenant: string;
  /** The patient's reference under each version of the index key. */
  readonly patientRefs: readonly Buffer[];
  /** Lists the notes of these care teams and of none; undefined lists those of all. */
  readonly careTeams?: readonly string[];
  readonly limit: number;
  readonly cursor?: string;
}

/**
 * Finds notes, newest first: one more than `limit`, where there are more.
 *
 * @throws InvalidCursorError
 */
export async function findNotes(database: Database, criteria: NoteCriteria): Promise<NoteSummary[]> {
  const { tenant, patientRefs, careTeams, limit, cursor } = criteria;
  const [time, id] =
    cursor === undefined ? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'] : decodeCursor(cursor, timeAndId);
  const { rows } = await database.query<{
    audit_id: string;
    received_at: Date;
    principal: string;
    care_team: string | null;
  }>({
    text: joinPages(
      patientRefs.map((_, index) => pageOfReference(`$${index + 6}`)),
      'received_at DESC, audit_id DESC LIMIT $4',
    ),
    values: [tenant, time, id, limit + 1, careTeams ?? null, ...patientRefs],
  });
  return rows.map((row) => ({
    auditId: row.audit_id,
    receivedAt: row.received_at.toISOString(),
    principal: row.principal,
    careTeam: row.care_team ?? undefined,
  }));
}

const pageOfReference = (reference: string): string =>
  `SELECT audit_id, received_at, principal, care_team FROM notes
   WHERE tenant = $1 AND patient_ref = ${reference}
     AND ($5::text[] IS NULL OR care_team IS NULL OR care_team = ANY ($5::text[]))
     AND (received_at, audit_id) < ($2::timestamptz, $3::uuid)
   ORDER BY received_at DESC, audit_id DESC LIMIT $4`;
