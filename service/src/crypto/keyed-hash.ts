import { createHmac, type KeyObject } from 'node:crypto';
import { canonicalPatientId } from './patient-identifier.ts';

/** A key that patients are referred to by. */
export interface PatientKey {
  /** Grows by one with each rotation. */
  readonly version: number;
  readonly key: KeyObject;
  /** Whether its references are of canonical identifiers; the first release hashed the text as it was sent. */
  readonly canonical: boolean;
}

/**
 * A patient's reference: HMAC-SHA256 of tenant and patient id, 32 bytes. It finds a patient's notes and events without
 * naming the patient; the tenant is in it, so that one person's references in two tenants cannot be joined. A canonical
 * identifier is `system|value`; the ids of the JSON API have no system.
 */
export const patientReference = (tenant: string, patientId: string, { key, canonical }: PatientKey): Buffer =>
  referenceOf(tenant, canonical ? `|${canonicalPatientId(patientId)}` : patientId, key);

/**
 * Every reference under which a patient's notes and events may be stored, that of the newest key first.
 *
 * @param keys newest first
 */
export function patientReferences(tenant: string, patientId: string, keys: readonly PatientKey[]): Buffer[] {
  const canonical = canonicalPatientId(patientId);
  return keys.flatMap((key) => {
    const reference = patientReference(tenant, patientId, key);
    if (key.canonical || canonical === patientId) return [reference];
    return [reference, patientReference(tenant, canonical, key)];
  });
}

/** The one of a patient's references that stays when a key is added: what is kept of a search names the patient by it. */
export const lastingReference = (references: readonly Buffer[]): Buffer | undefined => references.at(-1);

const referenceOf = (tenant: string, identifier: string, key: KeyObject): Buffer =>
  createHmac('sha256', key).update(`${tenant}\u0000${identifier}`).digest();

/** Fingerprint of a request, for Idempotency-Key: distinguishes bodies without storing them. */
export function requestFingerprint(parts: readonly string[], key: KeyObject): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest();
}
