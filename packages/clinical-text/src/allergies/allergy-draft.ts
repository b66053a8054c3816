import type { Allergy } from '../model.ts';

export type Category = Allergy['category'];
export type None = NonNullable<Allergy['none']>;

export interface Substance {
  readonly from: number;
  readonly to: number;
  readonly category: Category;
  /** Index of the order in its sentence; null for a food and the like. */
  readonly order: number | null;
}

export interface Draft {
  readonly from: number;
  readonly to: number;
  readonly substance: Substance | null;
  readonly kind: Allergy['kind'];
  readonly none: None | null;
  readonly rule:
    | 'allergy.lead'
    | 'allergy.tail'
    | 'allergy.reaction'
    | 'allergy.list'
    | 'allergy.list-word'
    | 'allergy.none';
  readonly reactions: readonly Reaction[];
  readonly status: Allergy['status'];
  readonly family: boolean;
}

export interface Reaction {
  readonly from: number;
  readonly to: number;
}

/** A statement of no allergies, or that the question was not asked. */
export const noneDraft = (from: number, to: number, none: None): Draft => ({
  from,
  to,
  substance: null,
  kind: 'unknown',
  none,
  rule: 'allergy.none',
  reactions: [],
  status: 'active',
  family: false,
});

export const clauseEnds = new Set(['.', ';', '!', '?']);
