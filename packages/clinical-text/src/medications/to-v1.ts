import type { Medication as MedicationV1, Span } from '../engine.ts';
import type { Allergy, Medication, MedicationStatus, Regimen } from '../model.ts';

/** Statuses of drugs that the patient does not take now. */
export const notTaken: ReadonlySet<MedicationStatus> = new Set([
  'stopped',
  'held',
  'refused',
  'completed',
  'historical',
  'not-given',
]);

/** Version 1 counts a frequency that directly follows an amount to the dose. */
const dosesOf = (note: string, { strength, dose, rate, maximum, frequency }: Regimen): Span[] => {
  const spans = [strength, dose, rate, maximum].flatMap((quantity) => (quantity === undefined ? [] : [quantity.text]));
  const distinct = [...new Map(spans.map((span) => [span.start, span])).values()].sort((a, b) => a.start - b.start);
  return distinct.map(({ start, end, text }) => {
    const joined = frequency !== undefined && frequency.start >= end && note.slice(end, frequency.start).trim() === '';
    return joined ? { start, end: frequency.end, text: note.slice(start, frequency.end) } : { start, end, text };
  });
};

const byPlace = (a: Span, b: Span): number => a.start - b.start;

/** A medication in the shape of version 1: `negated` is whatever the patient does not take now. */
export const medicationToV1 = (note: string, medication: Medication): MedicationV1 => {
  const { start, end, text, status, subject, presence, steps, previous, kind } = medication;
  const regimens = previous === undefined ? steps : [previous, ...steps];
  const plain = ({ start, end, text }: Span): Span => ({ start, end, text });
  return {
    start,
    end,
    text,
    kind: kind === 'class' ? 'class' : 'drug',
    doses: regimens.flatMap((regimen) => dosesOf(note, regimen)).sort(byPlace),
    routes: regimens.flatMap(({ route }) => (route === undefined ? [] : [plain(route)])),
    frequencies: regimens
      .flatMap(({ frequency, prn }) => [frequency, prn].filter((span) => span !== undefined).map(plain))
      .sort(byPlace),
    negation: notTaken.has(status) || presence === 'absent' || subject !== 'patient' ? 'negated' : 'affirmed',
  };
};

/** An allergy to a drug was a negated medication in version 1. */
export const allergyToV1 = ({ start, end, text, category, substance }: Allergy): MedicationV1 | null =>
  category !== 'medication' || substance === null
    ? null
    : { start, end, text, kind: 'drug', doses: [], routes: [], frequencies: [], negation: 'negated' };
