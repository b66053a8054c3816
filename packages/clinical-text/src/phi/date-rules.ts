import { LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import type { Candidate } from './candidate.ts';

export const months: readonly string[] = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const MONTHS: ReadonlyMap<string, number> = new Map([
  ...months.map((month, at) => [month, at + 1] as const),
  ...months.map((month, at) => [month.slice(0, 3), at + 1] as const),
  ['sept', 9],
]);
/** Also an everyday word: a month only beside a number, or after a word of time. */
const ambiguous: ReadonlySet<string> = new Set([
  'may',
  'march',
  'mar',
  'dec',
  'sep',
  'jan',
  'jun',
  'oct',
  'nov',
  'aug',
  'apr',
  'feb',
  'jul',
]);
const timeWords: ReadonlySet<string> = new Set([
  'in',
  'since',
  'last',
  'of',
  'this',
  'early',
  'late',
  'mid',
  'until',
  'by',
  'next',
  'from',
  'through',
  'during',
  'past',
  'before',
  'after',
  'to',
  'around',
  'about',
]);
const dateWords: ReadonlySet<string> = new Set([
  'on',
  'of',
  'in',
  'since',
  'from',
  'dated',
  'date',
  'until',
  'by',
  'through',
  'to',
  ':',
  'admitted',
  'seen',
  'dob',
  'before',
  'after',
  'visit',
  'taken',
  'received',
  '(',
  'performed',
  'obtained',
]);

const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word);
const isDay = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31;
const isMonth = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 12;
const isShortYear = (word: string): boolean => /^\d\d$/.test(word);
const isSeparator = (word: string | undefined): boolean => word === '/' || word === '-' || word === '–';

