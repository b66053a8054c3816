import type { PhiCategory } from '../engine.ts';

/** A place that a rule takes for PHI; `[from, to)` in tokens. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly category: PhiCategory;
  readonly rule: string;
  /** Too often wrong for `balanced`. */
  readonly recallOnly?: boolean;
}
