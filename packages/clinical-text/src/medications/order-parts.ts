import type { TokenRange } from '../document.ts';
import {
  doseForms,
  doseWords,
  type FrequencyEntry,
  frequencyEntries,
  routeEntries,
  weekdays,
} from '../lexicon/orders.ts';
import type { UnitKind } from '../lexicon/units.ts';
import type { Route } from '../model.ts';
import { isDash, type NumberMention, numberOf } from '../quantity/numbers.ts';
import type { QuantityMention, QuantityRules } from '../quantity/quantities.ts';
import type { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD, wordsOf } from '../text/tokens.ts';

export interface FrequencyMention extends TokenRange {
  readonly timesPerDay?: readonly [number, number];
  readonly everyHours?: readonly [number, number];
  readonly scheme?: readonly number[];
  readonly prn?: boolean;
  /** Said of drugs alone: it shows that the word before it is one. */
  readonly latin?: boolean;
}

export interface DoseMention extends TokenRange {
  /** Measures much else besides drugs: such a dose must stand close to its drug. */
  readonly weak: boolean;
  /** Null for "low dose". */
  readonly quantity: QuantityMention | null;
  /** The frequency written directly after the amount; `to` includes it. */
  readonly frequency: FrequencyMention | null;
}

export interface RouteMention extends TokenRange {
  readonly value: Route;
}

const doseKinds: ReadonlySet<UnitKind> = new Set([
  'mass',
  'volume',
  'activity',
  'substance',
  'form',
  'course',
  'ratio',
  'radiation',
]);
/** Weights of people, not of drugs. */
const bodyWeights = new Set(['[lb_av]', '[oz_av]', '[stone_av]']);
/** "13.1 g/dl" is a result. */
const concentrations = new Set(['L', 'dL', 'mL', 'uL', 'mol', 'mmol', 'umol']);
/** Words with which a frequency may begin that is not listed as a whole. */
const frequencyWords = new Set(['every', 'each', 'q', 'alle', 'x', 'on']);
const hoursOf = new Map([
  ['h', 1],
  ['d', 24],
  ['wk', 168],
]);

/** Amounts, frequencies, routes and durations within a range of tokens. Each reads a bounded number of tokens ahead. */
export class OrderPartRules {
  private readonly quantities: QuantityRules;
  private readonly words = new PhraseTrie<true>().addAll(doseWords, true);
  private readonly often = new PhraseTrie<FrequencyEntry>();
  private readonly latin = new Set<string>(['half', 'one', 'two', 'three']);
  private readonly days = new PhraseTrie<true>().addAll(weekdays, true);
  private readonly ways = new PhraseTrie<Route>();
  private readonly forms = new PhraseTrie<true>().addAll(doseForms, true);

  private readonly openings: Openings;
  private readonly doseBit: number;
  private readonly frequencyBit: number;

  constructor(quantities: QuantityRules, openings: Openings) {
    this.quantities = quantities;
    this.openings = openings;
    const { words, comparators } = quantities.numbers;
    this.doseBit = openings.bit([this.words, words, comparators]);
    this.frequencyBit = openings.bit([this.often, this.days, words], (word) => frequencyWords.has(word));
    for (const entry of frequencyEntries) {
      this.often.addAll(entry.phrases, entry);
      if (entry.latin === true) for (const phrase of entry.phrases) this.latin.add(wordsOf(phrase)[0]!);
    }
    for (const { value, phrases } of routeEntries) this.ways.addAll(phrases, value);
  }

  /** Whether an amount or a Latin frequency may stand here: most sentences hold neither. */
  mayFrame(tokens: Tokens, { from, to }: TokenRange): boolean {
    for (let at = from; at < to; at++)
      if (tokens.kinds[at] === NUMBER || this.latin.has(tokens.lower[at]!)) return true;
    return false;
  }

  doses(tokens: Tokens, { from, to }: TokenRange, comma: boolean): DoseMention[] {
    const found: DoseMention[] = [];
    const opens = this.openings.of(tokens);
    for (let at = from; at < to; at++) {
      if ((opens[at]! & this.doseBit) === 0 && tokens.kinds[at] === WORD && tokens.lower[at + 1] !== ':') continue;
      const dose = this.doseAt(tokens, at, to, comma);
      if (dose === undefined) continue;
      found.push(dose);
      at = dose.to - 1;
    }
    return found;
  }

