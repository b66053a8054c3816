import type { TokenRange } from '../document.ts';
import { PUNCTUATION, type Tokens } from '../text/tokens.ts';
import type { DrugMention } from './drug-rules.ts';
import type { DoseMention } from './order-parts.ts';

/** Tokens between a dose and a drug before it, and after it. */
const REACH_BACK = 14;
const REACH_ON = 7;
/** The same for units that measure other things as well. */
const REACH_WEAK = 4;
const CLOSE = 2;

interface Owned {
  readonly drug: DrugMention;
  /** The token after the last part of the order. */
  end: number;
}

/** Binary search for the last order whose drug begins before a token. */
const lastBefore = (orders: readonly Owned[], token: number): number => {
  let low = 0;
  let high = orders.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (orders[middle]!.drug.from < token) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** Whose route, frequency or duration this is. @param on tokens that it may stand before its drug */
export const ownerOfPart = <T extends Owned>(
  tokens: Tokens,
  orders: readonly T[],
  { from, to }: TokenRange,
  on: number,
): T | undefined => {
  const at = lastBefore(orders, from);
  const before = orders[at];
  const after = orders[at + 1];
  if (after !== undefined && after.drug.from >= to && after.drug.from - to < on && !parted(tokens, to, after.drug.from))
    return after;
  if (before === undefined) return undefined;
  if (from - before.drug.to > REACH_BACK && !continues(tokens, before.end, from)) return undefined;
  before.end = Math.max(before.end, to);
  return before;
};

export const ownerOfDose = <T extends Owned>(
  tokens: Tokens,
  orders: readonly T[],
  dose: DoseMention,
): T | undefined => {
  const at = lastBefore(orders, dose.from);
  const before = orders[at];
  const after = orders[at + 1];
  if (before !== undefined && dose.from < before.drug.to) return undefined;
  const gapBack = before === undefined ? Number.POSITIVE_INFINITY : dose.from - before.drug.to;
  const gapOn = after === undefined ? Number.POSITIVE_INFINITY : after.drug.from - dose.to;
  // "1 ml of Kenalog with 3 ml of lidocaine"
  if (after !== undefined && tokens.lower[dose.to] === 'of' && after.drug.from === dose.to + 1) return after;
  // "40 mg of intravenous furosemide": nothing parts the dose from the drug that follows it.
  const flows = gapOn <= REACH_ON && !parted(tokens, dose.to, after!.drug.from);
  if (flows && gapOn < gapBack && !(gapBack <= CLOSE && gapOn > 0 && tokens.lower[dose.to] !== 'of')) return after;
  if (gapBack <= (dose.weak ? REACH_WEAK : REACH_BACK)) return before;
  if (before !== undefined && before.end > before.drug.to && continues(tokens, before.end, dose.from)) return before;
  return flows && gapOn <= (dose.weak ? CLOSE : REACH_ON) ? after : undefined;
};

/** Between the steps of a taper: "..., then 30 mg", "reduced to 5 mg", "x3d". */
const steps =
  /^(?:[,;()\-–/→>x×]|then|to|and|followed|by|for|reduced|increased|tapered|decreased|down|up|on|from|per|take|thereafter|after|week|weeks|day|days|d|of|at|max|prn|maximum|not|exceed|next|another|further|a|\d+)$/;
const continues = (tokens: Tokens, from: number, to: number): boolean => {
  if (to - from > 8) return false;
  for (let at = from; at < to; at++) if (!steps.test(tokens.lower[at]!)) return false;
  return true;
};

const parted = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === PUNCTUATION && tokens.lower[at] !== '-') return true;
    if (tokens.lower[at] === 'and' || tokens.lower[at] === 'with' || tokens.lower[at] === 'plus') return true;
  }
  return false;
};
