import {
  ambiguousMonths,
  birthWords,
  dateWords,
  measureWords,
  monthAbbreviations,
  monthNames,
  monthSpellings,
  namedDays,
  ordinalWords,
  romanMonths,
  scoreWords,
  seasons,
  sureDateWords,
  timeWords,
  unitWords,
  weekdayWords,
  yearlessWords,
} from '../lexicon/calendar.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { CAPITALISED, LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';

/** A number or a month name of a date, at its place in the text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/**
 * How sure it is that a run of tokens is a date. `sure` may be moved. `likely` is masked. `partial` becomes sure where
 * the note holds a full date. `weak` is masked in `recall-first` alone.
 */
export type Evidence = 'sure' | 'likely' | 'partial' | 'weak';

/** A run of tokens `[from, to)` that reads as a date. */
export interface DateRun {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
  readonly evidence: Evidence;
  readonly year?: Piece;
  readonly month?: Piece;
  readonly day?: Piece;
  /** Two figures, day and month in an order that the run does not show. */
  readonly pair?: readonly [Piece, Piece];
  /** "th" of "4th". */
  readonly suffix?: { readonly start: number; readonly end: number };
  /** The mark between figures: the order is voted for per note, and dots are day-first. */
  readonly mark?: string;
  /** A day that has only a name, or a range: masked where others are moved. */
  readonly fixed?: boolean;
  /** Somebody was born then. */
  readonly birth: boolean;
}

/** A day and a month with dots, as German notes write them; also a number that ends a sentence. */
export const DOTTED_PART = 'day and month with dots';

type Shape = Omit<DateRun, 'from' | 'birth'>;

const isYear = (word: string): boolean => /^(?:19|20)\d\d$/.test(word);
const isDay = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 31;
const isMonth = (word: string): boolean => /^\d{1,2}$/.test(word) && Number(word) >= 1 && Number(word) <= 12;
const isShortYear = (word: string): boolean => /^\d\d$/.test(word);
const isMark = (word: string | undefined): boolean => word === '/' || word === '-' || word === '–';
const isSuffix = (word: string | undefined): boolean => word !== undefined && /^(?:st|nd|rd|th)$/.test(word);
const isDose = (word: string | undefined): boolean =>
  word !== undefined &&
  /^(?:mg|mcg|ml|tabs?|tablets?|caps?|capsules?|units?|g|%|days?|weeks?|months?|years?|yrs?|times|hours?|hrs?|puffs?|x|°|c|f)$/.test(
    word,
  );

/** Abbreviations of months that are no other word beside a number. */
const sureAbbreviations: ReadonlySet<string> = new Set(['jan', 'feb', 'apr', 'jun', 'jul', 'aug', 'nov']);

/** Reads dates of every form as values: figures, words, parts of a date, and days with a name. */
export class DateGrammar {
  private readonly months = new Map<string, number>(Object.entries(monthSpellings));
  private readonly ambiguous: ReadonlySet<string> = new Set(ambiguousMonths);
  private readonly ordinals: ReadonlyMap<string, number> = new Map(ordinalWords.map((word, at) => [word, at + 1]));
  private readonly time: ReadonlySet<string> = new Set(timeWords);
  private readonly before: ReadonlySet<string> = new Set(dateWords);
  private readonly surely: ReadonlySet<string> = new Set([...sureDateWords, ...weekdayWords]);
  private readonly weekdays: ReadonlySet<string> = new Set(weekdayWords);
  private readonly roman: ReadonlySet<string> = new Set(romanMonths);
  private readonly birth: ReadonlySet<string> = new Set(birthWords);
  private readonly scores: ReadonlySet<string> = new Set(scoreWords);
  private readonly measures: ReadonlySet<string> = new Set(measureWords);
  private readonly units: ReadonlySet<string> = new Set(unitWords);
  private readonly yearless: ReadonlySet<string> = new Set(yearlessWords);
  private readonly named = new PhraseTrie<true>().addAll(namedDays, true);
  /** Words with which a date may begin. */
  private readonly openings: Openings;
  private readonly bit: number;
  private readonly seasons: ReadonlySet<string> = new Set(seasons);

