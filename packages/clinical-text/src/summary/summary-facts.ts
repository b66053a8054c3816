import { flagOfValue } from '../measurements/to-v1.ts';
import type { Medication, Quantity, Test, TestValue } from '../model.ts';
import type { SummaryDose, SummaryValue } from './summarizer.ts';

/** The amounts of each drug, in order of place. */
export const dosesOf = (medications: readonly Medication[]): SummaryDose[] =>
  medications
    .flatMap(({ name, steps, previous }) =>
      (previous === undefined ? steps : [previous, ...steps]).flatMap(({ strength, dose, rate, maximum }) =>
        [strength, dose, rate, maximum]
          .filter((quantity): quantity is Quantity => quantity !== undefined)
          .map(({ text }) => ({ ...text, key: `${name} ${text.text}`.toLowerCase() })),
      ),
    )
    .sort((a, b) => a.start - b.start);

/** The values of each test; a pending one stands as a whole. */
export const valuesOf = (tests: readonly Test[]): SummaryValue[] =>
  tests
    .flatMap(({ start, end, text, name, values, pending }): SummaryValue[] => {
      if (pending) return [{ start, end, text, key: `${name} pending`, abnormal: false, series: true }];
      return values.map((value) => ({
        ...value.text,
        key: `${name} ${value.text.text}`,
        abnormal: isAbnormal(value),
        series: values.length > 1,
      }));
    })
    .sort((a, b) => a.start - b.start);

const isAbnormal = (value: TestValue): boolean => {
  const said = value.flagOfNote?.value;
  const flag = flagOfValue(value);
  return flag === 'low' || flag === 'high' || said === 'critical' || said === 'abnormal';
};
