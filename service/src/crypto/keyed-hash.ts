import { createHmac, type KeyObject } from 'node:crypto';

/**
 * A patient's reference: HMAC-SHA256 of tenant and patient id, 32 bytes. It finds a patient's notes and events without
 * naming the patient; the tenant is in it, so that one person's references in two tenants cannot be joined.
 */
export function patientReference(tenant: string, patientId: string, key: KeyObject): Buffer {
  return createHmac('sha256', key).update(`${tenant}\u0000${patientId}`).digest();
}

/** Fingerprint of a request, for Idempotency-Key: distinguishes bodies without storing them. */
export function requestFingerprint(parts: readonly string[], key: KeyObject): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest();
}
