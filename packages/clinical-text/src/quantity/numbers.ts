import { comparatorWords, numberWords, vagueNumbers } from '../lexicon/units.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';

export type Comparator = '<' | '<=' | '>' | '>=' | '~';

export interface NumberMention {
  readonly to: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator: Comparator | null;
  /** `2-4` and `1/2` may be something else (a date, a ratio): the caller asks for a unit or a link. */
  readonly form: 'digits' | 'words' | 'fraction' | 'range' | 'vague';
}

const glyphs = new Map([
  ['½', 1 / 2],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['⅛', 1 / 8],
]);
const denominators = new Set([2, 3, 4, 8]);
export const isDash = (token: string | undefined): boolean =>
  token === '-' || token === '–' || token === '—' || token === '‑';

/** Reads "1,200" as thousands and "6,4" as a decimal; "1,250" as a decimal where the note writes decimals with a comma. */
export const numberOf = (text: string, comma: boolean): number => {
  if (/^\d+$/.test(text)) return Number(text);
  if (/^0\d*,\d+$/.test(text)) return Number(text.replace(',', '.'));
  if (/^\d{1,3}(?:,\d{3})+$/.test(text) && !(comma && /^\d+,\d+$/.test(text))) return Number(text.replaceAll(',', ''));
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/.test(text)) return Number(text.replaceAll(',', ''));
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) return Number(text.replaceAll('.', '').replace(',', '.'));
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(text) || (comma && /^[1-9]\d{0,2}\.\d{3}$/.test(text)))
    return Number(text.replaceAll('.', ''));
  if (/^\d+,\d+$/.test(text)) return Number(text.replace(',', '.'));
  return Number(text === '' ? Number.NaN : text);
};

/** Whether a note writes decimals with a comma: more numbers read only so than only with a point. */
export const usesDecimalComma = (tokens: Tokens): boolean => {
  let commas = 0;
  let points = 0;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== NUMBER) continue;
    const text = tokens.lower[at]!;
    if (!text.includes(',') && !text.includes('.')) continue;
    if (/^(?:\d+,\d{1,2}|0,\d+)$/.test(text)) commas++;
    else if (/^\d+\.\d{1,2}$/.test(text)) points++;
  }
  return commas > points;
};

/** Single numbers, fractions, ranges and bounds, in digits or words. */
export class NumberRules {
  readonly words = new PhraseTrie<number>();
  readonly comparators = new PhraseTrie<Comparator>();

  constructor() {
    for (const [phrase, value] of numberWords) this.words.add(phrase, value);
    for (const phrase of vagueNumbers) this.words.add(phrase, Number.NaN);
    for (const [comparator, phrases] of comparatorWords) this.comparators.addAll(phrases, comparator);
  }

  comparatorAt(
    tokens: Tokens,
    at: number,
    limit: number,
  ): { readonly to: number; readonly comparator: Comparator } | undefined {
    const mark = tokens.lower[at];
    if (tokens.kinds[at] === PUNCTUATION) {
      if (mark === '≤') return { to: at + 1, comparator: '<=' };
      if (mark === '≥') return { to: at + 1, comparator: '>=' };
      if (mark === '~' || mark === '≈') return { to: at + 1, comparator: '~' };
      if (mark !== '<' && mark !== '>') return undefined;
      return tokens.lower[at + 1] === '=' && at + 1 < limit
        ? { to: at + 2, comparator: `${mark}=` }
        : { to: at + 1, comparator: mark };
    }
    const match = this.comparators.longest(tokens, at, limit);
    return match === undefined ? undefined : { to: match.end, comparator: match.value };
  }

