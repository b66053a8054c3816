import type { Queryable } from '../../database/database.ts';
import type { Grant } from './grant.ts';
import type { ReasonCode } from './reason-codes.ts';

/** A principal and the patient whose notes it requests. */
export interface Asked {
  readonly tenant: string;
  readonly principal: string;
  /** The patient's reference under each version of the index key, the newest first. */
  readonly patientRefs: readonly Buffer[];
}

export interface NewGrant extends Asked {
  readonly grantId: string;
  readonly patientRefVersion: number;
  readonly auditId?: string;
  readonly reasonCode: ReasonCode;
  readonly minutes: number;
  /** The words of the clinician, sealed under `keyId`. */
  readonly sealed: Buffer;
  readonly keyId: string;
}

export interface GrantRow {
  readonly grant_id: string;
  readonly principal: string;
  readonly reason_code: ReasonCode;
  readonly audit_id: string | null;
  readonly opened_at: Date;
  readonly expires_at: Date;
}

/** The reason as it is stored: still sealed. */
export interface SealedGrant extends Grant {
  readonly patientRef: Buffer;
  readonly patientRefVersion: number;
  readonly keyId: string;
  readonly sealed: Buffer;
}

export const grantColumns = 'g.grant_id, g.principal, g.reason_code, g.audit_id, g.opened_at, g.expires_at';

const places = (values: readonly unknown[], from: number): string => values.map((_, i) => `$${from + i}`).join(', ');

/** The clock of the database judges, as it did when the grant was made: those of the processes may differ. */
export async function findGrant(database: Queryable, asked: Asked): Promise<string | undefined> {
  const { rows } = await database.query<{ grant_id: string }>({
    text: `SELECT grant_id FROM break_glass_grants
           WHERE tenant = $1 AND principal = $2 AND expires_at > now()
             AND patient_refs && ARRAY[${places(asked.patientRefs, 3)}]::bytea[]
           ORDER BY expires_at DESC, grant_id LIMIT 1`,
    values: [asked.tenant, asked.principal, ...asked.patientRefs],
  });
  return rows[0]?.grant_id;
}

/** Stores a grant and its reason. */
export async function insertGrant(transaction: Queryable, grant: NewGrant): Promise<Grant> {
  const { rows } = await transaction.query<GrantRow>({
    text: `INSERT INTO break_glass_grants AS g (grant_id, tenant, principal, audit_id, reason_code, patient_ref_version,
             opened_at, expires_at, patient_refs)
           VALUES ($1, $2, $3, $4, $5, $6, now(), now() + $7 * interval '1 minute',
             ARRAY[${places(grant.patientRefs, 8)}]::bytea[])
           RETURNING ${grantColumns}`,
    values: [
      grant.grantId,
      grant.tenant,
      grant.principal,
      grant.auditId ?? null,
      grant.reasonCode,
      grant.patientRefVersion,
      grant.minutes,
      ...grant.patientRefs,
    ],
  });
  await transaction.query({
    text: 'INSERT INTO break_glass_reasons (grant_id, key_id, sealed) VALUES ($1, $2, $3)',
    values: [grant.grantId, grant.keyId, grant.sealed],
  });
  return granted(rows[0]!);
}

export async function readGrant(
  database: Queryable,
  tenant: string,
  grantId: string,
): Promise<SealedGrant | undefined> {
  const { rows } = await database.query<
    GrantRow & {
      readonly patient_ref: Buffer;
      readonly patient_ref_version: number;
      readonly key_id: string;
      readonly sealed: Buffer;
    }
  >({
    text: `SELECT ${grantColumns}, g.patient_refs[1] AS patient_ref, g.patient_ref_version, r.key_id, r.sealed
           FROM break_glass_grants AS g JOIN break_glass_reasons AS r USING (grant_id)
           WHERE g.grant_id = $1 AND g.tenant = $2`,
    values: [grantId, tenant],
  });
  const row = rows[0];
  if (!row) return undefined;
  const { patient_ref: patientRef, patient_ref_version: patientRefVersion, key_id: keyId, sealed } = row;
  return { ...granted(row), patientRef, patientRefVersion, keyId, sealed };
}

export const granted = (row: GrantRow): Grant => ({
  grantId: row.grant_id,
  principal: row.principal,
  reasonCode: row.reason_code,
  auditId: row.audit_id ?? undefined,
  openedAt: row.opened_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
});
