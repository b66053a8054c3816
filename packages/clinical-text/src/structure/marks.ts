import type { Answer, TokenRange } from '../document.ts';
import { checkedBoxes, emptyBoxes } from '../lexicon/answers.ts';
import { afterGap, startsLine } from '../text/gaps.ts';
import { type Tokens, touches, WORD } from '../text/tokens.ts';

/** A check box or a sign: "[x]", "☐", "(+)", "-ve", "+fever". */
export interface Mark extends TokenRange {
  readonly answer: Answer;
  /** A box may hold the answer itself: "[ ] yes [x] no". */
  readonly box: boolean;
}

const checked = new Set(checkedBoxes);
const empty = new Set(emptyBoxes);
const crosses = new Set(['x', '✓', '✔', '*']);
const pluses = new Set(['+', '＋']);
const minuses = new Set(['-', '–', '−', '‐', '‑']);

const words: ReadonlyMap<string, Answer> = new Map([
  ...['neg', 'negative', 'no', 'none', 'denies', 'absent', 'nil'].map((word) => [word, 'no'] as const),
  ...['pos', 'positive', 'yes', 'present'].map((word) => [word, 'yes'] as const),
]);

const signOf = (mark: string): Answer | undefined => (pluses.has(mark) ? 'yes' : minuses.has(mark) ? 'no' : undefined);

/** The box or sign that begins at a token; bare signs ("+fever") are read only with `bare`. */
const markAt = (tokens: Tokens, at: number, bare: boolean): Mark | undefined => {
  const { lower, kinds, breaks, count } = tokens;
  const first = lower[at]!;
  const mark = (to: number, answer: Answer, box: boolean): Mark => ({ from: at, to, answer, box });
  if (kinds[at] === WORD) return undefined;
  if (checked.has(first)) return mark(at + 1, 'yes', true);
  if (empty.has(first)) return mark(at + 1, 'no', true);
  if ((first === '[' || first === '(') && at + 1 < count && breaks[at + 1] === 0) {
    const close = first === '[' ? ']' : ')';
    const inside = lower[at + 1]!;
    if (inside === close && (first === '[' || !touches(tokens, at + 1))) return mark(at + 2, 'no', true);
    if (at + 2 < count && lower[at + 2] === close && breaks[at + 2] === 0) {
      if (crosses.has(inside)) return mark(at + 3, 'yes', true);
      const sign = signOf(inside);
      if (sign !== undefined) return mark(at + 3, sign, false);
      const word = first === '(' ? words.get(inside) : undefined;
      if (word !== undefined) return mark(at + 3, word, false);
    }
    return undefined;
  }
  const sign = signOf(first);
  if (sign === undefined) return undefined;
  if (lower[at + 1] === 've' && touches(tokens, at + 1))
    return lower[at + 2] === 'for' ? undefined : mark(at + 2, sign, false);
  if (!bare) return undefined;
  const joined = at + 1 < count && kinds[at + 1] === WORD && touches(tokens, at + 1);
  if (joined && (at === 0 || !touches(tokens, at))) return mark(at + 1, sign, false);
  // "+ cough, - fever": a minus that begins a line is a bullet.
  const opens = at === 0 || startsLine(tokens, at) ? sign === 'yes' : /^[,:;]$/.test(lower[at - 1]!);
  if (opens && at + 1 < count && kinds[at + 1] === WORD && breaks[at + 1] === 0) return mark(at + 1, sign, false);
  // "cough +, fever -"
  const before = at > 0 && kinds[at - 1] === WORD && breaks[at] === 0;
  const ends =
    at + 1 >= count || startsLine(tokens, at + 1) || afterGap(tokens, at + 1) || /^[,;.)]$/.test(lower[at + 1]!);
  return before && ends ? mark(at + 1, sign, false) : undefined;
};

export interface MarkedRange extends TokenRange {
  readonly mark: Mark;
}

/**
 * The stretches of a line that its boxes or signs rule. Where the first one stands before the first word of its segment
 * (up to a semicolon, colon or stop), they are prefixes and apply to what follows; otherwise they apply to what precedes them.
 */
export const markedRanges = (tokens: Tokens, from: number, to: number): MarkedRange[] => {
  let plus = false;
  for (let at = from; at < to && !plus; at++) plus = pluses.has(tokens.lower[at]!);
  const ranges: MarkedRange[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !/^[:;.]$/.test(tokens.lower[at]!)) continue;
    if (at === to || tokens.lower[at] !== ':' || !hasMark(tokens, start, at, plus)) {
      ranges.push(...inSegment(tokens, start, at, plus));
      start = at + 1;
    }
  }
  return ranges;
};

const hasMark = (tokens: Tokens, from: number, to: number, plus: boolean): boolean => {
  for (let at = from; at < to; at++) if (markAt(tokens, at, plus) !== undefined) return true;
  return false;
};

const inSegment = (tokens: Tokens, from: number, to: number, plus: boolean): MarkedRange[] => {
  const marks: Mark[] = [];
  for (let at = from; at < to; at++) {
    const mark = markAt(tokens, at, plus);
    if (mark === undefined || mark.to > to) continue;
    marks.push(mark);
    at = mark.to - 1;
  }
  if (marks.length === 0) return [];
  let prefix = true;
  for (let at = from; at < marks[0]!.from && prefix; at++) prefix = tokens.kinds[at] !== WORD;
  return marks.map((mark, index) => {
    if (prefix) return { mark, from: mark.from, to: marks[index + 1]?.from ?? to };
    let start = marks[index - 1]?.to ?? from;
    for (let at = mark.from - 1; at > start; at--) {
      if (tokens.lower[at] === ',' || afterGap(tokens, at + 1)) {
        start = at + 1;
        break;
      }
    }
    return { mark, from: start, to: mark.to };
  });
};