  /** A number with its bound, if one is written: "<0.04", "over 90", "2-4", "1 1/2", "half". */
  at(tokens: Tokens, from: number, limit: number, comma: boolean): NumberMention | undefined {
    const bound = this.comparatorAt(tokens, from, limit);
    const first = this.single(tokens, bound?.to ?? from, limit, comma);
    if (first === undefined) return undefined;
    const range = bound === undefined ? this.rangeEnd(tokens, first, limit, comma) : undefined;
    if (range !== undefined) return range;
    const { to, value, form } = first;
    const known = Number.isNaN(value) ? null : value;
    switch (bound?.comparator) {
      case '<':
      case '<=':
        return { to, low: null, high: known, comparator: bound.comparator, form };
      case '>':
      case '>=':
        return { to, low: known, high: null, comparator: bound.comparator, form };
      default:
        return { to, low: known, high: known, comparator: bound?.comparator ?? null, form };
    }
  }

  private rangeEnd(
    tokens: Tokens,
    first: { readonly to: number; readonly value: number },
    limit: number,
    comma: boolean,
  ): NumberMention | undefined {
    const join = tokens.lower[first.to];
    if (first.to >= limit || !(isDash(join) || join === 'to' || join === 'or' || join === '~')) return undefined;
    const second = this.single(tokens, first.to + 1, limit, comma);
    if (second === undefined || second.form === 'vague' || !(second.value > first.value)) return undefined;
    // "2-4-2024" is a date, "1-0-1" a scheme of doses.
    if (isDash(tokens.lower[second.to]) && tokens.kinds[second.to + 1] === NUMBER && touches(tokens, second.to + 1))
      return undefined;
    return { to: second.to, low: first.value, high: second.value, comparator: null, form: 'range' };
  }

  private single(
    tokens: Tokens,
    at: number,
    limit: number,
    comma: boolean,
  ):
    | { readonly to: number; readonly value: number; readonly form: 'digits' | 'words' | 'fraction' | 'vague' }
    | undefined {
    if (at >= limit) return undefined;
    if (tokens.kinds[at] === NUMBER) {
      const fraction = fractionAt(tokens, at, limit);
      if (fraction !== undefined) return { ...fraction, form: 'fraction' };
      const value = numberOf(tokens.lower[at]!, comma);
      if (Number.isNaN(value)) return undefined;
      const next = at + 1 < limit ? tokens.lower[at + 1]! : '';
      const glyph = glyphs.get(next);
      if (glyph !== undefined) return { to: at + 2, value: value + glyph, form: 'fraction' };
      const part = at + 1 < limit && tokens.kinds[at + 1] === NUMBER ? fractionAt(tokens, at + 1, limit) : undefined;
      if (part !== undefined && Number.isInteger(value) && value < 20)
        return { to: part.to, value: value + part.value, form: 'fraction' };
      return { to: at + 1, value, form: 'digits' };
    }
    const glyph = glyphs.get(tokens.lower[at]!);
    if (glyph !== undefined) return { to: at + 1, value: glyph, form: 'fraction' };
    if (tokens.kinds[at] !== WORD) return undefined;
    const word = this.words.longest(tokens, at, limit);
    if (word === undefined) return undefined;
    return { to: word.end, value: word.value, form: Number.isNaN(word.value) ? 'vague' : 'words' };
  }
}

/** "1/2", "3/4": below one, with a denominator that tablets are cut into. "5/7" is none, "1/2/2024" a date. */
const fractionAt = (
  tokens: Tokens,
  at: number,
  limit: number,
): { readonly to: number; readonly value: number } | undefined => {
  if (at + 2 >= limit || tokens.lower[at + 1] !== '/' || tokens.kinds[at + 2] !== NUMBER) return undefined;
  if (!touches(tokens, at + 1) || !touches(tokens, at + 2)) return undefined;
  const over = Number(tokens.lower[at]);
  const under = Number(tokens.lower[at + 2]);
  if (!Number.isInteger(over) || over < 1 || over >= under || !denominators.has(under)) return undefined;
  return tokens.lower[at + 3] === '/' ? undefined : { to: at + 3, value: over / under };
};
