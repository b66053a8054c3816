import type { PhiCategory } from '../engine.ts';

/** Which rule wins where two overlap: a smaller number wins. */
export const RANK = {
  known: 0,
  form: 1,
  date: 2,
  label: 3,
  place: 4,
  title: 5,
  shape: 6,
  unknown: 7,
} as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/** A place that a rule takes for PHI; `[from, to)` in tokens. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly category: PhiCategory;
  readonly rule: string;
  readonly rank: Rank;
  /** Too often wrong for `balanced`. */
  readonly recallOnly?: boolean;
}

/** The name of a person. */
export const named = (from: number, to: number, rule: string, rank: Rank): Candidate => ({
  from,
  to,
  category: 'NAME',
  rule,
  rank,
});

/** A part of an address, or a town. */
export const located = (from: number, to: number, rule: string): Candidate => ({
  from,
  to,
  category: 'LOCATION',
  rule,
  rank: RANK.place,
});
