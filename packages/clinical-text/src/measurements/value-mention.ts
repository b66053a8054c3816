import type { TestValue } from '../model.ts';
import type { NumberMention } from '../quantity/numbers.ts';
import type { UnitMention } from '../quantity/quantities.ts';

export type NoteFlag = NonNullable<TestValue['flagOfNote']>['value'];
export type Position = NonNullable<TestValue['position']>;
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A value as it was read: places are tokens. */
export interface ValueMention extends Place {
  readonly number: NumberMention;
  /** The diastolic part of a blood pressure. */
  readonly second: NumberMention | null;
  readonly unit: UnitMention | null;
  readonly flag: (Place & { readonly value: NoteFlag }) | null;
  readonly range: (Place & { readonly low: number | null; readonly high: number | null }) | null;
  readonly position: Position | null;
  readonly on: Place | null;
}
