import type { AnalysisOptions } from '@healthcare-ai/clinical-text/engine';
import { dateShiftDays } from '@healthcare-ai/clinical-text/phi/date-shift';
import { requestFingerprint } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';

/**
 * What must be the same in every note of a patient: by how much dates are moved, and which names replace those of the
 * note. Both come from the patient id and the one secret that is never rotated: the patient reference changes with its
 * key, and whoever may read the trail knows it.
 */
export function patientOptions(
  tenant: string,
  patientId: string,
  keyring: Keyring,
): Required<Pick<AnalysisOptions, 'dateShiftDays' | 'surrogateSeed'>> {
  const secret = keyring.idempotencyKey();
  const patient = requestFingerprint(['surrogates', tenant, patientId], secret).toString('base64');
  return { dateShiftDays: dateShiftDays(secret, patient), surrogateSeed: patient };
}
