/**
 * What no patient id may have: control and format characters, and separators other than the space. They make two ids
 * that look alike two patients. `\p{DI}` adds characters that are not drawn at all, such as the Hangul fillers; the rest
 * are signs that are drawn blank.
 */
const invisible = /[\p{C}\p{DI}\u2800\u{1d159}\u{13441}\u{13442}]|[^\P{Z} ]/u;

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
