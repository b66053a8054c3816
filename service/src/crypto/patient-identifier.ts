import { notDrawn } from '@healthcare-ai/access-tokens/not-drawn';

/**
 * What no patient id may have: control and format characters, characters that show nothing, and separators other than
 * the space. They make two ids that look alike two patients.
 */
const invisible = new RegExp(String.raw`[\p{C}${notDrawn}]|[^\P{Z} ]`, 'u');

/** What is wrong with a text as a patient id, without the text; undefined when nothing is. */
export function patientIdFault(text: string): string | undefined {
  return invisible.test(text)
    ? 'must not have control characters, format characters, or blanks other than U+0020'
    : undefined;
}

/**
 * The form of a patient id in which two spellings of one id are equal: NFC, without spaces at its ends. Letter case,
 * inner spaces and leading zeros are kept, because they can distinguish two patients. Not NFKC, which would fold digits.
 */
export const canonicalPatientId = (text: string): string => text.normalize('NFC').replaceAll(/^ +| +$/g, '');
