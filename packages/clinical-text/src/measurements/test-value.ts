import type { MeasurementRule } from '../lexicon/measurements.ts';
import type { TestValue } from '../model.ts';
import { type NumberMention, numberOf } from '../quantity/numbers.ts';
import type { QuantityRules, UnitMention } from '../quantity/quantities.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { flagOfRange, sameUnit, ucumOf } from './reference-ranges.ts';
import { ValueDetailRules } from './value-details.ts';
import type { ValueMention } from './value-mention.ts';

/** A lab value in one of these without "per volume" is a dose: "potassium 40 mEq". */
const doseKinds = new Set(['mass', 'activity', 'substance', 'volume', 'form']);
/** Kinds of unit that are of measurements alone. */
const otherKinds = new Set(['ratio', 'pressure', 'count', 'rate']);
const dashes = /^(?:-|–|to)$/;
/** One value of a test: a number or a pair, its unit, and what is written beside it. */
export class TestValueRules {
  private readonly quantities: QuantityRules;
  readonly details: ValueDetailRules;

  constructor(quantities: QuantityRules) {
    this.quantities = quantities;
    this.details = new ValueDetailRules(quantities);
  }

  /** @param strict the value must be plausible for the rule */
  at(tokens: Tokens, from: number, limit: number, rule: MeasurementRule, comma: boolean): ValueMention | undefined {
    const number = this.numberAt(tokens, from, limit, rule, comma);
    if (number === undefined) return undefined;
    let to = number.to;
    let second: NumberMention | null = null;
    if (rule.paired === true) {
      if (tokens.lower[to] !== '/' && tokens.lower[to] !== 'over') return undefined;
      second = this.numberAt(tokens, to + 1, limit, rule, comma) ?? null;
      if (second === null) return undefined;
      to = second.to;
    } else if (tokens.lower[to] === '/' && tokens.kinds[to + 1] === NUMBER && touches(tokens, to) && to + 1 < limit) {
      // "4/10" is of a scale, "5/5" a strength, "1/2/24" a date.
      if (rule.kind === 'score' || rule.name === 'pain score') to += 2;
      else if (rule.kind !== 'lab' || seriesEnd(tokens, from, limit) === undefined) return undefined;
    }
    const values = [number.low, number.high, second?.low, second?.high].filter((value) => value != null);
    if (values.length === 0 || values.some((value) => !(value >= rule.plausible[0] && value <= rule.plausible[1])))
      return undefined;
    // Between the two scales there is no temperature of a person.
    if (rule.name === 'temperature' && values.some((value) => value > 45 && value < 90)) return undefined;
    // "3 times", but "21 x10^9/L"
    if (
      /^(?:times|time|x)$/.test(tokens.lower[to] ?? '') &&
      to < limit &&
      this.quantities.unitAt(tokens, to, limit) === undefined
    )
      return undefined;
    // "2nd generation"
    if (/^(?:st|nd|rd|th)$/.test(tokens.lower[to] ?? '') && to < limit && touches(tokens, to)) return undefined;
    if (rule.paired === true && values[0]! < (second?.low ?? 0)) return undefined;
    const unit = this.unitAt(tokens, to, limit, rule);
    if (unit === 'other') return undefined;
    if (unit !== null) to = unit.to;
    return this.details.withDetails(
      tokens,
      rule,
      { from, to, number, second, unit, flag: null, range: null, position: null, on: null },
      limit,
      comma,
    );
  }

  /** A number; "the 70s" and "130's" are about it; "-2" is below zero where the test can be. */
  private numberAt(
    tokens: Tokens,
    from: number,
    limit: number,
    rule: MeasurementRule,
    comma: boolean,
  ): NumberMention | undefined {
    let at = from;
    if (
      tokens.lower[at] === '-' &&
      rule.plausible[0] < 0 &&
      tokens.kinds[at + 1] === NUMBER &&
      touches(tokens, at + 1)
    ) {
      const value = -numberOf(tokens.lower[at + 1]!, comma);
      return { to: at + 2, low: value, high: value, comparator: null, form: 'digits' };
    }
    while (at < limit && /^(?:the|low|mid|upper|high|lower|only)$/.test(tokens.lower[at]!)) at++;
    if (
      at >= limit ||
      (tokens.kinds[at] === WORD && this.quantities.numbers.comparatorAt(tokens, at, limit) === undefined)
    )
      return undefined;
    // "CRP up to 240" has risen to it.
    if (tokens.lower[at] === 'up' && tokens.lower[at + 1] === 'to') at += 2;
    let number = this.quantities.numbers.at(tokens, at, limit, comma);
    // "from 1.1 to 7.4" are two values.
    if (number?.form === 'range' && tokens.lower[from - 1] === 'from')
      number = this.quantities.numbers.at(tokens, at, at + 1, comma);
    if (number === undefined || number.form === 'words' || number.form === 'vague') return undefined;
    // "7,9" is below ten where the decimal is the only plausible reading.
    const text = tokens.lower[at]!;
    if (number.form === 'digits' && /^\d{1,2},\d{3}$/.test(text) && !(number.low! <= rule.plausible[1])) {
      const value = Number(text.replace(',', '.'));
      number = { ...number, low: value, high: value };
    }
    // "10%-12%"
    const { to } = number;
    if (
      number.form === 'digits' &&
      tokens.lower[to] === '%' &&
      dashes.test(tokens.lower[to + 1] ?? '') &&
      tokens.kinds[to + 2] === NUMBER &&
      tokens.lower[to + 3] === '%' &&
      to + 3 < limit
    )
      return { ...number, to: to + 3, high: numberOf(tokens.lower[to + 2]!, comma), form: 'range' };
    const apostrophe = tokens.lower[number.to] === "'" || tokens.lower[number.to] === '’' ? number.to + 1 : number.to;
    if (apostrophe < limit && tokens.lower[apostrophe] === 's' && touches(tokens, apostrophe)) {
      const high = number.form === 'range' ? number.high : number.low;
      const dash = apostrophe + 1;
      // "110s-120s"
      if (dashes.test(tokens.lower[dash] ?? '') && tokens.kinds[dash + 1] === NUMBER && dash + 1 < limit) {
        const plural = tokens.lower[dash + 2] === "'" || tokens.lower[dash + 2] === '’' ? dash + 3 : dash + 2;
        if (tokens.lower[plural] === 's' && plural < limit)
          return { ...number, to: plural + 1, high: numberOf(tokens.lower[dash + 1]!, comma), comparator: '~' };
      }
      return { ...number, to: dash, high, comparator: '~' };
    }
    return number;
  }

