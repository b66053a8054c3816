import {
  flagWords,
  type MeasurementRule,
  oxygenWords,
  positions,
  type ReferenceRange,
} from '../lexicon/measurements.ts';
import type { TestValue } from '../model.ts';
import { type NumberMention, numberOf } from '../quantity/numbers.ts';
import type { QuantityRules, UnitMention } from '../quantity/quantities.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';

type NoteFlag = NonNullable<TestValue['flagOfNote']>['value'];
type Position = NonNullable<TestValue['position']>;
interface Place {
  readonly from: number;
  readonly to: number;
}

/** A value as it was read: places are tokens. */
export interface ValueMention extends Place {
  readonly number: NumberMention;
  /** The diastolic part of a blood pressure. */
  readonly second: NumberMention | null;
  readonly unit: UnitMention | null;
  readonly flag: (Place & { readonly value: NoteFlag }) | null;
  readonly range: (Place & { readonly low: number | null; readonly high: number | null }) | null;
  readonly position: Position | null;
  readonly on: Place | null;
}

const SOURCE = 'adult range of the rule pack';
/** A lab value in one of these without "per volume" is a dose: "potassium 40 mEq". */
const doseKinds = new Set(['mass', 'activity', 'substance', 'volume', 'form']);
/** Kinds of unit that are of measurements alone. */
const otherKinds = new Set(['ratio', 'pressure', 'count', 'rate']);
const dashes = /^(?:-|–|to)$/;
const rangeWords = /^(?:ref|reference|normal|range|nr|rr|n|norm|interval|limits|referenz)$/;

/** One value of a test: a number or a pair, its unit, the note's own flag and range, position and oxygen. */
export class TestValueRules {
  private readonly quantities: QuantityRules;
  private readonly flags = new PhraseTrie<NoteFlag>();
  private readonly positions = new PhraseTrie<Position>();
  private readonly positionWords: ReadonlySet<string> = new Set(positions.flatMap(([, words]) => words));
  private readonly oxygen = new PhraseTrie<true>().addAll(oxygenWords, true);

  constructor(quantities: QuantityRules) {
    this.quantities = quantities;
    for (const [flag, words] of flagWords) this.flags.addAll(words, flag);
    for (const [position, words] of positions) this.positions.addAll(words, position);
  }

  isPosition(word: string): boolean {
    return this.positionWords.has(word);
  }

