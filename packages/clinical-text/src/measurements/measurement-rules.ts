import type { Measurement } from '../engine.ts';
import { labRules, type MeasurementRule, measurementLinks, vitalRules } from '../lexicon/measurements.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';

/** Tokens between a name and its value. */
const REACH = 8;

interface Rule extends MeasurementRule {
  readonly kind: 'vital' | 'lab';
  readonly unitTrie: PhraseTrie<number>;
}

/** Vital signs and laboratory values: a name, what links it, a number, a unit. */
export class MeasurementRules {
  private readonly names = new PhraseTrie<Rule>();
  private readonly links = new PhraseTrie<true>().addAll(measurementLinks, true);

  constructor() {
    for (const [kind, rules] of [
      ['vital', vitalRules],
      ['lab', labRules],
    ] as const) {
      for (const rule of rules) {
        const unitTrie = new PhraseTrie<number>();
        for (const [at, unit] of rule.units.entries()) unitTrie.add(unit, at);
        this.names.addAll(rule.names, { ...rule, kind, unitTrie });
      }
    }
  }

  find(tokens: Tokens): { readonly vitals: Measurement[]; readonly labs: Measurement[] } {
    const vitals: Measurement[] = [];
    const labs: Measurement[] = [];
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kinds[at] !== WORD && tokens.kinds[at] !== NUMBER) continue;
      const match = this.names.longest(tokens, at, tokens.count);
      if (match === undefined) continue;
      const found = this.measure(tokens, at, match.end, match.value);
      if (found !== undefined) (match.value.kind === 'vital' ? vitals : labs).push(found.measurement);
      at = (found?.to ?? match.end) - 1;
    }
    return { vitals, labs };
  }

  private measure(
    tokens: Tokens,
    from: number,
    nameEnd: number,
    rule: Rule,
  ): { readonly measurement: Measurement; readonly to: number } | undefined {
    const at = this.valueAt(tokens, nameEnd);
    if (at === undefined) return undefined;
    // "CK7" is a marker, "T4" a hormone; "K" and "Na" are written so, and have their value beside them.
    if (touches(tokens, at) && at === nameEnd) return undefined;
    if (tokens.lower[from]!.length < 3 && nameEnd === from + 1 && (at - nameEnd > 2 || tokens.shapes[from] === LOWER))
      return undefined;
    const values = [numberOf(tokens, at)];
    let to = at + 1;
    if (rule.name === 'blood pressure') {
      if (tokens.lower[to] !== '/' && tokens.lower[to] !== 'over') return undefined;
      if (tokens.kinds[to + 1] !== NUMBER) return undefined;
      values.push(numberOf(tokens, to + 1));
      to += 2;
    } else if (tokens.lower[to] === '/' && tokens.kinds[to + 1] === NUMBER && rule.name !== 'pain score')
      return undefined;
    if (values.some((value) => !(value >= rule.plausible[0] && value <= rule.plausible[1]))) return undefined;
    if (tokens.lower[to] === 'mg' && rule.kind === 'lab' && tokens.lower[to + 1] !== '/') return undefined;
    const unit = this.unitAt(tokens, to, rule);
    if (unit !== undefined) to = unit.end;
    return {
      to,
      measurement: {
        ...tokenSpan(tokens, from, to),
        name: rule.name,
        values,
        unit: unit === undefined ? null : tokenSpan(tokens, unit.from, unit.end).text,
        flag: flagOf(rule, values, unit?.index),
      },
    };
  }

  private valueAt(tokens: Tokens, from: number): number | undefined {
    let at = from;
    while (at < tokens.count && at - from <= REACH) {
      if (tokens.breaks[at]! > 1) return undefined;
      if (tokens.kinds[at] === NUMBER) return at;
      const link = this.links.longest(tokens, at, tokens.count);
      if (link === undefined) return undefined;
      at = link.end;
    }
    return undefined;
  }

  private unitAt(tokens: Tokens, from: number, rule: Rule): { from: number; end: number; index: number } | undefined {
    const at = tokens.lower[from] === '°' && !rule.units.includes('°f') ? from + 1 : from;
    const unit = at < tokens.count ? rule.unitTrie.longest(tokens, at, tokens.count) : undefined;
    return unit === undefined ? undefined : { from: at, end: unit.end, index: unit.value };
  }
}

const numberOf = (tokens: Tokens, at: number): number => {
  const value = Number(tokens.lower[at]!.replaceAll(',', ''));
  const sign = tokens.lower[at - 1] === '-' && touches(tokens, at) && !touches(tokens, at - 1) ? -1 : 1;
  return sign * value;
};

const FEVER = { f: [96, 100.4], c: [35.5, 38] } as const;

const flagOf = (rule: Rule, values: readonly number[], unit: number | undefined): Measurement['flag'] => {
  const value = values[0]!;
  if (rule.name === 'temperature') return against(value, value > 50 ? FEVER.f : FEVER.c);
  if (rule.name === 'blood pressure') {
    if (value >= 140 || values[1]! >= 90) return 'high';
    return value < 90 || values[1]! < 50 ? 'low' : 'normal';
  }
  // A count of thousands may be written out in full.
  if ((rule.name === 'platelets' || rule.name === 'white blood cells') && value >= 1000)
    return against(value / 1000, rule.normal![0]!);
  const range =
    rule.normal?.[rule.kind === 'vital' ? 0 : (unit ?? 0)] ?? (unit === undefined ? rule.normal?.[0] : undefined);
  return range === undefined ? null : against(value, range);
};

const against = (value: number, [low, high]: readonly [number, number]): 'low' | 'normal' | 'high' =>
  value < low ? 'low' : value > high ? 'high' : 'normal';
