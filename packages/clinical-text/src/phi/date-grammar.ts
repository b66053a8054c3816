import { timeWords, yearlessWords } from '../lexicon/calendar.ts';
import type { Openings } from '../text/openings.ts';
import { NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { isBirth } from './birth-words.ts';
import { isMark, isShortYear, isYear } from './date-parts.ts';
import { type DateRun, type DateShape, pieceAt } from './date-run.ts';
import { FigureDates } from './figure-dates.ts';
import { MonthDates } from './month-dates.ts';
import { MonthWords } from './month-words.ts';
import { NamedDays } from './named-days.ts';

/** Reads dates of every form as values: figures, words, parts of a date, and days with a name. */
export class DateGrammar {
  private readonly time: ReadonlySet<string> = new Set(timeWords);
  private readonly yearless: ReadonlySet<string> = new Set(yearlessWords);
  private readonly months = new MonthWords();
  private readonly figureDates = new FigureDates(this.months);
  private readonly monthDates = new MonthDates(this.months);
  private readonly namedDays = new NamedDays();
  /** Words with which a date may begin. */
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings) {
    this.openings = openings;
    const first = new Set([...this.monthDates.firstWords(), ...this.namedDays.firstWords()]);
    this.bit = openings.bit([], (word) => first.has(word));
  }

  find(tokens: Tokens): DateRun[] {
    const found: DateRun[] = [];
    const opens = this.openings.of(tokens);
    for (let at = 0; at < tokens.count; at++) {
      const number = tokens.kinds[at] === NUMBER;
      if (!number && (opens[at]! & this.bit) === 0) continue;
      let shape = number ? this.fromNumber(tokens, at) : this.fromWord(tokens, at);
      // "1/3, 1/4 and 2/4": beside a date in figures, two more figures are a date.
      if (shape === undefined && number && isBeside(tokens, found.at(-1), at))
        shape = this.figureDates.pairAt(tokens, at);
      if (shape === undefined) continue;
      found.push({ from: at, ...shape, birth: isBirth(tokens, at) });
      at = shape.to - 1;
    }
    return found;
  }

  private fromNumber(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    if (word.length > 10) return undefined;
    return (
      this.figureDates.dotted(tokens, at) ??
      this.figureDates.figures(tokens, at) ??
      this.figureDates.romanMonth(tokens, at) ??
      this.figureDates.compact(tokens, at) ??
      this.monthDates.dayAndMonth(tokens, at) ??
      this.monthDates.dayOfMonth(tokens, at) ??
      this.yearAlone(tokens, at)
    );
  }

  private fromWord(tokens: Tokens, at: number): DateShape | undefined {
    if (tokens.kinds[at] !== WORD) return undefined;
    return this.months.isMonth(tokens, at)
      ? this.monthDates.fromMonth(tokens, at)
      : (this.monthDates.fromOrdinal(tokens, at) ?? this.namedDays.at(tokens, at));
  }

  /** Not an identifier by itself; beside moved dates it bounds the shift. */
  private yearAlone(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    // "born in '31"
    if (isShortYear(word) && /^['’]$/.test(tokens.lower[at - 1] ?? '') && isBirth(tokens, at))
      return { to: at + 1, rule: 'year', evidence: 'sure', year: pieceAt(tokens, at) };
    // "since ’98"
    if (isShortYear(word) && /^['’]$/.test(tokens.lower[at - 1] ?? '') && this.time.has(tokens.lower[at - 2] ?? ''))
      return { to: at + 1, rule: 'years', evidence: 'weak', fixed: true };
    if (
      !isYear(word) ||
      this.yearless.has(tokens.lower[at + 1] ?? '') ||
      (touches(tokens, at + 1) && isMark(tokens.lower[at + 1]))
    )
      return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const said =
      this.time.has(before) ||
      isBirth(tokens, at) ||
      before === 'year' ||
      (before === '-' && /^(?:mid|early|late)$/.test(tokens.lower[at - 2] ?? '')) ||
      (before === '(' && tokens.lower[at + 1] === ')');
    return { to: at + 1, rule: 'year', evidence: said ? 'sure' : 'weak', year: pieceAt(tokens, at) };
  }
}

/** Whether there is only a list mark between a date in figures and a token. */
const isBeside = (tokens: Tokens, before: DateRun | undefined, at: number): boolean => {
  if (before?.pair === undefined || before.mark !== '/' || at - before.to > 2 || tokens.breaks[at]! > 0) return false;
  for (let place = before.to; place < at; place++) if (!/^(?:,|;|and|&|-|–)$/.test(tokens.lower[place]!)) return false;
  return at > before.to;
};
