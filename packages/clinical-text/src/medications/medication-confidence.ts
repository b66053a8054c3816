import type { Confidence } from '../model.ts';
import type { DrugRule } from './drug-rules.ts';

/** Bands by the lower bound of the measured precision of each rule (docs/model-card.md), with a dose beside it and without. */
const bands: Readonly<Record<DrugRule, readonly [dosed: Confidence, bare: Confidence]>> = {
  'drug.listed': ['high', 'medium'],
  'drug.stem': ['high', 'medium'],
  'drug.class': ['medium', 'medium'],
  'drug.typo': ['low', 'low'],
  'drug.frame': ['low', 'low'],
  'drug.list-head': ['low', 'low'],
};

export const confidenceOf = (rule: DrugRule, dosed: boolean): Confidence => bands[rule][dosed ? 0 : 1];