  private unitAt(tokens: Tokens, from: number, limit: number, rule: MeasurementRule): UnitMention | 'other' | null {
    let at = from;
    if (tokens.lower[at] === '|') at++;
    if (tokens.lower[at] === '°' && !/^[cf]$/.test(tokens.lower[at + 1] ?? '')) at++;
    const unit = this.quantities.unitAt(tokens, at, limit);
    if (unit === undefined) {
      const degrees = /^(?:degrees?|°)$/.test(tokens.lower[at] ?? '') && rule.name === 'temperature' && at < limit;
      return degrees ? { kind: 'temperature', ucum: 'deg', common: true, from: at, to: at + 1, per: [] } : null;
    }
    if (rule.ranges.some(({ ucum }) => ucum === unit.ucum) || sameUnit(rule, unit.ucum) !== undefined) return unit;
    // "glucose 10% 150 ml" is an infusion.
    if (rule.kind === 'lab' && unit.kind === 'ratio') return 'other';
    if (rule.kind === 'lab' && unit.per.length === 0 && doseKinds.has(unit.kind)) {
      const letter = tokens.lower[unit.from]!;
      // "K 3.2 L" is low, not litres.
      if (unit.to === unit.from + 1 && letter.length === 1 && tokens.shapes[unit.from] !== LOWER) return null;
      return 'other';
    }
    // "glucose (7.8 mg/kg/min)" is an infusion.
    if (rule.kind === 'lab' && unit.per.includes('kg')) return 'other';
    const measured = unit.per.length > 0 || otherKinds.has(unit.kind);
    // "36.6 °C and 97 %" are two measurements.
    if (measured && rule.kind === 'vital' && rule.ranges.length > 0 && unit.kind !== 'temperature') return 'other';
    if (measured) return unit;
    if (unit.kind === 'time' && tokens.lower[unit.from]!.length > 2) return 'other';
    if (rule.name === 'weight' && unit.kind === 'mass') return unit;
    if (rule.name === 'height' && unit.kind === 'length') return unit;
    if (rule.name === 'temperature' && unit.kind === 'temperature') return unit;
    return null;
  }

  /** The value in the data model. */
  toValue(tokens: Tokens, rule: MeasurementRule, mention: ValueMention, newest: boolean, baseline: boolean): TestValue {
    const { from, to, number, second, unit, flag, range, position, on } = mention;
    const end = unit?.to ?? second?.to ?? number.to;
    return {
      text: tokenSpan(tokens, from, Math.min(end, to)),
      low: number.low,
      high: number.high,
      comparator: number.comparator,
      unit: unit === null ? null : tokenSpan(tokens, unit.from, unit.to).text,
      ucum: ucumOf(rule, unit, number.low ?? number.high ?? 0),
      ...(second !== null && {
        parts: [
          { name: 'systolic' as const, value: number.low ?? number.high! },
          { name: 'diastolic' as const, value: second.low ?? second.high! },
        ],
      }),
      ...(position !== null && { position }),
      ...(on !== null && { on: tokenSpan(tokens, on.from, on.to) }),
      newest,
      baseline,
      flagOfNote: flag === null ? null : { text: tokenSpan(tokens, flag.from, flag.to), value: flag.value },
      ...(range !== null && {
        rangeOfNote: {
          text: tokenSpan(tokens, range.from, range.to),
          low: range.low,
          high: range.high,
          comparator: range.low === null ? ('<' as const) : range.high === null ? ('>' as const) : null,
          unit: null,
          ucum: null,
        },
      }),
      flagOfRange: flagOfRange(rule, mention),
    };
  }
}

/** "1.1/1.4/2.2", "128/131/134": the end of values of one test that are written one after the other. */
export const seriesEnd = (tokens: Tokens, from: number, limit: number): number | undefined => {
  let to = from + 1;
  let small = tokens.lower[from]!.length < 3 && !tokens.lower[from]!.includes('.');
  while (
    to + 1 < limit &&
    tokens.lower[to] === '/' &&
    tokens.kinds[to + 1] === NUMBER &&
    touches(tokens, to) &&
    touches(tokens, to + 1)
  ) {
    small ||= tokens.lower[to + 1]!.length < 3 && !tokens.lower[to + 1]!.includes('.');
    to += 2;
  }
  return to > from + 1 && !small && (to > from + 3 || tokens.lower[from]!.includes('.')) ? to : undefined;
};

export const isShortName = (tokens: Tokens, from: number, to: number): boolean =>
  to === from + 1 && tokens.lower[from]!.length < 4 && tokens.kinds[from] !== PUNCTUATION;
export const isLowerCase = (tokens: Tokens, at: number): boolean => tokens.shapes[at] === LOWER;
