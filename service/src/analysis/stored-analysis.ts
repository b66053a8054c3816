import { bindingOf, type SealContext } from '../crypto/envelope.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { openText } from '../crypto/sealed-text.ts';
import type { Database } from '../database/database.ts';
import type { AnalysisStatus } from './queue/job.ts';
import type { StoredReport } from './report.ts';

/** The analysis of a note as it stands. */
export interface StoredAnalysis {
  readonly auditId: string;
  readonly status: AnalysisStatus;
  readonly requestedAt: string;
  readonly attempts: number;
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
  /** Care team of the note. */
  readonly careTeam?: string;
  /** Why the last attempt failed: a code. */
  readonly failure?: string;
  readonly finishedAt?: string;
  /** Given when it is done. */
  readonly report?: StoredReport;
}

interface Row {
  readonly status: AnalysisStatus;
  readonly requested_at: Date;
  readonly attempts: number;
  readonly failure: string | null;
  readonly finished_at: Date | null;
  readonly key_id: string | null;
  readonly sealed: Buffer | null;
  readonly patient_ref: Buffer;
  readonly patient_ref_version: number;
  readonly care_team: string | null;
}

/** @returns undefined where the tenant has no such note, or nobody asked for its analysis */
export async function readAnalysis(
  database: Database,
  keyring: Keyring,
  tenant: string,
  auditId: string,
): Promise<StoredAnalysis | undefined> {
  const { rows } = await database.query<Row>({
    name: 'read-analysis',
    text: `SELECT a.status, a.requested_at, a.attempts, a.failure, a.finished_at, a.key_id,
                  CASE WHEN a.status = 'done' THEN a.sealed END AS sealed, n.patient_ref, n.patient_ref_version,
                  n.care_team
           FROM analyses AS a JOIN notes AS n USING (audit_id) WHERE a.audit_id = $1 AND a.tenant = $2`,
    values: [auditId, tenant],
  });
  const row = rows[0];
  if (!row) return undefined;
  const finished = row.status === 'done' || row.status === 'dead';
  return {
    auditId,
    status: row.status,
    requestedAt: row.requested_at.toISOString(),
    attempts: row.attempts,
    patientRef: row.patient_ref,
    patientRefVersion: row.patient_ref_version,
    careTeam: row.care_team ?? undefined,
    failure: row.failure ?? undefined,
    finishedAt: finished ? row.finished_at?.toISOString() : undefined,
    report: await openReport(row, { keyring, tenant, auditId }),
  };
}

async function openReport(
  { key_id: keyId, sealed, patient_ref: patientRef, care_team: careTeam }: Row,
  { keyring, tenant, auditId }: { readonly keyring: Keyring; readonly tenant: string; readonly auditId: string },
): Promise<StoredReport | undefined> {
  if (keyId === null || sealed === null) return undefined;
  const binding = analysisBinding({ auditId, tenant, patientRef, keyId, careTeam: careTeam ?? undefined });
  const text = await openText(sealed, binding, await keyring.byId(keyId));
  return JSON.parse(text) as StoredReport;
}

/** What a sealed analysis is bound to: what its note is bound to, as an analysis and nothing else. */
export const analysisBinding = (context: SealContext): string => bindingOf('analysis', context);
