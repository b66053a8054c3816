import type { Assertion as AssertionV1, Finding, SectionLabel } from '../engine.ts';
import type { Assertion, NoteSection, Problem } from '../model.ts';

/** An assertion in the four values of version 1. */
export const assertionToV1 = ({ presence, conditional, generic, time, subject }: Assertion): AssertionV1 => ({
  negation: presence === 'absent' || presence === 'unlikely' ? 'negated' : 'affirmed',
  certainty: presence === 'likely' || presence === 'possible' || presence === 'unlikely' ? 'uncertain' : 'certain',
  temporality:
    conditional || generic || time === 'future'
      ? 'hypothetical'
      : // What has resolved is negated, and of today.
        time === 'past'
        ? 'historical'
        : 'recent',
  experiencer: subject === 'patient' ? 'patient' : 'other',
});

export const problemToV1 = (
  { start, end, text, kind, section, ...assertion }: Problem,
  sections: readonly Pick<NoteSection, 'label'>[],
): Finding => ({
  start,
  end,
  text,
  kind: kind === 'problem' ? 'problem' : 'symptom',
  ...assertionToV1(assertion),
  section: labelOf(section, sections),
});

const labelOf = (section: number | null, sections: readonly Pick<NoteSection, 'label'>[]): SectionLabel | null =>
  section === null ? null : (sections[section]?.label ?? null);
