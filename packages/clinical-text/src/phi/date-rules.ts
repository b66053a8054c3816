import type { DateOrder, Locale } from '../engine.ts';
import type { Openings } from '../text/openings.ts';
import type { Tokens } from '../text/tokens.ts';
import { type CalendarDay, dayNumber, fromDayNumber, isoDay } from './calendar.ts';
import { type Candidate, RANK } from './candidate.ts';
import { DateGrammar } from './date-grammar.ts';
import { type DateRun, DOTTED_PART, PAIR_BESIDE, type Piece } from './date-run.ts';
import { writeDate } from './write-date.ts';

export interface DateOptions {
  readonly locale?: Locale;
  /** ISO day of the note. */
  readonly referenceDate?: string;
  /** Whole weeks. Undefined: dates are masked. */
  readonly shiftDays?: number;
  /** Known birth dates, as day numbers. */
  readonly births: ReadonlySet<number>;
}

/** What is written for the date that ends at `end`. */
export interface MovedDate {
  readonly end: number;
  readonly text: string;
}

export interface NoteDates {
  readonly candidates: readonly Candidate[];
  /** Each moved date, by the offset at which it begins. */
  readonly moved: ReadonlyMap<number, MovedDate>;
  /** In which order the note writes figures. */
  readonly order: DateOrder;
  /** Dates that could not be moved and are masked. */
  readonly unmoved: number;
  /** Known birth dates that the note holds. */
  readonly births: ReadonlySet<number>;
}

/** Ages up to 89 are no identifiers: 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST = 89;
/** Nobody alive was born later and is over 89: stands in where neither the request nor the note has a date. */
const PACK_YEAR = 2026;
/** How far ahead of the reference a two-digit year may lie: appointments, expiry. */
const AHEAD = 10;
const DAY_FIRST: ReadonlySet<Locale> = new Set(['en-GB', 'en-IE', 'en-AU', 'de-DE', 'de-AT', 'de-CH']);

const boundsAlone: ReadonlySet<string> = new Set(['named day', 'years', 'day of the year', 'named day and year']);

type Order = 'day-first' | 'month-first';

/** Dates of a note as values, in the order in which the note writes them; moved, or masked where that is not sure. */
export class DateRules {
  private readonly grammar: DateGrammar;

  constructor(openings: Openings) {
    this.grammar = new DateGrammar(openings);
  }

  find(tokens: Tokens, options: DateOptions): NoteDates {
    const read = this.grammar.find(tokens);
    // "Kontrolle 2.4." is a date where the note writes dates so; elsewhere it is a number at the end of a sentence.
    const dotted = read.some((run) => run.mark === '.' && isFull(run));
    const slashed = read.some((run) => run.mark === '/' && isFull(run));
    const runs = read.flatMap((run) => {
      if (run.evidence !== 'weak' || (run.rule !== DOTTED_PART && run.rule !== PAIR_BESIDE)) return [run];
      if (run.rule === DOTTED_PART ? dotted : slashed) return [{ ...run, evidence: 'partial' as const }];
      return run.rule === PAIR_BESIDE && isImproper(run) ? [run] : [];
    });
    const reference = isoDay(options.referenceDate);
    const { order, conflict } = orderOf(runs, options.locale, yearOf(reference));
    const reader = new Reader(order, conflict, reference);
    const full = runs.map((run) => (run.evidence === 'sure' ? reader.full(run) : undefined));
    const dated = runs.some((run) => isFull(run));
    const paired = runs.some(
      ({ pair, year, evidence }) => pair !== undefined && year === undefined && evidence !== 'weak',
    );
    const newest = Math.max(
      ...full.map((day, at) => (day === undefined || runs[at]!.birth ? -Infinity : day)),
      -Infinity,
    );
    const today = reference ?? (newest > -Infinity ? newest : undefined);
    const bornBefore = (yearOf(today) ?? PACK_YEAR) - OLDEST;
    const births = new Set<number>();
    const moved = new Map<number, MovedDate>();
    const candidates: Candidate[] = [];
    let unmoved = 0;
    let anchor: number | undefined;
    const later = full.find((day) => day !== undefined);
    runs.forEach((run, at) => {
      const day = full[at];
      if (day !== undefined && !run.birth) anchor = day;
      const known = readings(run, reader).find((value) => options.births.has(value));
      if (known !== undefined) births.add(known);
      const birth = run.birth || known !== undefined;
      const year =
        day === undefined
          ? run.year === undefined
            ? undefined
            : reader.year(run.year, birth)
          : fromDayNumber(day).year;
      const tooOld = birth && year !== undefined && year < bornBefore;
      const evidence =
        run.evidence === 'partial'
          ? dated || paired
            ? 'likely'
            : run.pair === undefined
              ? 'likely'
              : 'weak'
          : run.evidence;
      const alone = run.rule === 'year';
      if (alone && !tooOld && (options.shiftDays === undefined || evidence === 'weak')) return;
      // These bound a shift and are no identifiers alone.
      if (boundsAlone.has(run.rule) && options.shiftDays === undefined && evidence === 'weak') return;
      const { from, to, rule } = run;
      const masked = {
        from,
        to,
        category: 'DATE' as const,
        rule: tooOld ? 'birth of a person over 89' : known !== undefined ? 'known birth date' : rule,
        rank: known === undefined ? RANK.date : RANK.known,
      };
      const recallOnly =
        evidence === 'weak' &&
        !tooOld &&
        known === undefined &&
        !(options.shiftDays !== undefined && dated && (run.fixed === true || run.pair !== undefined));
      candidates.push({ ...masked, recallOnly });
      if (options.shiftDays === undefined) return;
      const text =
        tooOld || run.fixed
          ? undefined
          : this.move(tokens, run, reader, { shift: options.shiftDays, anchor: anchor ?? reference ?? later });
      if (text === undefined) unmoved += recallOnly ? 0 : 1;
      else moved.set(tokens.starts[from]!, { end: tokens.ends[to - 1]!, text });
    });
    return {
      candidates,
      moved,
      order: conflict ? 'unclear' : (order ?? (runs.some(isAmbiguous) ? 'unclear' : 'none')),
      unmoved,
      births,
    };
  }

