import type { MeasurementRule } from '../lexicon/measurements.ts';
import type { ValueMention } from './value-mention.ts';

/** The name of a test, at its tokens. */
export interface Named {
  readonly from: number;
  readonly to: number;
  readonly rule: MeasurementRule;
  readonly prose: boolean;
}

/** A test as it was read, before its neighbours confirm it. */
export interface Draft extends Named {
  readonly values: readonly { readonly mention: ValueMention; readonly newest: boolean; readonly baseline: boolean }[];
  readonly end: number;
  /** Needs a measurement beside it. */
  readonly weak: boolean;
  readonly pending: boolean;
  readonly target: ValueMention | null;
  readonly words: { readonly from: number; readonly to: number } | null;
  readonly specimen: { readonly from: number; readonly to: number } | null;
  readonly item: number;
}