  frequencies(tokens: Tokens, { from, to }: TokenRange): FrequencyMention[] {
    const found: FrequencyMention[] = [];
    const opens = this.openings.of(tokens);
    for (let at = from; at < to; at++) {
      if (tokens.kinds[at] !== NUMBER && (opens[at]! & this.frequencyBit) === 0) continue;
      const frequency = this.frequencyAt(tokens, at, to);
      if (frequency === undefined) continue;
      found.push(frequency);
      at = frequency.to - 1;
    }
    return found;
  }

  routes(tokens: Tokens, { from, to }: TokenRange): RouteMention[] {
    const found: RouteMention[] = [];
    for (let at = from; at < to; at++) {
      if (tokens.kinds[at] !== WORD) continue;
      const match = this.ways.longest(tokens, at, to);
      if (match === undefined) continue;
      found.push({ from: at, to: match.end, value: match.value });
      at = match.end - 1;
    }
    return found;
  }

  durations(tokens: Tokens, { from, to }: TokenRange, comma: boolean): QuantityMention[] {
    const found: QuantityMention[] = [];
    for (let at = from; at < to; at++) {
      const word = tokens.lower[at]!;
      const led = word === 'for' || word === 'x' || word === '×';
      if (!led && !(tokens.kinds[at] === NUMBER && isDash(tokens.lower[at + 1]))) continue;
      const duration = this.quantities.durationAt(tokens, at, to, comma);
      if (duration === undefined) continue;
      if (!led && tokens.lower[duration.to] !== 'course') continue;
      found.push(duration);
      at = duration.to - 1;
    }
    return found;
  }

  /** The form of a drug that begins at a token: "inhaler", "MR". */
  formAt(tokens: Tokens, at: number, limit: number): number | undefined {
    return at < limit ? this.forms.longest(tokens, at, limit)?.end : undefined;
  }

  routeAt(tokens: Tokens, at: number, limit: number): number | undefined {
    return at < limit ? this.ways.longest(tokens, at, limit)?.end : undefined;
  }

  private doseAt(tokens: Tokens, from: number, limit: number, comma: boolean): DoseMention | undefined {
    if (tokens.kinds[from] === WORD) {
      const phrase = this.words.longest(tokens, from, limit);
      if (phrase !== undefined) return { from, to: phrase.end, weak: true, quantity: null, frequency: null };
    }
    if (tokens.lower[from + 1] === ':' && tokens.lower[from + 2] === '1000' && from + 2 < limit)
      return { from, to: from + 3, weak: true, quantity: null, frequency: null };
    const bound = tokens.kinds[from] === NUMBER ? undefined : this.quantities.numbers.comparatorAt(tokens, from, limit);
    const first = bound?.to ?? from;
    const paired = this.pairedStrength(tokens, first, limit, comma);
    const quantity = paired ?? this.quantities.at(tokens, from, limit, comma);
    const unit = quantity?.unit;
    if (quantity == null || unit == null || !doseKinds.has(unit.kind) || bodyWeights.has(unit.ucum)) return undefined;
    if (unit.per.length > 0 && concentrations.has(unit.per[0]!) && unit.kind !== 'ratio') return undefined;
    const frequency = this.frequencyAt(tokens, quantity.to, limit) ?? this.onDay(tokens, quantity.to, limit) ?? null;
    const inWords = quantity.number.form === 'words' || quantity.number.form === 'vague';
    const weak = unit.common || inWords;
    return { from: first, to: frequency?.to ?? quantity.to, weak, quantity, frequency };
  }