  private move(
    tokens: Tokens,
    run: DateRun,
    reader: Reader,
    { shift, anchor }: { readonly shift: number; readonly anchor: number | undefined },
  ): string | undefined {
    const value = reader.value(run, anchor);
    if (
      value === undefined ||
      (run.evidence !== 'sure' &&
        !(run.evidence === 'partial' || (run.evidence === 'likely' && run.pair !== undefined)))
    )
      return undefined;
    return writeDate(
      tokens.source,
      tokens.starts[run.from]!,
      tokens.ends[run.to - 1]!,
      run,
      value.pieces,
      fromDayNumber(value.day + shift),
    );
  }
}

const yearOf = (day: number | undefined): number | undefined =>
  day === undefined ? undefined : fromDayNumber(day).year;

const isFull = (run: DateRun): boolean =>
  run.evidence === 'sure' &&
  run.year !== undefined &&
  (run.pair !== undefined || (run.month !== undefined && run.day !== undefined));

/** An improper fraction, which is more probably a date. */
const isImproper = ({ pair }: DateRun): boolean =>
  pair !== undefined &&
  (pair[0].value > pair[1].value || (pair[0].value === pair[1].value && ![1, 2, 5, 6].includes(pair[1].value)));

/** Two figures of which either may be the month. */
const isAmbiguous = ({ pair }: DateRun): boolean => pair !== undefined && pair[0].value <= 12 && pair[1].value <= 12;

const told = ({ pair }: DateRun): Order | undefined => {
  if (pair === undefined || pair[0].value <= 12 === pair[1].value <= 12) return undefined;
  return pair[0].value > 12 ? 'day-first' : 'month-first';
};

/**
 * One order for the note. Figures over 12 vote; where none do, dates in words and ISO dates vote for the reading that is
 * nearest to them; then the locale decides.
 */
const orderOf = (
  runs: readonly DateRun[],
  locale: Locale | undefined,
  referenceYear: number | undefined,
): { readonly order?: Order; readonly conflict: boolean } => {
  // "2/24" may be a month of a year: it votes only where no full date does.
  const vote = (full: boolean): Set<Order> =>
    new Set(
      runs.flatMap((run) => {
        const order = run.evidence === 'weak' || (run.year !== undefined) !== full ? undefined : told(run);
        return order === undefined ? [] : [order];
      }),
    );
  const votes = vote(true).size > 0 ? vote(true) : vote(false);
  if (votes.size > 1) return { conflict: true };
  const [voted] = votes;
  if (voted !== undefined) return { order: voted, conflict: false };
  const plain = new Reader(
    undefined,
    true,
    referenceYear === undefined ? undefined : dayNumber({ year: referenceYear, month: 1, day: 1 }),
  );
  const sure = runs
    .flatMap((run) => (run.pair === undefined && isFull(run) && !run.birth ? [plain.full(run)] : []))
    .filter((day) => day !== undefined);
  if (sure.length > 0) {
    const [first, last] = [Math.min(...sure), Math.max(...sure)];
    const away = (day: number | undefined): number =>
      day === undefined ? 1000 : day < first ? first - day : day > last ? day - last : 0;
    let dayFirst = 0;
    let monthFirst = 0;
    for (const run of runs) {
      if (!isAmbiguous(run) || run.year === undefined || run.birth) continue;
      dayFirst += away(new Reader('day-first', false, undefined).full(run));
      monthFirst += away(new Reader('month-first', false, undefined).full(run));
    }
    if (Math.abs(dayFirst - monthFirst) > 14)
      return { order: dayFirst < monthFirst ? 'day-first' : 'month-first', conflict: false };
  }
  if (locale === 'en-US') return { order: 'month-first', conflict: false };
  return { order: locale !== undefined && DAY_FIRST.has(locale) ? 'day-first' : undefined, conflict: false };
};

