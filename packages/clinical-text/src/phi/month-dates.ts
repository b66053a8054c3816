import { ambiguousMonths, dateWords, ordinalWords, timeWords, weekdayWords } from '../lexicon/calendar.ts';
import { LOWER, NUMBER, type Tokens, touches } from '../text/tokens.ts';
import { isDay, isDose, isShortYear, isSuffix, isYear } from './date-parts.ts';
import { type DateShape, pieceAt } from './date-run.ts';
import type { MonthWords } from './month-words.ts';

/** Abbreviations of months that are no other word beside a number. */
const sureAbbreviations: ReadonlySet<string> = new Set(['jan', 'feb', 'apr', 'jun', 'jul', 'aug', 'nov']);

/** Dates with a month in words: "14 July 2008", "the third of March", "March". */
export class MonthDates {
  private readonly ambiguous: ReadonlySet<string> = new Set(ambiguousMonths);
  private readonly ordinals: ReadonlyMap<string, number> = new Map(ordinalWords.map((word, at) => [word, at + 1]));
  private readonly time: ReadonlySet<string> = new Set(timeWords);
  private readonly before: ReadonlySet<string> = new Set(dateWords);
  private readonly weekdays: ReadonlySet<string> = new Set(weekdayWords);
  private readonly months: MonthWords;

  constructor(months: MonthWords) {
    this.months = months;
  }

  /** The words with which such a date may begin. */
  firstWords(): string[] {
    return [...this.months.names(), ...this.ordinals.keys(), 'twenty', 'thirty'];
  }

  /** "14 July 2008", "14th of July", "3-5 March" */
  dayAndMonth(tokens: Tokens, at: number): DateShape | undefined {
    if (!isDay(tokens.lower[at]!)) return undefined;
    const range = this.rangeEnd(tokens, at);
    let next = at + 1;
    let day = at;
    if (range !== undefined) [day, next] = [range, range + 1];
    const suffixed = isSuffix(tokens.lower[next]) && touches(tokens, next);
    const suffix = suffixed ? { start: tokens.starts[next]!, end: tokens.ends[next]! } : undefined;
    if (suffixed) next++;
    if (tokens.lower[next] === '.' && touches(tokens, next) && tokens.breaks[next + 1] === 0) next++;
    const month = tokens.lower[next] === 'of' ? next + 1 : next;
    if (!this.months.isMonth(tokens, month) || tokens.breaks[month]! > 1) return undefined;
    if (month !== next && !suffixed) return undefined;
    const small = tokens.shapes[month] === LOWER && this.ambiguous.has(tokens.lower[month]!);
    const year = this.yearAfter(tokens, month + 1);
    if (
      small &&
      year === undefined &&
      !suffixed &&
      !(tokens.lower[month]!.length === 3 && tokens.lower[month] !== 'may' && tokens.lower[month] !== 'mar') &&
      // "bloods 30 may, scan": no verb follows.
      !(month + 1 < tokens.count && /^[.,;]$/.test(tokens.lower[month + 1]!))
    )
      return undefined;
    return {
      to: year === undefined ? month + 1 : year + 1,
      rule: 'day and month',
      evidence: year === undefined ? 'partial' : 'sure',
      day: pieceAt(tokens, day),
      suffix,
      month: this.months.piece(tokens, month),
      year: year === undefined ? undefined : pieceAt(tokens, year),
      fixed: range !== undefined,
    };
  }

  /** "3-5 March", "3rd to 5th March", "3 and 5 March": the token of the last day. */
  private rangeEnd(tokens: Tokens, at: number): number | undefined {
    let next = at + 1;
    if (isSuffix(tokens.lower[next])) next++;
    if (!/^(?:-|–|to|and|&)$/.test(tokens.lower[next] ?? '') || !isDay(tokens.lower[next + 1] ?? '')) return undefined;
    return next + 1;
  }

  dayOfMonth(tokens: Tokens, at: number): DateShape | undefined {
    const next = at + 1;
    if (
      !isDay(tokens.lower[at]!) ||
      !isSuffix(tokens.lower[next]) ||
      !touches(tokens, next) ||
      !(tokens.lower[at - 1] === 'the' || this.weekdays.has(tokens.lower[at - 1] ?? ''))
    )
      return undefined;
    if (tokens.lower[at - 1] !== 'the')
      return { to: next + 1, rule: 'day of the month', evidence: 'likely', fixed: true };
    if (!/^(?:on|of|by|until|since|from|till)$/.test(tokens.lower[at - 2] ?? '')) return undefined;
    return /^(?:percentile|centile|week|toe|finger|rib|digit|metatarsal|metacarpal|cranial|intercostal|day|floor|grade|time|visit|dose|cycle)/.test(
      tokens.lower[next + 1] ?? '',
    )
      ? undefined
      : { to: next + 1, rule: 'day of the month', evidence: 'weak', fixed: true };
  }