  constructor(openings: Openings) {
    this.openings = openings;
    for (const names of [...Object.values(monthNames), ...Object.values(monthAbbreviations)])
      names.forEach((name, at) => {
        this.months.set(name, at + 1);
      });
    const first = new Set([
      ...this.months.keys(),
      ...this.ordinals.keys(),
      ...this.named.firstWords(),
      ...this.seasons,
      'twenty',
      'thirty',
      'q',
      'week',
      'kw',
      'h',
      'fy',
      'day',
    ]);
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
      if (shape === undefined && number && isBeside(tokens, found.at(-1), at)) shape = this.pairAt(tokens, at);
      if (shape === undefined) continue;
      found.push({ from: at, ...shape, birth: this.isBirth(tokens, at) });
      at = shape.to - 1;
    }
    return found;
  }

  private fromNumber(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
    if (word.length > 10) return undefined;
    return (
      this.dotted(tokens, at) ??
      this.figures(tokens, at) ??
      this.romanMonth(tokens, at) ??
      this.compact(tokens, at) ??
      this.dayAndMonth(tokens, at) ??
      this.dayOfMonth(tokens, at) ??
      this.yearAlone(tokens, at)
    );
  }

  private fromWord(tokens: Tokens, at: number): Shape | undefined {
    if (tokens.kinds[at] !== WORD) return undefined;
    return this.isMonthWord(tokens, at)
      ? this.fromMonth(tokens, at)
      : (this.fromOrdinal(tokens, at) ?? this.namedDay(tokens, at));
  }

  /** "14.03.1950", "14.3.50", "2025.03.12", and "am 14.03." */
  private dotted(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
    if (!word.includes('.')) return undefined;
    const start = tokens.starts[at]!;
    const parts = word.split('.');
    const [first, second, third] = parts as [string, string, string?];
    const pieces = piecesOf(parts, start);
    if (third === undefined) {
      const marked = tokens.lower[at + 1] === '.' && touches(tokens, at + 1);
      if (marked && isDay(first) && isMonth(second) && second.length + first.length < 4)
        return {
          to: at + 2,
          rule: DOTTED_PART,
          evidence: /^(?:am|vom|seit|bis|ab|den|zum|geb|geboren)$/.test(tokens.lower[at - 1] ?? '')
            ? 'partial'
            : 'weak',
          day: pieces[0],
          month: pieces[1],
        };
      if (
        !marked ||
        !isDay(first) ||
        !isMonth(second) ||
        !(
          /^(?:am|vom|seit|bis|ab|den|zum|geb|geboren)$/.test(tokens.lower[at - 1] ?? '') ||
          /^\d\d\.0\d$|^\d\d\.1[0-2]$/.test(word)
        )
      )
        return undefined;
      return { to: at + 2, rule: DOTTED_PART, evidence: 'partial', day: pieces[0], month: pieces[1] };
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

  /** "1/4" where the date before it says that it is one. */
  private pairAt(tokens: Tokens, at: number): Shape | undefined {
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
  private romanMonth(tokens: Tokens, at: number): Shape | undefined {
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
  private figures(tokens: Tokens, at: number): Shape | undefined {
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
      if (this.isMonthWord(tokens, at + 2))
        return {
          to: at + 5,
          rule: 'figures and month',
          evidence: 'sure',
          year: piece(at),
          month: this.month(tokens, at + 2),
          day: piece(at + 4),
        };
    }
    if (three && isDay(word) && (isYear(third) || isShortYear(third))) {
      if (this.isMonthWord(tokens, at + 2))
        return {
          to: at + 5,
          rule: 'figures and month',
          evidence: 'sure',
          day: piece(at),
          month: this.month(tokens, at + 2),
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
    if (isDay(word) && this.isMonthWord(tokens, at + 2) && !isDose(third))
      return {
        to: at + 3,
        rule: 'figures and month',
        evidence: 'partial',
        day: piece(at),
        month: this.month(tokens, at + 2),
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
  private spaced(tokens: Tokens, at: number): Shape | undefined {
    const mark = isMark(tokens.lower[at + 1]) ? 1 : 0;
    const [first, second, third] = [
      tokens.lower[at]!,
      tokens.lower[at + 1 + mark] ?? '',
      tokens.lower[at + 2 + 2 * mark] ?? '',
    ];
    if (mark === 1 ? tokens.lower[at + 3] !== tokens.lower[at + 1] : !this.isBirth(tokens, at)) return undefined;
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
  private twoPart(tokens: Tokens, at: number): Shape | undefined {
    const [first, second] = [tokens.lower[at]!, tokens.lower[at + 2]!];
    if (!isDay(first) || !isDay(second) || !(isMonth(first) || isMonth(second)) || isMark(tokens.lower[at - 1]))
      return undefined;
    if (
      this.isMeasured(tokens, at, at + 3) ||
      (isMonth(first) && isMonth(second) && this.measures.has(tokens.lower[at + 3] ?? '')) ||
      isMark(tokens.lower[at + 3])
    )
      return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const strong = this.surely.has(before);
    const padded = first.length === 2 && second.length === 2;
    const shape = {
      to: at + 3,
      rule: 'month and day in figures',
      mark: '/',
      pair: [pieceAt(tokens, at), pieceAt(tokens, at + 2)],
    } as const;
    if (strong) return { ...shape, evidence: this.isScored(tokens, at) ? 'weak' : 'likely' };
    // "7/10" is how much it hurts; "3/7" and "2/12" are days and months where notes are British; "6/18" is an eye's.
    if (/^(?:7|10|12|52)$/.test(second) && first.length <= 2 && !padded) return undefined;
    if (this.isScored(tokens, at) || tokens.kinds[at - 1] === NUMBER) return undefined;
    const eye = (first === '6' || (first === '20' && Number(second) > 9)) && !/^0/.test(second);
    if (this.before.has(before) && !eye)
      return {
        ...shape,
        evidence:
          padded || Number(first) > 12 || Number(second) > 12 ? 'likely' : /^[1-6]$/.test(second) ? 'weak' : 'partial',
      };
    const improper = (Number(first) > 12 || Number(second) > 12) && !eye;
    if (improper || (padded && first.startsWith('0'))) return { ...shape, evidence: 'partial' };
    // "4/4" is no fraction; "5/5" and "6/6" are strength and acuity.
    if (Number(first) >= Number(second) && !/^[1256]$/.test(second) && !eye) return { ...shape, evidence: 'weak' };
    return undefined;
  }

  /** "20250312": a date only next to a word that introduces dates. */
  private compact(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
    if (!/^\d{6}(?:\d\d)?$/.test(word)) return undefined;
    let label = at - 1;
    while (label > at - 3 && /^[:=.-]$/.test(tokens.lower[label] ?? '')) label--;
    const labelled = label < at - 1 && /^(?:date|dob|on|admitted|discharged|seen)$/.test(tokens.lower[label] ?? '');
    const said =
      labelled ||
      this.isBirth(tokens, at) ||
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

  /** "14 July 2008", "14th of July", "3-5 March" */
  private dayAndMonth(tokens: Tokens, at: number): Shape | undefined {
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
    if (!this.isMonthWord(tokens, month) || tokens.breaks[month]! > 1) return undefined;
    if (month !== next && !suffixed) return undefined;
    const small = tokens.shapes[month] === LOWER && this.ambiguous.has(tokens.lower[month]!);
    const year = this.yearAfter(tokens, month + 1);
    if (
      small &&
      year === undefined &&
      !suffixed &&
      !(tokens.lower[month]!.length === 3 && tokens.lower[month] !== 'may' && tokens.lower[month] !== 'mar')
    )
      return undefined;
    return {
      to: year === undefined ? month + 1 : year + 1,
      rule: 'day and month',
      evidence: year === undefined ? 'partial' : 'sure',
      day: pieceAt(tokens, day),
      suffix,
      month: this.month(tokens, month),
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

  private dayOfMonth(tokens: Tokens, at: number): Shape | undefined {
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

  /** Not an identifier by itself; beside moved dates it bounds the shift. */
  private yearAlone(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
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
      this.isBirth(tokens, at) ||
      before === 'year' ||
      (before === '-' && /^(?:mid|early|late)$/.test(tokens.lower[at - 2] ?? '')) ||
      (before === '(' && tokens.lower[at + 1] === ')');
    return { to: at + 1, rule: 'year', evidence: said ? 'sure' : 'weak', year: pieceAt(tokens, at) };
  }

  private isMonthWord(tokens: Tokens, at: number): boolean {
    return at < tokens.count && tokens.kinds[at] === WORD && this.months.has(tokens.lower[at]!);
  }

  private month(tokens: Tokens, at: number): Piece {
    return { start: tokens.starts[at]!, end: tokens.ends[at]!, value: this.months.get(tokens.lower[at]!)! };
  }

  private fromMonth(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
    const month = this.month(tokens, at);
    const small = tokens.shapes[at] === LOWER && this.ambiguous.has(word);
    // "Nov/Dec 2022", "Jul - Aug 23": two months of one date
    if (!small && /^(?:[-–/&]|to|and)$/.test(tokens.lower[at + 1] ?? '') && this.isMonthWord(tokens, at + 2)) {
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
  private fromOrdinal(tokens: Tokens, at: number): Shape | undefined {
    const end = this.ordinalEnd(tokens, at);
    if (end === undefined) return undefined;
    const month = tokens.lower[end] === 'of' ? end + 1 : end;
    if (
      !this.isMonthWord(tokens, month) ||
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

  /** "Christmas 2023", "summer of 2023", "Q3 2024", "last Thanksgiving" */
  private namedDay(tokens: Tokens, at: number): Shape | undefined {
    const word = tokens.lower[at]!;
    const feast = this.named.longest(tokens, at, tokens.count)?.end;
    const season = this.seasons.has(word) ? at + 1 : undefined;
    const quarter =
      (word === 'q' || word === 'h') && /^[1-4]$/.test(tokens.lower[at + 1] ?? '') && touches(tokens, at + 1)
        ? at + 2
        : undefined;
    const week = /^(?:week|kw)$/.test(word) && /^[1-5]?\d$/.test(tokens.lower[at + 1] ?? '') ? at + 2 : undefined;
    if (word === 'fy' && /^(?:\d\d|20\d\d)$/.test(tokens.lower[at + 1] ?? ''))
      return { to: at + 2, rule: 'named day and year', evidence: 'weak', fixed: true };
    // "day 72 of the year"
    if (word === 'day')
      return /^\d{1,3}$/.test(tokens.lower[at + 1] ?? '') &&
        tokens.lower[at + 2] === 'of' &&
        tokens.lower[at + 4] === 'year'
        ? { to: at + 5, rule: 'day of the year', evidence: 'weak', fixed: true }
        : undefined;
    const end = feast ?? season ?? quarter ?? week;
    if (end === undefined) return undefined;
    let year = end;
    if (/^(?:of|in|,|\/)$/.test(tokens.lower[year] ?? '')) year++;
    if (/^['’]$/.test(tokens.lower[year] ?? '') && isShortYear(tokens.lower[year + 1] ?? '')) year++;
    else if (!isYear(tokens.lower[year] ?? '')) year = -1;
    // "winter 2022/23"
    const second = tokens.lower[year + 1] === '/' && isShortYear(tokens.lower[year + 2] ?? '') ? 3 : 1;
    if (year > 0 && !this.yearless.has(tokens.lower[year + 1] ?? ''))
      return { to: year + second, rule: 'named day and year', evidence: 'likely', fixed: true };
    if (feast === undefined) return undefined;
    const before = tokens.lower[at - 1] ?? '';
    const said = this.time.has(before) || /^(?:at|over|on|since|for)$/.test(before);
    const named =
      tokens.shapes[at] === CAPITALISED ? said || word.length > 4 || feast > at + 1 : said && word.length > 5;
    return named ? { to: feast, rule: 'named day', evidence: 'weak', fixed: true } : undefined;
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

  private isBirth(tokens: Tokens, at: number): boolean {
    for (let back = at - 1; back >= Math.max(0, at - 5); back--) {
      const word = tokens.lower[back]!;
      if (this.birth.has(word)) return true;
      if (word === 'b' && tokens.lower[back + 1] === '.' && back >= at - 3 && (tokens.lower[back - 1] ?? '(') !== 'd')
        return true;
      if (word === 'b' && tokens.lower[back - 1] === '.' && tokens.lower[back - 2] === 'o') return true;
      if (/^[;)]$/.test(word) || (tokens.kinds[back] === NUMBER && isYear(word))) return false;
    }
    return false;
  }
}

/** Whether only a mark of a list stands between a date in figures and a token. */
const isBeside = (tokens: Tokens, before: DateRun | undefined, at: number): boolean => {
  if (before?.pair === undefined || before.mark !== '/' || at - before.to > 2 || tokens.breaks[at]! > 0) return false;
  for (let place = before.to; place < at; place++) if (!/^(?:,|;|and|&|-|–)$/.test(tokens.lower[place]!)) return false;
  return at > before.to;
};

const pieceAt = (tokens: Tokens, at: number): Piece => ({
  start: tokens.starts[at]!,
  end: tokens.ends[at]!,
  value: Number(tokens.lower[at]),
});

const piecesOf = (parts: readonly string[], start: number, gap = 1): Piece[] => {
  let from = start;
  return parts.map((part) => {
    const piece = { start: from, end: from + part.length, value: Number(part) };
    from = piece.end + gap;
    return piece;
  });
};
