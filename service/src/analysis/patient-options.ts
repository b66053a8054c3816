import { requestFingerprint } from '../crypto/keyed-hash.ts';
import type { Keyring } from '../crypto/keyring.ts';
import { dateShiftDays } from './embedded/phi/date-shift.ts';
import type { AnalysisOptions } from './engine.ts';

/**
 * What must be the same in every note of a patient: by how much dates are moved, and which names stand in. Both are
 * derived from a secret, so that who knows the patient reference, which is in the trail, cannot undo them.
 */
export function patientOptions(
  { patientRef }: { readonly patientRef: Buffer },
  keyring: Keyring,
): Pick<AnalysisOptions, 'dateShiftDays' | 'surrogateSeed'> {
  const secret = keyring.idempotencyKey();
  const patient = patientRef.toString('base64');
  return {
    dateShiftDays: dateShiftDays(secret, patient),
    surrogateSeed: requestFingerprint(['surrogates', patient], secret).toString('base64'),
  };
}
