import type { Confidence } from './model.ts';

/**
 * Bands of the rules by the lower bound of their measured precision (Wilson, 95 %): high from .90, medium from .75, low
 * below, or where fewer than 30 mentions were measured. A rule that is not listed is low: it is too rare in the corpora,
 * or no corpus annotates what it finds. `npm run quality` prints the figures of every rule, and a test compares the bands
 * with those of the model card. It is the chance that the mention is right. It says nothing of its assertion, nor of what
 * was missed.
 */
const bands: ReadonlyMap<string, Confidence> = new Map([
  ['drug.class', 'medium'],
  ['drug.listed', 'medium'],
  ['drug.listed.dosed', 'high'],
  ['problem.ending', 'medium'],
  ['procedure.ending', 'medium'],
  ['procedure.imaging', 'medium'],
  ['symptom.listed', 'medium'],
  ['test.listed', 'high'],
]);

/** Rules with another band than low. */
export const bandedRules: readonly string[] = [...bands.keys()];

export const bandOf = (rule: string): Confidence => bands.get(rule) ?? 'low';
