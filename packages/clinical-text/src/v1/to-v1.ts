import type { Analysis, Assertion as AssertionV1, Finding, SectionLabel, SummarySentence } from '../engine.ts';
import { testToV1 } from '../measurements/to-v1.ts';
import { allergyToV1, medicationToV1 } from '../medications/to-v1.ts';
import type { Assertion, NoteAnalysis, NoteSection, Problem, SummaryPart, SummaryReason } from '../model.ts';

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

const problemToV1 = (problem: Problem, sections: readonly Pick<NoteSection, 'label'>[]): Finding => ({
  start: problem.start,
  end: problem.end,
  text: problem.text,
  kind: problem.kind === 'problem' ? 'problem' : 'symptom',
  ...assertionToV1(problem),
  section: labelOf(problem.section, sections),
});

const labelOf = (section: number | null, sections: readonly Pick<NoteSection, 'label'>[]): SectionLabel | null =>
  section === null ? null : (sections[section]?.label ?? null);

type ReasonV1 = SummarySentence['reasons'][number];

/** Reasons that version 1 does not know, by those that it does. */
const reasonsV1: Readonly<Record<SummaryReason, ReasonV1>> = {
  complaint: 'complaint',
  lead: 'complaint',
  problem: 'problem',
  negative: 'problem',
  allergy: 'medication',
  medication: 'medication',
  dose: 'dose',
  abnormal: 'abnormal',
  value: 'abnormal',
  plan: 'plan',
  'code-status': 'plan',
  procedure: 'plan',
  'follow-up': 'plan',
  pending: 'plan',
};

const summaryToV1 = (
  { start, end, text, section, reasons }: SummaryPart,
  sections: readonly Pick<NoteSection, 'label'>[],
): SummarySentence => ({
  start,
  end,
  text,
  section: labelOf(section, sections),
  reasons: [...new Set(reasons.map((reason) => reasonsV1[reason]))],
});

/** The same analysis with the keys, enums and order of version 1. Pure: the same analysis gives the same bytes. */
export const toV1 = (note: string, analysis: NoteAnalysis): Analysis => {
  const { engine, version, rulePackSha256, sections, ages, sexes, phi, deidentified } = analysis;
  return {
    engine,
    version,
    rulePackSha256,
    sections: sections.map(({ start, end, text, label, part, heading }) => ({
      start,
      end,
      text,
      label,
      part,
      heading,
    })),
    findings: analysis.problems.map((problem) => problemToV1(problem, sections)),
    medications: [
      ...analysis.medications.map((medication) => medicationToV1(note, medication)),
      ...analysis.allergies.map(allergyToV1).filter((allergy) => allergy !== null),
    ].sort((a, b) => a.start - b.start),
    vitals: analysis.tests.filter(({ kind }) => kind === 'vital').flatMap((test) => testToV1(note, test)),
    labs: analysis.tests.filter(({ kind }) => kind !== 'vital').flatMap((test) => testToV1(note, test)),
    ages,
    sexes,
    phi,
    deidentified,
    summary: { sentences: analysis.summary.sentences.map((sentence) => summaryToV1(sentence, sections)) },
  };
};
