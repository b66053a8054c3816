import {
  dateWords,
  eventWords,
  measureWords,
  romanMonths,
  scoreWords,
  sureDateWords,
  unitWords,
  weekdayWords,
} from '../lexicon/calendar.ts';
import { NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { isBirth } from './birth-words.ts';
import { isDay, isDose, isMark, isMonth, isShortYear, isYear } from './date-parts.ts';
import { type DateShape, DOTTED_PART, PAIR_BESIDE, type Piece, pieceAt, piecesOf } from './date-run.ts';
import type { MonthWords } from './month-words.ts';

/** Dates in figures: "14.03.1950", "3/7/24", "20250312". Figures are also doses, scores and fractions. */
export class FigureDates {
  private readonly before: ReadonlySet<string> = new Set(dateWords);
  private readonly surely: ReadonlySet<string> = new Set([...sureDateWords, ...weekdayWords]);
  private readonly events: ReadonlySet<string> = new Set(eventWords);
  private readonly roman: ReadonlySet<string> = new Set(romanMonths);
  private readonly scores: ReadonlySet<string> = new Set(scoreWords);
  private readonly measures: ReadonlySet<string> = new Set(measureWords);
  private readonly units: ReadonlySet<string> = new Set(unitWords);
  private readonly months: MonthWords;

  constructor(months: MonthWords) {
    this.months = months;
  }

  /** "14.03.1950", "14.3.50", "2025.03.12", and "am 14.03." */
  dotted(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    if (!word.includes('.')) return undefined;
    const start = tokens.starts[at]!;
    const parts = word.split('.');
    const [first, second, third] = parts as [string, string, string?];
    const pieces = piecesOf(parts, start);
    if (third === undefined) {
      if (!isDay(first) || !isMonth(second)) return undefined;
      const before = tokens.lower[at - 1] ?? '';
      const after = tokens.lower[at + 1] ?? '';
      const padded = first.length === 2 && second.length === 2;
      const shape = { rule: DOTTED_PART, day: pieces[0], month: pieces[1] };
      if (after === '.' && touches(tokens, at + 1)) {
        const dated = padded || /^(?:am|vom|seit|bis|ab|den|zum|geb|geboren|on|since|dated|until)$/.test(before);
        return { ...shape, to: at + 2, evidence: dated ? 'partial' : 'weak' };
      }
      // "review 16.05"
      return padded &&
        (this.before.has(before) || this.events.has(before)) &&
        !this.units.has(after) &&
        !/^[%/*x-]$/.test(after)
        ? { ...shape, to: at + 1, evidence: 'weak' }
        : undefined;
    }
    if (
      parts.length > 3 ||
      (tokens.lower[at - 1] === '.' && touches(tokens, at)) ||
      this.isMeasured(tokens, at, at + 1)
    )
      return undefined;
    if (isYear(first) && isMonth(second) && isDay(third))
      return { to: at + 1, rule: 'figures', evidence: 'sure', year: pieces[0], month: pieces[1], day: pieces[2] };
    if (!isDay(first) || !isDay(second) || !(isMonth(first) || isMonth(second))) return undefined;
    if (!isYear(third) && !isShortYear(third)) return undefined;
    return {
      to: at + 1,
      rule: 'figures',
      evidence: 'sure',
      pair: [pieces[0]!, pieces[1]!],
      year: pieces[2],
      mark: '.',
    };
  }

  /** "1/4" next to a date in figures. */
  pairAt(tokens: Tokens, at: number): DateShape | undefined {
    const [first, second] = [tokens.lower[at]!, tokens.lower[at + 2] ?? ''];
    if (tokens.lower[at + 1] !== '/' || !touches(tokens, at + 1) || !touches(tokens, at + 2)) return undefined;
    if (!isDay(first) || !isDay(second) || !(isMonth(first) || isMonth(second)) || isMark(tokens.lower[at + 3]))
      return undefined;
    return {
      to: at + 3,
      rule: 'month and day in figures',
      evidence: 'likely',
      mark: '/',
      pair: [pieceAt(tokens, at), pieceAt(tokens, at + 2)],
    };
  }

  /** "14.xi.2019": as Swiss and Polish notes write it. */
  romanMonth(tokens: Tokens, at: number): DateShape | undefined {
    const year = tokens.lower[at + 4] ?? '';
    return tokens.lower[at + 1] === '.' &&
      tokens.lower[at + 3] === '.' &&
      this.roman.has(tokens.lower[at + 2]!) &&
      isDay(tokens.lower[at]!) &&
      (isYear(year) || isShortYear(year)) &&
      tokens.ends[at + 4]! - tokens.starts[at]! < 16
      ? { to: at + 5, rule: 'month in Roman figures', evidence: 'likely', fixed: true }
      : undefined;
  }

  /** Figures with marks between them. */
  figures(tokens: Tokens, at: number): DateShape | undefined {
    const mark = tokens.lower[at + 1];
    if (!isMark(mark) || !touches(tokens, at + 1) || !touches(tokens, at + 2)) return this.spaced(tokens, at);
    const [word, second] = [tokens.lower[at]!, tokens.lower[at + 2] ?? ''];
    const three = tokens.lower[at + 3] === mark && touches(tokens, at + 3) && touches(tokens, at + 4);
    const third = three ? (tokens.lower[at + 4] ?? '') : '';
    const piece = (index: number): Piece => pieceAt(tokens, index);
    if (three && isYear(word) && isDay(third)) {
      if (isMonth(second))
        return {
          to: at + 5,
          rule: 'figures',
          evidence: 'sure',
          year: piece(at),
          month: piece(at + 2),
          day: piece(at + 4),
        };
      if (this.months.isMonth(tokens, at + 2))
        return {
          to: at + 5,
          rule: 'figures and month',
          evidence: 'sure',
          year: piece(at),
          month: this.months.piece(tokens, at + 2),
          day: piece(at + 4),
        };
    }
    if (three && isDay(word) && (isYear(third) || isShortYear(third))) {
      if (this.months.isMonth(tokens, at + 2))
        return {
          to: at + 5,
          rule: 'figures and month',
          evidence: 'sure',
          day: piece(at),
          month: this.months.piece(tokens, at + 2),
          year: piece(at + 4),
        };
      if (isDay(second) && (isMonth(word) || isMonth(second)) && !this.isMeasured(tokens, at, at + 5)) {
        // "1-2-10" is a scheme of doses as often as a date.
        const loose = mark !== '/' && !isYear(third) && (word.length === 1 || second.length === 1);
        return {
          to: at + 5,
          rule: 'figures',
          evidence: loose ? 'likely' : 'sure',
          pair: [piece(at), piece(at + 2)],
          year: piece(at + 4),
          mark,
        };
      }
    }
    if (isDay(word) && this.months.isMonth(tokens, at + 2) && !isDose(third))
      return {
        to: at + 3,
        rule: 'figures and month',
        evidence: 'partial',
        day: piece(at),
        month: this.months.piece(tokens, at + 2),
      };
    if (!three && isMonth(word) && isYear(second))
      return /^(?:quarter|qtr|term|half)$/.test(tokens.lower[at - 1] ?? '')
        ? { to: at + 3, rule: 'part of a year', evidence: 'likely', fixed: true }
        : { to: at + 3, rule: 'month and year in figures', evidence: 'sure', month: piece(at), year: piece(at + 2) };
    // "2024-072", the day of the year
    if (!three && isYear(word) && mark === '-' && /^[0-3]\d\d$/.test(second) && second <= '366' && second !== '000')
      return { to: at + 3, rule: 'day of the year', evidence: 'weak', fixed: true };
    // "the 2022-23 season"
    if (!three && isYear(word) && isShortYear(second) && Number(second) === (Number(word) + 1) % 100)
      return { to: at + 3, rule: 'years', evidence: 'weak', fixed: true };
    if (!three && isYear(word) && isMonth(second) && second.length === 2 && mark !== '–')
      return { to: at + 3, rule: 'year and month in figures', evidence: 'likely', fixed: true };
    return !three && mark === '/' ? this.twoPart(tokens, at) : undefined;
  }

  /** "14 / 03 / 2025", "14 03 2025" after a label. */
  private spaced(tokens: Tokens, at: number): DateShape | undefined {
    const mark = isMark(tokens.lower[at + 1]) ? 1 : 0;
    const [first, second, third] = [
      tokens.lower[at]!,
      tokens.lower[at + 1 + mark] ?? '',
      tokens.lower[at + 2 + 2 * mark] ?? '',
    ];
    if (mark === 1 ? tokens.lower[at + 3] !== tokens.lower[at + 1] : !isBirth(tokens, at)) return undefined;
    if (!isDay(first) || !isDay(second) || !isYear(third) || !(isMonth(first) || isMonth(second))) return undefined;
    const end = at + 3 + 2 * mark;
    return {
      to: end,
      rule: 'figures',
      evidence: 'sure',
      pair: [pieceAt(tokens, at), pieceAt(tokens, at + 1 + mark)],
      year: pieceAt(tokens, end - 1),
      mark: '/',
    };
  }

  /** "7/14": also strength, acuity, a fraction, a duration. */
  private twoPart(tokens: Tokens, at: number): DateShape | undefined {
    const [first, second] = [tokens.lower[at]!, tokens.lower[at + 2]!];
    if (!isDay(first) || !isDay(second) || !(isMonth(first) || isMonth(second)) || isMark(tokens.lower[at - 1]))
      return undefined;
    const shape = {
      to: at + 3,
      rule: 'month and day in figures',
      mark: '/',
      pair: [pieceAt(tokens, at), pieceAt(tokens, at + 2)],
    } as const;
    if (this.beginsEntry(tokens, at)) return { ...shape, evidence: 'likely' };
    if (
      this.isMeasured(tokens, at, at + 3) ||
      (isMonth(first) &&
        isMonth(second) &&
        this.measures.has(tokens.lower[at + 3] ?? '') &&
        !this.events.has(tokens.lower[at - 1] ?? '')) ||
      (isMark(tokens.lower[at + 3]) && !this.isRange(tokens, at))
    )
      return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const strong = this.surely.has(before);
    const padded = first.length === 2 && second.length === 2;
    if (strong) return { ...shape, evidence: this.isScored(tokens, at) ? 'weak' : 'likely' };
    // "7/10" is a pain score; "3/7" and "2/12" are days and months where notes are British; "6/18" is an eye's.
    if (/^(?:7|10|12|52)$/.test(second) && first.length <= 2 && !padded) return undefined;
    if (this.isScored(tokens, at) || tokens.kinds[at - 1] === NUMBER) return undefined;
    const eye =
      (first === '6' && /^(?:[45689]|1[28]|24|36)$/.test(second)) ||
      (first === '20' && /^(?:1[0356]|2[05]|30)$/.test(second));
    const improper = (Number(first) > 12 || Number(second) > 12) && !eye;
    if (this.before.has(before) && !eye)
      return {
        ...shape,
        rule: Number(first) > Number(second) && /^[1-6]$/.test(second) ? PAIR_BESIDE : shape.rule,
        evidence:
          padded || Number(first) > 12 || Number(second) > 12 ? 'likely' : /^[1-6]$/.test(second) ? 'weak' : 'partial',
      };
    // No scale and no scheme has so many parts; "MRI 5/9" is a day beside a full date.
    if (/^(?:1[134679]|2[1-35-9]|31)$/.test(second) || (this.events.has(before) && !eye))
      return { ...shape, rule: PAIR_BESIDE, evidence: improper ? 'partial' : 'weak' };
    if (improper || (padded && first.startsWith('0'))) return { ...shape, evidence: 'partial' };
    // "8/3" is not a fraction: beside a full date it is a day too.
    if (Number(first) > Number(second) && !eye && !padded) return { ...shape, rule: PAIR_BESIDE, evidence: 'weak' };
    // "4/4" is not a fraction; "5/5" and "6/6" are strength and acuity.
    if (Number(first) >= Number(second) && !/^[1256]$/.test(second) && !eye) return { ...shape, evidence: 'weak' };
    return undefined;
  }

  /** "10/14 - no answer": the day of an entry, which no score and no duration precedes a dash as. */
  private beginsEntry(tokens: Tokens, at: number): boolean {
    const dash = at + 3;
    return (
      (at === 0 || tokens.breaks[at]! > 0 || tokens.lower[at - 1] === '.') &&
      /^[-–:]$/.test(tokens.lower[dash] ?? '') &&
      !touches(tokens, dash + 1) &&
      tokens.kinds[dash + 1] === WORD &&
      !/^(?:[57]|10|52)$/.test(tokens.lower[at + 2]!)
    );
  }

  /** "27/12-2/1" */
  private isRange(tokens: Tokens, at: number): boolean {
    const next = at + 4;
    return (
      /^[-–]$/.test(tokens.lower[next - 1] ?? '') &&
      isDay(tokens.lower[next] ?? '') &&
      tokens.lower[next + 1] === '/' &&
      isDay(tokens.lower[next + 2] ?? '')
    );
  }

  /** "20250312": a date only next to a word that introduces dates. */
  compact(tokens: Tokens, at: number): DateShape | undefined {
    const word = tokens.lower[at]!;
    if (!/^\d{6}(?:\d\d)?$/.test(word)) return undefined;
    let label = at - 1;
    while (label > at - 3 && /^[:=.-]$/.test(tokens.lower[label] ?? '')) label--;
    const labelled = label < at - 1 && /^(?:date|dob|on|admitted|discharged|seen)$/.test(tokens.lower[label] ?? '');
    const said =
      labelled ||
      isBirth(tokens, at) ||
      /^(?:on|since|dated|date|admitted|discharged)$/.test(tokens.lower[at - 1] ?? '');
    const timed =
      (tokens.lower[at + 1] === 't' && touches(tokens, at + 1)) ||
      // "scan20240312.jpg"
      (word.length === 8 && touches(tokens, at) && tokens.kinds[at - 1] === WORD);
    if (!said && !timed) return undefined;
    const start = tokens.starts[at]!;
    const [year, month, day] = piecesOf([word.slice(0, 4), word.slice(4, 6), word.slice(6)], start, 0);
    if (word.length === 8 && isYear(word.slice(0, 4)) && isMonth(word.slice(4, 6)) && isDay(word.slice(6)))
      return { to: at + 1, rule: 'eight figures', evidence: 'sure', year, month, day };
    const dayFirst = isDay(word.slice(0, 2)) && isDay(word.slice(2, 4)) && (word.length === 6 || isYear(word.slice(4)));
    return dayFirst ? { to: at + 1, rule: 'figures without marks', evidence: 'likely', fixed: true } : undefined;
  }

  private isMeasured(tokens: Tokens, at: number, to: number): boolean {
    const after = tokens.lower[to] ?? '';
    return this.units.has(after) || after === '%' || (tokens.lower[at - 1] === 'bp' && tokens.lower[to] !== undefined);
  }

  private isScored(tokens: Tokens, at: number): boolean {
    for (let back = at - 1; back >= Math.max(0, at - 3); back--) {
      if (tokens.breaks[back + 1]! > 0 || /^[.;]$/.test(tokens.lower[back]!)) return false;
      if (this.scores.has(tokens.lower[back]!)) return true;
    }
    return false;
  }
}