  /** "40 po daily", "200/6 bd": an amount whose unit is left out, before a route, a frequency or another amount. */
  bareAmountAt(tokens: Tokens, from: number, limit: number, comma: boolean): Omit<DoseMention, 'weak'> | undefined {
    if (tokens.kinds[from] !== NUMBER || tokens.breaks[from]! > 0) return undefined;
    const single = this.quantities.numbers.at(tokens, from, limit, comma);
    if (single === undefined) return undefined;
    // The strengths of a combination
    const paired =
      tokens.lower[from + 1] === '/' && tokens.kinds[from + 2] === NUMBER && single.to === from + 1 && from + 2 < limit;
    const number = paired ? { ...single, to: from + 3, low: null, high: null } : single;
    const frequency = this.frequencyAt(tokens, number.to, limit) ?? null;
    if (frequency === null && this.routeAt(tokens, number.to, limit) === undefined) return undefined;
    if (schemeAt(tokens, from, limit) !== undefined || this.times(tokens, from, limit) !== undefined) return undefined;
    return { from, to: frequency?.to ?? number.to, quantity: { from, to: number.to, number, unit: null }, frequency };
  }

  /** "875/125 mg", "5-325 mg": the strengths of a combination. */
  private pairedStrength(tokens: Tokens, from: number, limit: number, comma: boolean): QuantityMention | undefined {
    if (tokens.kinds[from] !== NUMBER || tokens.lower[from + 1] !== '/' || tokens.kinds[from + 2] !== NUMBER)
      return undefined;
    if (from + 3 >= limit || !touches(tokens, from + 1) || !touches(tokens, from + 2)) return undefined;
    const second = this.quantities.at(tokens, from + 2, limit, comma);
    if (second?.unit?.kind !== 'mass' || second.number.form !== 'digits') return undefined;
    if (numberOf(tokens.lower[from]!, comma) < 5 && tokens.lower[from + 2] === '2') return undefined;
    const number: NumberMention = { ...second.number, low: null, high: null };
    return { from, to: second.to, number, unit: second.unit };
  }

  frequencyAt(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    if (from >= limit || tokens.kinds[from] === PUNCTUATION) return undefined;
    const listed = this.listedFrequency(tokens, from, limit);
    const first = tokens.lower[from]!;
    const composed =
      first === 'every' || first === 'each' || first === 'q' || first === 'alle'
        ? (this.interval(tokens, from, limit) ?? this.onDays(tokens, from, limit))
        : (schemeAt(tokens, from, limit) ?? this.times(tokens, from, limit) ?? this.onDays(tokens, from, limit));
    return composed !== undefined && composed.to > (listed?.to ?? 0) ? composed : listed;
  }

  private listedFrequency(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    const match = this.often.longest(tokens, from, limit);
    if (match === undefined) return this.nightly(tokens, from, limit);
    const { phrases: _, ...meaning } = match.value;
    return { from, to: match.end, ...meaning };
  }