  fromMonth(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    const month = this.months.piece(tokens, at);
    const small = tokens.shapes[at] === LOWER && this.ambiguous.has(word);
    // "Nov/Dec 2022", "Jul - Aug 23": two months of one date
    if (!small && /^(?:[-–/&]|to|and)$/.test(tokens.lower[at + 1] ?? '') && this.months.isMonth(tokens, at + 2)) {
      const year = this.yearAfter(tokens, at + 3);
      if (year !== undefined) return { to: year + 1, rule: 'months of a year', evidence: 'likely', fixed: true };
    }
    let next = at + 1;
    if (/^[.,/-]$/.test(tokens.lower[next] ?? '') && (touches(tokens, next + 1) || /^[.,]$/.test(tokens.lower[next]!)))
      next++;
    if (tokens.lower[next] === 'the') next++;
    const first = tokens.lower[next] ?? '';
    if (tokens.kinds[next] === NUMBER && tokens.breaks[next] === 0 && !isDose(tokens.lower[next + 1])) {
      if (isYear(first))
        return { to: next + 1, rule: 'month and year', evidence: 'sure', month, year: pieceAt(tokens, next) };
      if (isDay(first)) {
        const range = this.rangeEnd(tokens, next);
        let to = (range ?? next) + 1;
        const suffixed = isSuffix(tokens.lower[to]) && touches(tokens, to);
        const suffix = suffixed ? { start: tokens.starts[to]!, end: tokens.ends[to]! } : undefined;
        if (suffixed) to++;
        const year = this.yearAfter(tokens, to, true);
        const said = this.before.has(tokens.lower[at - 1] ?? '') && tokens.lower[at - 1] !== '(';
        if (
          small &&
          year === undefined &&
          !suffixed &&
          !(said && word !== 'may' && word !== 'march') &&
          !sureAbbreviations.has(word)
        )
          return undefined;
        return {
          to: year === undefined ? to : year + 1,
          rule: 'month and day',
          evidence: year === undefined ? 'partial' : 'sure',
          month,
          day: pieceAt(tokens, next),
          suffix,
          year: year === undefined ? undefined : pieceAt(tokens, year),
          fixed: range !== undefined,
        };
      }
    }
    const ordinal = this.ordinalEnd(tokens, next);
    if (ordinal !== undefined && !small) {
      const year = this.yearAfter(tokens, ordinal, true);
      return {
        to: year === undefined ? ordinal : year + 1,
        rule: 'month and day in words',
        evidence: 'likely',
        fixed: true,
      };
    }
    if (tokens.lower[at + 1] === 'of' && isYear(tokens.lower[at + 2] ?? ''))
      return { to: at + 3, rule: 'month and year', evidence: 'sure', month, year: pieceAt(tokens, at + 2) };
    if (/^['’]$/.test(tokens.lower[at + 1] ?? '') && isShortYear(tokens.lower[at + 2] ?? ''))
      return { to: at + 3, rule: 'month and year', evidence: 'sure', month, year: pieceAt(tokens, at + 2) };
    const said = this.time.has(tokens.lower[at - 1] ?? '');
    if (tokens.shapes[at] === LOWER ? !said || this.ambiguous.has(word) : this.ambiguous.has(word) && !said)
      return undefined;
    return { to: at + 1, rule: 'month', evidence: 'likely', fixed: true };
  }

  /** "the third of March", "twenty-first June 2024" */
  fromOrdinal(tokens: Tokens, at: number): DateShape | undefined {
    const end = this.ordinalEnd(tokens, at);
    if (end === undefined) return undefined;
    const month = tokens.lower[end] === 'of' ? end + 1 : end;
    if (
      !this.months.isMonth(tokens, month) ||
      (month === end && this.ambiguous.has(tokens.lower[month]!) && tokens.shapes[month] === LOWER)
    )
      return undefined;
    const year = this.yearAfter(tokens, month + 1);
    return {
      to: year === undefined ? month + 1 : year + 1,
      rule: 'day and month in words',
      evidence: 'likely',
      fixed: true,
    };
  }

  private ordinalEnd(tokens: Tokens, at: number): number | undefined {
    const word = tokens.lower[at] ?? '';
    if (word === 'twenty' || word === 'thirty') {
      const second = /^[-‐]$/.test(tokens.lower[at + 1] ?? '') ? at + 2 : at + 1;
      return this.ordinals.has(`${word}-${tokens.lower[second] ?? ''}`) ? second + 1 : undefined;
    }
    return this.ordinals.has(word) ? at + 1 : undefined;
  }

  /** The token of a year that follows a month, or a day where `day` is set. */
  private yearAfter(tokens: Tokens, from: number, day = false): number | undefined {
    let at = from;
    if (/^[.,/-]$/.test(tokens.lower[at] ?? '')) at++;
    if (day && tokens.lower[at] === 'of') at++;
    const marked = /^['’]$/.test(tokens.lower[at] ?? '');
    if (marked) at++;
    const year = tokens.lower[at] ?? '';
    if (isYear(year)) return at;
    return at < tokens.count &&
      isShortYear(year) &&
      tokens.breaks[at] === 0 &&
      !isDose(tokens.lower[at + 1]) &&
      !/^[:.]$/.test(touches(tokens, at + 1) ? (tokens.lower[at + 1] ?? '') : '')
      ? at
      : undefined;
  }
}
