import type { NoteAnalysis } from '../api/types.ts';

/** What an analysis has doubts about, in words. */
export const doubts: Readonly<Record<NonNullable<NoteAnalysis['review_reasons']>[number], string>> = {
  number: 'a number that the note does not state',
  drug: 'a drug that the note does not name',
  dose: 'a dose that the note does not state',
  negation: 'a finding that the note states otherwise',
  allergy: 'an allergy that the note states otherwise',
  'quote-not-in-note': 'words that the note does not have',
  'other-language': 'a note that is not in English',
};