  /** "10 mg ON": at night, if no word follows that "on" could introduce. */
  private nightly(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    if (tokens.lower[from] !== 'on' || tokens.source.slice(tokens.starts[from]!, tokens.ends[from]!) !== 'ON')
      return undefined;
    const ended = from + 1 >= limit || tokens.breaks[from + 1]! > 0 || /^[,.;)]$/.test(tokens.lower[from + 1]!);
    return ended ? { from, to: from + 1, timesPerDay: [1, 1], latin: true } : undefined;
  }

  /** "every 6 hours", "q4-6h", "q 8 h", "every 2 weeks". */
  private interval(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    let at = from + 1;
    if (tokens.lower[at] === '.') at++;
    const number = this.quantities.numbers.at(tokens, at, limit, false);
    if (number === undefined || number.comparator !== null) return undefined;
    at = number.to;
    if (isDash(tokens.lower[at])) at++;
    const unit = this.quantities.unitAt(tokens, at, limit);
    if (unit?.kind !== 'time') return undefined;
    const hours = hoursOf.get(unit.ucum);
    const { low, high } = number;
    return {
      from,
      to: tokens.lower[unit.to] === '.' && tokens.lower[at] === 'h' && unit.to < limit ? unit.to + 1 : unit.to,
      ...(hours !== undefined && low !== null && high !== null && { everyHours: [low * hours, high * hours] as const }),
      latin: tokens.lower[from] === 'q' && unit.ucum === 'h',
    };
  }

  /** "2-4 times a day", "3x/day", "x2 daily", "4-hourly", "twice or three times daily". */
  private times(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    if (tokens.lower[from] === 'x' && tokens.kinds[from + 1] === NUMBER) {
      const rest = this.perPeriod(tokens, from + 2, limit);
      const value = Number(tokens.lower[from + 1]);
      return rest === undefined
        ? undefined
        : { from, to: rest.to, ...(rest.day && { timesPerDay: [value, value] as const }) };
    }
    const number = this.quantities.numbers.at(tokens, from, limit, false);
    if (number === undefined || number.low === null || number.high === null || number.comparator !== null)
      return undefined;
    const range = [number.low, number.high] as const;
    let at = number.to;
    if (isDash(tokens.lower[at])) at++;
    if (tokens.lower[at] === 'hourly') return { from, to: at + 1, everyHours: range };
    const word = tokens.lower[at];
    if (word !== 'times' && word !== 'time' && word !== 'x' && word !== '×' && word !== 'mal') return undefined;
    const rest = this.perPeriod(tokens, at + 1, limit);
    return rest === undefined ? undefined : { from, to: rest.to, ...(rest.day && { timesPerDay: range }) };
  }

  private perPeriod(
    tokens: Tokens,
    from: number,
    limit: number,
  ): { readonly to: number; readonly day: boolean } | undefined {
    if (from >= limit) return undefined;
    const next = tokens.lower[from];
    if (next === '/' || next === 'per' || next === 'a' || next === 'each' || next === 'every' || next === 'pro') {
      const unit = this.quantities.unitAt(tokens, from + 1, limit);
      return unit?.kind === 'time' && unit.per.length === 0 ? { to: unit.to, day: unit.ucum === 'd' } : undefined;
    }
    const listed = this.often.longest(tokens, from, limit);
    return listed === undefined ? undefined : { to: listed.end, day: listed.value.timesPerDay?.[1] === 1 };
  }

  /** "Mon, Wed and Fri", "Tue-Sun", "on Mondays". */
  private onDays(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    const start = tokens.lower[from] === 'on' || tokens.lower[from] === 'every' ? from + 1 : from;
    const first = start < limit ? this.days.longest(tokens, start, limit) : undefined;
    if (first === undefined) return undefined;
    let to = first.end;
    while (to < limit) {
      const joined: number = /^(?:[-–,/&]|and)$/.test(tokens.lower[to]!) ? to + 1 : to;
      const next = joined < limit ? this.days.longest(tokens, joined, limit) : undefined;
      if (next === undefined) break;
      to = next.end;
    }
    // "on Thursday" alone is a date.
    const repeated = to > first.end || tokens.lower[to - 1]!.endsWith('days') || tokens.lower[from] === 'every';
    return repeated ? { from, to } : undefined;
  }

  /** "1/2 tablet Mon": a single day directly after an amount. */
  private onDay(tokens: Tokens, from: number, limit: number): FrequencyMention | undefined {
    const day = from < limit ? this.days.longest(tokens, from, limit) : undefined;
    return day === undefined ? undefined : { from, to: day.end };
  }
}

/** "1-0-1", "1-0-0-0", "½-0-½": morning, noon, evening, night. */
const schemeAt = (tokens: Tokens, from: number, limit: number): FrequencyMention | undefined => {
  const scheme: number[] = [];
  let at = from;
  while (at < limit && scheme.length < 4) {
    const text = tokens.lower[at]!;
    const value = text === '½' ? 0.5 : tokens.kinds[at] === NUMBER ? numberOf(text, true) : Number.NaN;
    if (!(value <= 9) || text.length > 3) break;
    scheme.push(value);
    at++;
    if (scheme.length < 4 && isDash(tokens.lower[at]) && touches(tokens, at) && touches(tokens, at + 1)) at++;
    else break;
  }
  if (scheme.length < 3 || !scheme.includes(0) || isDash(tokens.lower[at]) || tokens.lower[at - 1] === '-')
    return undefined;
  const total = scheme.filter((value) => value > 0).length;
  return { from, to: at, scheme, timesPerDay: [total, total], latin: true };
};
