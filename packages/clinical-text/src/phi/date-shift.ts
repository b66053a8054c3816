import { createHmac, type KeyObject } from 'node:crypto';

/** Shifts lie within a year and a half on either side, and are never nothing. */
const FURTHEST = 548;

/**
 * The days by which to move one patient's dates: the same for every note of the patient, so that intervals are kept;
 * not to be told from the patient reference without the key.
 *
 * @param key at least 256 random bits, kept where the other keys are
 * @param patient the patient reference that the service stores, never shown in the shifted text
 */
export const dateShiftDays = (key: KeyObject | Buffer, patient: string): number => {
  const digest = createHmac('sha256', key).update('date-shift\0').update(patient, 'utf8').digest();
  const days = (digest.readUInt32BE(0) % FURTHEST) + 1;
  return digest[4]! % 2 === 0 ? days : -days;
};