/** The days that a run may mean, in either order. */
const readings = (run: DateRun, reader: Reader): number[] => {
  const { pair, year } = run;
  const day = reader.full(run);
  if (pair === undefined || year === undefined) return day === undefined ? [] : [day];
  return (['day-first', 'month-first'] as const).flatMap(
    (order) => new Reader(order, false, undefined).full(run) ?? [],
  );
};

interface Pieces {
  readonly year?: Piece;
  readonly month?: Piece;
  readonly day?: Piece;
}

class Reader {
  private readonly order: Order | undefined;
  private readonly conflict: boolean;
  private readonly reference: number | undefined;

  constructor(order: Order | undefined, conflict: boolean, reference: number | undefined) {
    this.order = order;
    this.conflict = conflict;
    this.reference = reference;
  }

  year({ value, start, end }: Piece, birth = false): number {
    if (end - start > 2) return value;
    // A year of birth cannot be after the dates of the note.
    const latest = (yearOf(this.reference) ?? PACK_YEAR) + (birth ? 0 : AHEAD);
    return 2000 + value <= latest ? 2000 + value : 1900 + value;
  }

  pieces(run: DateRun): Pieces | undefined {
    const { pair, year } = run;
    if (pair === undefined) return run;
    const own =
      told(run) ??
      (run.mark === '.' && !this.conflict ? 'day-first' : undefined) ??
      (this.conflict ? undefined : this.order);
    if (own === undefined) return undefined;
    return own === 'day-first' ? { day: pair[0], month: pair[1], year } : { month: pair[0], day: pair[1], year };
  }

  /** A day of a known year. */
  full(run: DateRun): number | undefined {
    const pieces = this.pieces(run);
    if (pieces?.year === undefined || pieces.month === undefined || pieces.day === undefined) return undefined;
    let year = this.year(pieces.year);
    const on = (): number | undefined => dayNumber({ year, month: pieces.month!.value, day: pieces.day!.value });
    // A year of birth cannot be after the dates of the note.
    const today = yearOf(this.reference) ?? PACK_YEAR;
    if (run.birth && pieces.year.end - pieces.year.start === 2 && year > today) year -= 100;
    return on();
  }

  /** The day to move: of a part of a date, by what the note says before. */
  value(run: DateRun, anchor: number | undefined): { readonly day: number; readonly pieces: Pieces } | undefined {
    const pieces = this.pieces(run);
    if (pieces === undefined) return undefined;
    const { year, month, day } = pieces;
    if (year !== undefined) {
      const at = month === undefined ? { month: 7, day: 1 } : { month: month.value, day: day?.value ?? 15 };
      const number = day === undefined ? dayNumber({ year: this.year(year), ...at }) : this.full(run);
      return number === undefined ? undefined : { day: number, pieces };
    }
    if (month === undefined || day === undefined || anchor === undefined) return undefined;
    // Two figures in the other order than the note's are not surely a day of it.
    if (this.order !== undefined && (told(run) ?? this.order) !== this.order) return undefined;
    const near = nearest({ month: month.value, day: day.value }, anchor);
    return near === undefined ? undefined : { day: near, pieces };
  }
}

const nearest = (at: Omit<CalendarDay, 'year'>, anchor: number): number | undefined => {
  const { year } = fromDayNumber(anchor);
  let best: number | undefined;
  for (const candidate of [year - 1, year, year + 1]) {
    const day = dayNumber({ year: candidate, ...at });
    if (day !== undefined && (best === undefined || Math.abs(day - anchor) < Math.abs(best - anchor))) best = day;
  }
  return best;
};
