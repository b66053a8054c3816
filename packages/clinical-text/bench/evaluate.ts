import type { EmbeddedEngine } from '../src/embedded-engine.ts';
import type { Analysis, DeidentificationMode } from '../src/engine.ts';
import { sectionModel } from '../src/lexicon/section-model.ts';
import { evaluateCases } from './cases.ts';
import { evaluateConcepts } from './concepts.ts';
import { evaluateDemographics } from './demographics.ts';
import { evaluateFindings } from './findings.ts';
import type { Evaluation } from './measure.ts';
import { evaluateMedications } from './medications.ts';
import { evaluateNotes } from './notes.ts';
import { evaluateOverRedaction, evaluatePhi, wordsOf } from './phi.ts';
import { hasTags, plantBetween, plantForWords, refillTags } from './phi-documents.ts';
import { evaluateRules } from './rules.ts';
import { evaluateSections } from './sections.ts';
import type { Dataset, EntityRow } from './shapes.ts';
import { evaluateSummaries } from './summaries.ts';

/** Span types whose words are clinical: to mask one is to harm the text. */
const clinicalTypes: ReadonlySet<string> = new Set([
  'Sign_symptom',
  'Disease_disorder',
  'Medication',
  'Dosage',
  'Diagnostic_procedure',
  'Therapeutic_procedure',
  'Biological_structure',
  'Lab_value',
  'Severity',
  'Detailed_description',
]);
const phiTypes =
  /^(?:NAME|PERSON|PATIENT|DOCTOR|DATE|LOCATION|HOSPITAL|INSTITUTION|ORGANIZATION|PHONE|EMAIL|ID|MRN|SSN|AGE_OVER_89|ADDRESS|URL|FAX)$/;

const clinicalWords = ({ text, entities }: EntityRow): { start: number; end: number }[] => {
  const spans = entities.filter(({ type }) => clinicalTypes.has(type)).sort((a, b) => a.start - b.start);
  return wordsOf(text).filter((word) => spans.some(({ start, end }) => start <= word.start && word.end <= end));
};

/** All that can be measured on a file of this shape. */
export const evaluate = (dataset: Dataset, engine: EmbeddedEngine): Evaluation => {
  const analyse = (text: string, mode: DeidentificationMode = 'balanced'): Analysis =>
    engine.analyzeSync(text, { mode });
  switch (dataset.shape) {
    case 'concepts': {
      const texts = [...new Set(dataset.rows.map(({ sentence }) => sentence))];
      const plain = texts.filter((text) => !hasTags(text));
      return join([
        evaluateConcepts(dataset.rows, (text, start, end) => engine.assertionOf(text, start, end)),
        ...(texts.some(hasTags) ? [evaluatePhi('PHI, tags refilled', refillTags(texts), analyse)] : []),
        evaluatePhi('PHI, planted', plantBetween(plain), analyse),
        evaluatePhi('PHI, for words of real sentences', plantForWords(plain), analyse),
        evaluateOverRedaction(
          'over-redaction, text without PHI',
          plain.map((text) => ({ text })),
          analyse,
        ),
      ]);
    }
    case 'entities': {
      const { rows } = dataset;
      if (rows.some(({ entities }) => entities.some(({ type }) => phiTypes.test(type)))) {
        const documents = rows.map(({ text, entities }) => ({
          text,
          planted: entities
            .filter(({ type }) => phiTypes.test(type))
            .map(({ type, start, end }) => ({ category: type as 'NAME', start, end })),
        }));
        return evaluatePhi('PHI, annotated', documents, analyse);
      }
      const analyses = rows.map(({ text }) => analyse(text));
      return join([
        evaluateMedications(rows, analyses),
        evaluateDemographics(rows, analyses),
        evaluateFindings(rows, analyses),
        evaluateRules(
          rows,
          rows.map(({ text }) => engine.analyzeNote(text)),
        ),
        evaluateOverRedaction(
          'over-redaction, annotated clinical words',
          rows.map((row) => ({ text: row.text, words: clinicalWords(row) })),
          analyse,
        ),
      ]);
    }
    case 'cases':
      return evaluateCases(dataset.rows, (text, options) => engine.analyzeSync(text, options));
    case 'sections':
      return evaluateSections(dataset.rows, (text) => engine.labelOf(text), sectionModel.trainedOn);
    case 'notes': {
      const notes = dataset.rows.map(({ note_text: note }) => note);
      return join([
        evaluateNotes(dataset.rows, analyse),
        evaluateSummaries(
          notes,
          notes.map((note) => analyse(note)),
        ),
      ]);
    }
  }
};

const join = (evaluations: readonly Evaluation[]): Evaluation => ({
  measures: evaluations.flatMap(({ measures }) => measures),
  errors: evaluations.flatMap(({ errors }) => errors),
  notes: [...new Set(evaluations.flatMap(({ notes }) => notes))],
});
