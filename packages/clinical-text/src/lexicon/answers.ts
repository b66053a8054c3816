import { phrases } from './words.ts';

/** How forms and interviews answer: what stands after "Fever:" or "Any fever?". */
export const answers = {
  yes: phrases(`
    yes, y, positive, pos, present, true, admits, endorses, reports, confirms, confirmed, reported, +ve, (+), +, yeah, yep, affirmative,
    noted, endorsed, ja
  `),
  no: phrases(`
    no, n, none, negative, neg, nil, denies, denied, absent, never, not present, none known, none reported, none noted,
    none recalled, not reported, not noted, not seen, no known, no history, false, -ve, (-), -, nope, no symptoms, no complaints, zero,
    no evidence, patient denies, pt denies, denies any, no concerns, nein, keine, nil known, nil of note, none of note, history negative,
    patient history negative, none at present, none at this time, none currently, not at present, excluded, ruled out, resolved
  `),
  unknown: phrases(`
    unknown, n/a, not asked, not assessed, not known, unsure, not applicable, unable to assess, not tested, not examined,
    not available, unclear, ?, unable to obtain, deferred, not done
  `),
} as const;

/** Answers that count only where nothing follows them: inside a sentence they are ordinary words. */
export const bareAnswers: readonly string[] = phrases(`
  y, n, +, -, ?, noted, reported, confirmed, reports, resolved, excluded
`);

/** Boxes that are one character. */
export const checkedBoxes: readonly string[] = ['☑', '☒', '✓', '✔', '■', '🗹'];
export const emptyBoxes: readonly string[] = ['☐', '□', '▢', '✗', '✘'];
