import type { Measurement } from '../engine.ts';
import type { Medication, Quantity } from '../model.ts';
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

export const valuesOf = (measurements: readonly Measurement[]): SummaryValue[] =>
  measurements.map(({ start, end, text, name, values, flag }) => ({
    start,
    end,
    text,
    key: `${name} ${values.join('/')}`,
    abnormal: flag === 'low' || flag === 'high',
    series: false,
  }));
