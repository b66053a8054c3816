import { perUnits, type Unit, units } from '../lexicon/units.ts';
import type { Quantity } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { isDash, type NumberMention, NumberRules } from './numbers.ts';

export interface UnitMention extends Unit {
  readonly from: number;
  readonly to: number;
  /** Units after slashes, in UCUM: `kg`, `h`. */
  readonly per: readonly string[];
}

export interface QuantityMention {
  readonly from: number;
  readonly to: number;
  readonly number: NumberMention;
  readonly unit: UnitMention | null;
}

/**
 * The one grammar of amounts: a number (see `NumberRules`), then a unit composed of a base unit and units after
 * slashes. Doses, test values, ages and durations read it; each names the kinds of unit that it accepts.
 */
export class QuantityRules {
  readonly numbers = new NumberRules();
  private readonly units = new PhraseTrie<Unit>();
  private readonly per = new PhraseTrie<string>();

  constructor() {
    for (const { spellings, ...unit } of units) this.units.addAll(spellings, unit);
    for (const [ucum, spellings] of perUnits) this.per.addAll(spellings, ucum);
  }

  unitAt(tokens: Tokens, from: number, limit: number): UnitMention | undefined {
    if (from >= limit) return undefined;
    const base = this.units.longest(tokens, from, limit);
    if (base === undefined) return undefined;
    let to = base.end;
    let { ucum } = base.value;
    const per: string[] = [];
    while (to + 1 < limit && per.length < 3 && (tokens.lower[to] === '/' || tokens.lower[to] === 'per')) {
      const next = this.per.longest(tokens, to + 1, limit);
      if (next === undefined) break;
      to = next.end;
      if (next.value === 'm2' || tokens.lower[to - 1] === 'm') {
        if (tokens.lower[to] === '^') to++;
        if (tokens.lower[to] === '2' || tokens.lower[to] === '²') to++;
      }
      per.push(next.value);
      ucum += `/${next.value}`;
    }
    if (tokens.lower[to] === '²' && to < limit) to++;
    return { ...base.value, ucum: ucum.includes('/{1.73') ? 'mL/min/{1.73_m2}' : ucum, from, to, per };
  }

  /** A number, with a unit where one follows. "10 mg-20 mg" is one range; "from 10 mg to 20 mg" is two quantities. */
  at(tokens: Tokens, from: number, limit: number, comma: boolean): QuantityMention | undefined {
    const number = this.numbers.at(tokens, from, limit, comma);
    if (number === undefined) return undefined;
    // "a 5-day course", "500-mg tablets"
    const hyphen = isDash(tokens.lower[number.to]) && touches(tokens, number.to) && touches(tokens, number.to + 1);
    const unit = this.unitAt(tokens, hyphen && tokens.kinds[number.to + 1] === WORD ? number.to + 1 : number.to, limit);
    if (unit === undefined) return { from, to: number.to, number, unit: null };
    if (isDash(tokens.lower[unit.to]) && tokens.kinds[unit.to + 1] === NUMBER && number.form !== 'range') {
      const end = this.numbers.at(tokens, unit.to + 1, limit, comma);
      const same = end === undefined ? undefined : this.unitAt(tokens, end.to, limit);
      if (
        end !== undefined &&
        same?.ucum === unit.ucum &&
        number.low !== null &&
        end.high !== null &&
        end.high > number.low
      ) {
        const range: NumberMention = { to: end.to, low: number.low, high: end.high, comparator: null, form: 'range' };
        return { from, to: same.to, number: range, unit: same };
      }
    }
    return { from, to: unit.to, number, unit };
  }

  /** A length of time: "5 days", "x3d", "for two weeks", and the British "5/7" (days), "2/52" (weeks), "3/12" (months). */
  durationAt(tokens: Tokens, from: number, limit: number, comma: boolean): QuantityMention | undefined {
    const first = tokens.lower[from];
    const led = first === 'for' || first === 'x' || first === '×' || first === 'over' || first === 'in';
    const at = led ? from + 1 : from;
    const unitOf =
      led && tokens.kinds[at] === NUMBER && tokens.lower[at + 1] === '/' ? shorthand(tokens.lower[at + 2]) : null;
    if (unitOf !== null && touches(tokens, at + 1) && touches(tokens, at + 2) && tokens.lower[at + 3] !== '/') {
      const value = Number(tokens.lower[at]);
      const number: NumberMention = { to: at + 3, low: value, high: value, comparator: null, form: 'digits' };
      return {
        from,
        to: at + 3,
        number,
        unit: { kind: 'time', ucum: unitOf, common: false, from: at, to: at + 3, per: [] },
      };
    }
    const quantity = this.at(tokens, at, limit, comma);
    return quantity?.unit?.kind === 'time' && quantity.unit.per.length === 0 ? { ...quantity, from } : undefined;
  }
}

const shorthand = (under: string | undefined): string | null =>
  under === '7' ? 'd' : under === '52' ? 'wk' : under === '12' ? 'mo' : under === '24' ? 'h' : null;

/** The same as a value of the data model. */
export const toQuantity = (tokens: Tokens, { from, to, number, unit }: QuantityMention): Quantity => ({
  text: tokenSpan(tokens, from, to),
  low: number.low,
  high: number.high,
  comparator: number.comparator,
  unit: unit === null ? null : tokenSpan(tokens, unit.from, unit.to).text,
  ucum: unit === null ? null : unit.ucum,
});
