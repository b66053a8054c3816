import type { MeasurementRule } from '../lexicon/measurements.ts';
import type { QuantityRules } from '../quantity/quantities.ts';
import { afterGap } from '../text/gaps.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import type { TestValueRules } from './test-value.ts';
import type { ValueMention } from './value-mention.ts';

const MOST_COLUMNS = 12;
/** Lines and characters from a row up to the head of its table. */
const HEAD_LINES = 40;
const HEAD_REACH = 4000;

export interface Columns {
  readonly values: readonly ValueMention[];
  /** The reference range that ends the row. */
  readonly range: ValueMention['range'];
  readonly end: number;
}

/** The values of a row in the columns after its first value, and the range in its last column. */
export const columnsAfter = (
  tokens: Tokens,
  rule: MeasurementRule,
  from: number,
  limit: number,
  comma: boolean,
  values: TestValueRules,
  quantities: QuantityRules,
): Columns => {
  const found: ValueMention[] = [];
  let end = from;
  while (found.length < MOST_COLUMNS) {
    const at = cellAt(tokens, end, limit);
    if (at === undefined) break;
    const number = quantities.numbers.at(tokens, at, limit, comma);
    if (number?.form === 'range') {
      const range = { from: at, to: number.to, low: number.low, high: number.high };
      if (endsCell(tokens, number.to, limit)) return { values: found, range, end: number.to };
      break;
    }
    // "0800" is a time.
    const value = /^0\d{3}$/.test(tokens.lower[at]!) ? undefined : values.at(tokens, at, limit, rule, comma);
    if (value === undefined || !endsCell(tokens, value.to, limit)) break;
    found.push(value);
    end = value.to;
  }
  return { values: found, range: null, end };
};

/** The number with which the next cell begins. */
const cellAt = (tokens: Tokens, end: number, limit: number): number | undefined => {
  const at = tokens.lower[end] === '|' ? end + 1 : afterGap(tokens, end) ? end : limit;
  return at < limit && tokens.kinds[at] === NUMBER && tokens.breaks[at] === 0 ? at : undefined;
};

const endsCell = (tokens: Tokens, at: number, limit: number): boolean =>
  at >= limit || tokens.lower[at] === '|' || afterGap(tokens, at) || tokens.breaks[at]! > 0;

/** The order of the columns of a table, by the dates in its head. `other`: the columns are no values over time. */
export const columnOrder = (tokens: Tokens, at: number): 'newest-first' | 'oldest-first' | 'other' | undefined => {
  const row = tokens.starts[at]!;
  const lines = tokens.source.slice(Math.max(0, row - HEAD_REACH), row).split('\n');
  for (let line = lines.length - 2; line >= Math.max(0, lines.length - HEAD_LINES); line--) {
    const text = lines[line]!.toLowerCase();
    if (text.trim() === '') return undefined;
    if (/\b(?:low|high|min|max|lower|upper)\b.*\b(?:low|high|min|max|lower|upper)\b/.test(text)) return 'other';
    const order = orderOf(text);
    if (order !== undefined) return order;
  }
  return undefined;
};

const times: readonly (readonly [word: RegExp, rank: number])[] = [
  [/^(?:today|now|current|latest|discharge)$/, 3],
  [/^(?:yesterday|prior|previous|last)$/, 2],
  [/^(?:baseline|admission)$/, 1],
];

const orderOf = (line: string): 'newest-first' | 'oldest-first' | undefined => {
  const dayFirst: number[] = [];
  const monthFirst: number[] = [];
  const dates = /\b(\d{1,4})[/.-](\d{1,2})(?:[/.-](\d{2,4}))?\b|\b([a-z]+)\b/g;
  for (const [, first, second, third, word] of line.matchAll(dates)) {
    const rank = word === undefined ? undefined : times.find(([of]) => of.test(word))?.[1];
    if (word !== undefined && rank === undefined) continue;
    const [a, b, year] = [Number(first), Number(second), Number(third ?? 0)];
    const iso = first?.length === 4;
    dayFirst.push(rank ?? (iso ? (a * 100 + b) * 100 + year : (year * 100 + b) * 100 + a));
    monthFirst.push(rank ?? (iso ? (a * 100 + b) * 100 + year : (year * 100 + a) * 100 + b));
  }
  if (dayFirst.length < 2 || /\d/.test(line.replace(dates, ''))) return undefined;
  const sign = Math.sign(dayFirst[1]! - dayFirst[0]!);
  if (sign === 0 || sign !== Math.sign(monthFirst[1]! - monthFirst[0]!)) return undefined;
  return sign > 0 ? 'oldest-first' : 'newest-first';
};
