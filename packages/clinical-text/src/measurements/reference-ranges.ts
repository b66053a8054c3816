import type { MeasurementRule, ReferenceRange } from '../lexicon/measurements.ts';
import type { TestValue } from '../model.ts';
import type { UnitMention } from '../quantity/quantities.ts';
import type { ValueMention } from './value-mention.ts';

const SOURCE = 'adult range of the rule pack';

/** The same unit under another name: 10*9/L and 10*3/uL, [IU]/L and U/L. */
export const sameUnit = (rule: MeasurementRule, ucum: string): ReferenceRange | undefined => {
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

export const ucumOf = (rule: MeasurementRule, unit: UnitMention | null, value: number): string | null => {
  if (unit === null) return null;
  if (unit.ucum === 'deg') return rangeFor(rule, unit, value)?.ucum ?? null;
  return sameUnit(rule, unit.ucum)?.ucum ?? unit.ucum;
};

export const flagOfRange = (
  rule: MeasurementRule,
  { number, second, unit }: ValueMention,
): TestValue['flagOfRange'] => {
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
    // "Above 3" gives no verdict for a range that begins at 3.5.
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