  positionAt(
    tokens: Tokens,
    at: number,
    limit: number,
  ): { readonly value: Position; readonly end: number } | undefined {
    return at < limit ? this.positions.longest(tokens, at, limit) : undefined;
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
      if (rule.kind !== 'score' && rule.name !== 'pain score') return undefined;
      to += 2;
    }
    const values = [number.low, number.high, second?.low, second?.high].filter((value) => value != null);
    if (values.length === 0 || values.some((value) => !(value >= rule.plausible[0] && value <= rule.plausible[1])))
      return undefined;
    // Between the two scales there is no temperature of a person.
    if (rule.name === 'temperature' && values.some((value) => value > 45 && value < 90)) return undefined;
    if (/^(?:times|time|x)$/.test(tokens.lower[to] ?? '') && to < limit) return undefined;
    // "2nd generation"
    if (/^(?:st|nd|rd|th)$/.test(tokens.lower[to] ?? '') && to < limit && touches(tokens, to)) return undefined;
    if (rule.paired === true && values[0]! < (second?.low ?? 0)) return undefined;
    const unit = this.unitAt(tokens, to, limit, rule);
    if (unit === 'other') return undefined;
    if (unit !== null) to = unit.to;
    return this.adorned(
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

  /** What follows a value and belongs to it: "(H)", "[3.5-5.0]", "on 4 L NC", "standing". */
  private adorned(
    tokens: Tokens,
    rule: MeasurementRule,
    value: ValueMention,
    limit: number,
    comma: boolean,
  ): ValueMention {
    let { flag, range, position, on, to } = value;
    for (let at = to; at < limit; ) {
      const word = tokens.lower[at]!;
      if (tokens.breaks[at]! > 0) break;
      const found = flag === null ? this.flagAt(tokens, at, limit) : undefined;
      if (found !== undefined) {
        flag = found;
        at = to = found.end;
        continue;
      }
      const limits = range === null ? this.rangeAt(tokens, at, limit, comma) : undefined;
      if (limits !== undefined) {
        range = limits;
        at = to = limits.end;
        continue;
      }
      const place = position === null ? this.positions.longest(tokens, at, limit) : undefined;
      if (place !== undefined) {
        position = place.value;
        at = to = place.end;
        continue;
      }
      const oxygen = on === null && rule.name === 'oxygen saturation' ? this.oxygenAt(tokens, at, limit) : undefined;
      if (oxygen !== undefined) {
        on = { from: oxygen.from, to: oxygen.to };
        at = to = oxygen.to;
        continue;
      }
      if (word === '|' || (word === ',' && this.flagAt(tokens, at + 1, limit) !== undefined)) at++;
      else break;
    }
    return { ...value, to, flag, range, position, on };
  }

  private flagAt(
    tokens: Tokens,
    from: number,
    limit: number,
  ): (Place & { readonly value: NoteFlag; readonly end: number }) | undefined {
    const bracket = tokens.lower[from] === '(' || tokens.lower[from] === '[' || tokens.lower[from] === '|';
    const at = bracket ? from + 1 : from;
    if (at >= limit || tokens.kinds[at] === NUMBER) return undefined;
    const match = this.flags.longest(tokens, at, limit);
    if (match === undefined) return undefined;
    const letters = tokens.kinds[at] === WORD && tokens.lower[at]!.length < 3 && match.end === at + 1;
    // "K 3.2 L", but not "5 l" or "4 L NC".
    if (letters && tokens.shapes[at] === LOWER) return undefined;
    if (letters && !bracket && this.oxygen.longest(tokens, match.end, limit) !== undefined && match.end < limit)
      return undefined;
    // "9.1 low back pain" speaks of something else.
    if (
      !letters &&
      !bracket &&
      tokens.kinds[at] === WORD &&
      tokens.kinds[match.end] === WORD &&
      match.end < limit &&
      tokens.breaks[match.end] === 0
    )
      return undefined;
    const closed = bracket && /^[)\]|]$/.test(tokens.lower[match.end] ?? '');
    if (
      bracket &&
      !closed &&
      tokens.lower[from] !== '|' &&
      tokens.lower[match.end] !== ',' &&
      tokens.lower[match.end] !== ';'
    )
      return undefined;
    const end = closed && tokens.lower[from] !== '|' ? match.end + 1 : match.end;
    return { from: at, to: match.end, value: match.value, end };
  }

  /** "(3.5-5.0)", "[ref <0.04]", "| 4.0-11.0" */
  private rangeAt(
    tokens: Tokens,
    from: number,
    limit: number,
    comma: boolean,
  ): (Place & { readonly low: number | null; readonly high: number | null; readonly end: number }) | undefined {
    const open = tokens.lower[from]!;
    const bracket = open === '(' || open === '[' || open === '|' || open === '{';
    let at = bracket ? from + 1 : from;
    let named = false;
    while (
      at < limit &&
      (rangeWords.test(tokens.lower[at]!) || /^(?::|=|-|\.)$/.test(tokens.lower[at]!) || tokens.lower[at] === 'is')
    ) {
      named ||= tokens.kinds[at] === WORD;
      at++;
    }
    if (!bracket && !named) return undefined;
    const number = at < limit ? this.quantities.numbers.at(tokens, at, limit, comma) : undefined;
    if (number === undefined || (number.form !== 'range' && number.comparator === null)) return undefined;
    if (!named && number.form !== 'range' && open !== '(' && open !== '[') return undefined;
    let end = number.to;
    while (end < limit && end - number.to < 5 && !/^[)\]}|,;]$/.test(tokens.lower[end]!) && bracket && open !== '|')
      end++;
    if (/^[)\]}]$/.test(tokens.lower[end] ?? '')) end++;
    return { from: at, to: number.to, low: number.low, high: number.high, end };
  }

  /** "on RA", "4 L NC", "on 15 L via mask" */
  private oxygenAt(tokens: Tokens, from: number, limit: number): Place | undefined {
    let at =
      tokens.lower[from] === 'on' || tokens.lower[from] === '(' || tokens.lower[from] === 'via' ? from + 1 : from;
    const led = at > from;
    const litres = at < limit && tokens.kinds[at] === NUMBER && tokens.lower[at + 1] === 'l';
    if (litres) {
      at += 2;
      if (tokens.lower[at] === '/' && tokens.lower[at + 1] === 'min') at += 2;
      if (tokens.lower[at] === 'via' || tokens.lower[at] === 'on' || tokens.lower[at] === 'by') at++;
    }
    const words = at < limit ? this.oxygen.longest(tokens, led ? at : at, limit) : undefined;
    if (words === undefined && !litres) return undefined;
    if (words === undefined && litres && !led) return undefined;
    const start = led && tokens.lower[from] !== 'on' ? from + 1 : from;
    let end = words?.end ?? at;
    if (tokens.lower[from] === '(' && tokens.lower[end] === ')') end++;
    return { from: start, to: end };
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

/** The same unit under another name: 10*9/L and 10*3/uL, [IU]/L and U/L. */
const sameUnit = (rule: MeasurementRule, ucum: string): ReferenceRange | undefined => {
  const other = ucum.replace(/^\[IU\]/, 'U').replace(/\/\{1\.73_m2\}$/, '/{1.73_m2}');
  // German charts count cells in giga per litre: "15,3 G/l".
  const giga = ucum === 'g/L' ? '10*9/L' : ucum;
  return rule.ranges.find((range) => range.ucum === ucum || range.ucum === other || range.ucum === giga);
};

const rangeFor = (rule: MeasurementRule, unit: UnitMention | null, value: number): ReferenceRange | undefined => {
  if (unit !== null && unit.ucum !== 'deg') {
    const known = sameUnit(rule, unit.ucum);
    if (known !== undefined || rule.kind !== 'vital') return known;
  }
  return rule.ranges.find(({ below }) => value < below);
};

const ucumOf = (rule: MeasurementRule, unit: UnitMention | null, value: number): string | null => {
  if (unit === null) return null;
  if (unit.ucum === 'deg') return rangeFor(rule, unit, value)?.ucum ?? null;
  return sameUnit(rule, unit.ucum)?.ucum ?? unit.ucum;
};

const flagOfRange = (rule: MeasurementRule, { number, second, unit }: ValueMention): TestValue['flagOfRange'] => {
  const reading = number.low ?? number.high;
  if (reading === null) return null;
  const range = rangeFor(rule, unit, reading);
  if (range === undefined) return null;
  const made = (value: 'low' | 'normal' | 'high') => ({
    value,
    range: [range.low, range.high] as const,
    source: SOURCE,
  });
  if (second !== null) {
    const diastolic = second.low ?? second.high!;
    if (reading >= 140 || diastolic >= 90) return made('high');
    return made(reading < 90 || diastolic < 50 ? 'low' : 'normal');
  }
  const low = number.low;
  const high = number.high;
  if (number.comparator === '>' || number.comparator === '>=') {
    // "Above 3" says nothing of a range that begins at 3.5.
    if (low! >= range.high) return made('high');
    return low! >= range.low ? made('normal') : null;
  }
  if (number.comparator === '<' || number.comparator === '<=') {
    if (high! <= range.low && range.low > 0) return made('low');
    return high! <= range.high ? made('normal') : null;
  }
  if (high! > range.high) return made('high');
  return made(low! < range.low ? 'low' : 'normal');
};

export const isShortName = (tokens: Tokens, from: number, to: number): boolean =>
  to === from + 1 && tokens.lower[from]!.length < 4 && tokens.kinds[from] !== PUNCTUATION;
export const isLowerCase = (tokens: Tokens, at: number): boolean => tokens.shapes[at] === LOWER;