/** Dates finer than a year, in figures and in words. */
export class DateRules {
  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    for (let at = 0; at < tokens.count; at++) {
      const kind = tokens.kinds[at];
      const date =
        kind === NUMBER ? this.fromNumber(tokens, at) : kind === WORD ? this.fromMonth(tokens, at) : undefined;
      if (date === undefined) continue;
      found.push(date);
      at = date.to - 1;
    }
    return found;
  }

  private fromNumber(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    const date = (to: number, rule: string, recallOnly = false): Candidate => ({
      from: at,
      to,
      category: 'DATE',
      rule,
      recallOnly,
    });
    if (/^\d{1,2}\.\d{1,2}\.(?:\d\d|(?:19|20)\d\d)$/.test(word) && tokens.lower[at - 1] !== '.')
      return date(at + 1, 'figures');
    if (isSeparator(tokens.lower[at + 1]) && touches(tokens, at + 1) && touches(tokens, at + 2)) {
      const second = tokens.lower[at + 2]!;
      const third = tokens.lower[at + 4] ?? '';
      const three = tokens.lower[at + 3] === tokens.lower[at + 1] && touches(tokens, at + 3) && touches(tokens, at + 4);
      if (three && isYear(word) && isMonth(second) && isDay(third)) return date(at + 5, 'figures');
      if (
        three &&
        isDay(word) &&
        isDay(second) &&
        (isYear(third) || isShortYear(third)) &&
        (isMonth(word) || isMonth(second))
      )
        return date(at + 5, 'figures');
      if (three && isDay(word) && MONTHS.has(second)) return date(at + 5, 'figures and month');
      if (!three && isMonth(word) && isYear(second)) return date(at + 3, 'month and year in figures');
      if (
        !three &&
        tokens.lower[at + 1] === '/' &&
        isMonth(word) &&
        isDay(second) &&
        !isSeparator(tokens.lower[at - 1])
      )
        return this.twoPart(tokens, at, date);
    }
    // "14 July 2008", "14th of July", "the 21st"
    let next = at + 1;
    const ordinal = /^(?:st|nd|rd|th)$/.test(tokens.lower[next] ?? '') && touches(tokens, next);
    if (ordinal) next++;
    if (!isDay(word)) return undefined;
    const month = tokens.lower[next] === 'of' ? next + 1 : next;
    if (
      this.isMonthWord(tokens, month) &&
      (month === next || ordinal) &&
      (tokens.shapes[month] !== LOWER || !ambiguous.has(tokens.lower[month]!))
    ) {
      return date(this.afterMonth(tokens, month + 1), 'day and month');
    }
    if (
      ordinal &&
      tokens.lower[at - 1] === 'the' &&
      /^(?:on|of|by|until|since|from)$/.test(tokens.lower[at - 2] ?? '') &&
      !/^(?:percentile|week|toe|finger|rib|digit|metatarsal|metacarpal|cranial|intercostal)/.test(
        tokens.lower[next] ?? '',
      )
    ) {
      return date(next, 'day of the month', true);
    }
    return undefined;
  }

  /** "7/14": also strength, acuity, a fraction. */
  private twoPart(
    tokens: Tokens,
    at: number,
    date: (to: number, rule: string, recallOnly?: boolean) => Candidate,
  ): Candidate | undefined {
    const [first, second] = [tokens.lower[at]!, tokens.lower[at + 2]!];
    const before = tokens.lower[at - 1] ?? '';
    const after = tokens.lower[at + 3] ?? '';
    if (
      /^(?:mm|mg|cm|inch|strength|murmur|pain|in|and|systolic|bilaterally|throughout|sodium|normal)$/.test(after) ||
      tokens.lower[at + 3] === '%'
    )
      return undefined;
    const padded = first.length === 2 && second.length === 2;
    // "7/10" is how much it hurts; "3/7" and "2/12" are days and months where notes are British.
    if (/^(?:10|7|12)$/.test(second) && first.length === 1 && before !== 'on' && before !== 'since') return undefined;
    if (dateWords.has(before) && (padded || !/^[1-5]$/.test(second) || before === 'on' || before === 'since'))
      return date(at + 3, 'month and day in figures', !(padded || before === 'on' || before === 'since'));
    return padded && first.startsWith('0') ? date(at + 3, 'month and day in figures', true) : undefined;
  }

  private isMonthWord(tokens: Tokens, at: number): boolean {
    return at < tokens.count && tokens.kinds[at] === WORD && MONTHS.has(tokens.lower[at]!);
  }

  private fromMonth(tokens: Tokens, at: number): Candidate | undefined {
    if (!this.isMonthWord(tokens, at)) return undefined;
    const word = tokens.lower[at]!;
    const date = (to: number, rule: string): Candidate => ({ from: at, to, category: 'DATE', rule });
    let next = at + 1;
    if (tokens.lower[next] === '.' || tokens.lower[next] === ',') next++;
    const first = tokens.lower[next] ?? '';
    if (
      tokens.kinds[next] === NUMBER &&
      tokens.breaks[next] === 0 &&
      (isDay(first) || isYear(first)) &&
      !isDose(tokens.lower[next + 1])
    ) {
      if (tokens.shapes[at] === LOWER && ambiguous.has(word) && !isYear(first)) return undefined;
      if (isYear(first)) return date(next + 1, 'month and year');
      let to = next + 1;
      if (/^(?:st|nd|rd|th)$/.test(tokens.lower[to] ?? '')) to++;
      return date(this.afterDay(tokens, to), 'month and day');
    }
    if (tokens.lower[at + 1] === 'of' && isYear(tokens.lower[at + 2] ?? '')) return date(at + 3, 'month and year');
    if (tokens.lower[at + 1] === "'" && isShortYear(tokens.lower[at + 2] ?? '')) return date(at + 3, 'month and year');
    if (tokens.shapes[at] === LOWER) return undefined;
    if (!ambiguous.has(word)) return date(at + 1, 'month');
    return timeWords.has(tokens.lower[at - 1] ?? '') ? date(at + 1, 'month after a word of time') : undefined;
  }

  private afterMonth(tokens: Tokens, from: number): number {
    let at = from;
    if (tokens.lower[at] === '.' || tokens.lower[at] === ',') at++;
    return isYear(tokens.lower[at] ?? '') || (isShortYear(tokens.lower[at] ?? '') && !isDose(tokens.lower[at + 1]))
      ? at + 1
      : from;
  }

  private afterDay(tokens: Tokens, from: number): number {
    let at = from;
    if (tokens.lower[at] === ',' || tokens.lower[at] === 'of') at++;
    if (tokens.lower[at] === "'" || tokens.lower[at] === '’') at++;
    const year = tokens.lower[at] ?? '';
    if (isYear(year)) return at + 1;
    return at < tokens.count && isShortYear(year) && tokens.breaks[at] === 0 && !isDose(tokens.lower[at + 1])
      ? at + 1
      : from;
  }
}

const isDose = (word: string | undefined): boolean =>
  word !== undefined && /^(?:mg|mcg|ml|tablets?|units?|g|%|days?|weeks?|months?|times|hours?)$/.test(word);
