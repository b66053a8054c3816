import type { Analysis, Finding, Medication, Span } from '@healthcare-ai/clinical-text/engine';
import type { Doubt } from '../verify.ts';

/** An item of the model that the rules read otherwise; offsets are into the note. */
export type Contradiction = Doubt;

/** The items of a model's answer, at their places in the note. */
export interface PlacedItems {
  readonly findings: readonly Finding[];
  readonly medications: readonly Medication[];
  readonly allergies: readonly (Span & { readonly status: 'allergic' | 'none-known' | 'refuted' })[];
}

const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
const at = (kind: Contradiction['kind'], { start, end }: Span): Contradiction => ({ kind, start, end });

/**
 * Where the rules read the note otherwise than the model: a finding that one affirms and the other denies, a drug that
 * one takes for taken and the other for stopped, a dose of another drug, an allergy that one of the two does not have.
 */
export function contradictions({ findings, medications, allergies }: PlacedItems, rules: Analysis): Contradiction[] {
  const allergic = (rules.v2?.allergies ?? []).filter(
    ({ status, subject }) => status === 'active' && subject === 'patient',
  );
  const substances = allergic.filter(({ substance }) => substance !== null);
  const found: Contradiction[] = [];
  for (const finding of findings) {
    const read = rules.findings.filter((other) => overlaps(other, finding));
    if (read.length > 0 && read.every(({ negation }) => negation !== finding.negation))
      found.push(at('negation', finding));
  }
  for (const medication of medications) {
    const asAllergy = medication.negation === 'affirmed' && substances.some((allergy) => overlaps(allergy, medication));
    if (asAllergy) {
      found.push(at('allergy', medication));
      continue;
    }
    const read = rules.medications.filter((other) => overlaps(other, medication));
    if (read.length > 0 && read.every(({ negation }) => negation !== medication.negation))
      found.push(at('drug', medication));
    for (const dose of medication.doses) {
      const owners = rules.medications.filter(({ doses }) => doses.some((other) => overlaps(other, dose)));
      if (owners.length > 0 && !owners.some((owner) => overlaps(owner, medication))) found.push(at('dose', dose));
    }
  }
  for (const allergy of allergies) {
    const read = (rules.v2?.allergies ?? []).filter((other) => overlaps(other, allergy));
    const agrees =
      allergy.status === 'none-known'
        ? substances.length === 0
        : read.some(({ status }) => (status === 'active') === (allergy.status === 'allergic'));
    if (!agrees) found.push(at('allergy', allergy));
  }
  for (const allergy of substances)
    if (!allergies.some((other) => other.status === 'allergic' && overlaps(other, allergy)))
      found.push(at('allergy', allergy));
  return ordered(found);
}

/** In order of place, each place once for a kind. */
const ordered = (found: readonly Contradiction[]): Contradiction[] =>
  [...found]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .filter(
      (one, index, all) => all.findIndex((other) => other.kind === one.kind && other.start === one.start) === index,
    );
