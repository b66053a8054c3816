import type { Confidence } from './model.ts';

/**
 * Bands of the rules by the lower bound of their measured precision (Wilson, 95 %): high from .90, medium from .75, low
 * below, or where fewer than 30 mentions were measured. `npm run quality` prints the figures of every rule. It is the chance that the
 * mention is right. It says nothing of its assertion, nor of what was missed.
 */
const bands: Readonly<Record<string, Confidence>> = {
  'drug.listed': 'medium',
  'drug.listed.dosed': 'high',
  'drug.stem': 'medium',
  'drug.stem.dosed': 'high',
  'drug.class': 'medium',
  'drug.class.dosed': 'medium',
  'problem.ending': 'medium',
  'symptom.listed': 'medium',
  'problem.head': 'low',
  'problem.listed': 'low',
  'problem.abbreviation': 'low',
};

export const bandOf = (rule: string): Confidence => bands[rule] ?? 'low';
