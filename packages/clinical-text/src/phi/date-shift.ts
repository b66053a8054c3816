import { createHmac, type KeyObject } from 'node:crypto';

/** Weeks by which a patient's dates may be moved back: 8 bits that a reader must not find out. Never forward, past today. */
const MOST_WEEKS = 260;

/**
 * The days by which to move one patient's dates: the same for every note of the patient, so that intervals are kept;
 * whole weeks, so that written weekdays stay true and reveal nothing; cannot be derived from the patient reference without
 * the key.
 *
 * @param key at least 256 random bits, kept where the other keys are
 * @param patient the patient reference that the service stores, never shown in the shifted text
 */
export const dateShiftDays = (key: KeyObject | Buffer, patient: string): number => {
  const digest = createHmac('sha256', key).update('date-shift\0').update(patient, 'utf8').digest();
  return -7 * ((digest.readUInt32BE(0) % MOST_WEEKS) + 1);
};
