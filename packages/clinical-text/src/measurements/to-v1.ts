import type { Measurement } from '../engine.ts';
import type { Test, TestValue } from '../model.ts';

/** The verdict of the note, else of its own range, else of the rule pack's. */
export const flagOfValue = ({ flagOfNote, rangeOfNote, flagOfRange, low, high }: TestValue): Measurement['flag'] => {
  const said = flagOfNote?.value;
  if (said === 'low' || said === 'high' || said === 'normal') return said;
  if (rangeOfNote !== undefined) {
    if (rangeOfNote.high !== null && (low ?? high ?? 0) > rangeOfNote.high) return 'high';
    if (rangeOfNote.low !== null && (high ?? low ?? 0) < rangeOfNote.low) return 'low';
    return 'normal';
  }
  return flagOfRange?.value ?? null;
};

const valuesOf = ({ parts, low, high }: TestValue): number[] => {
  if (parts !== undefined) return parts.map(({ value }) => value);
  if (low === null || high === null) return [low ?? high!];
  return low === high ? [low] : [low, high];
};

/** Each value is a measurement of version 1; the first one spans the name as well. */
export const testToV1 = (note: string, { start, name, values }: Test): Measurement[] =>
  values
    .filter(({ low, high }) => low !== null || high !== null)
    .map((value, index) => {
      const from = index === 0 ? Math.min(start, value.text.start) : value.text.start;
      return {
        start: from,
        end: value.text.end,
        text: note.slice(from, value.text.end),
        name,
        values: valuesOf(value),
        unit: value.unit,
        flag: flagOfValue(value),
      };
    });
