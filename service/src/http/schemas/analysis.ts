import { phiCategories, sectionLabels } from '@healthcare-ai/clinical-text/engine';
import * as z from 'zod';
import { analysisV2 } from './analysis-v2.ts';
import { keptText } from './kept-text.ts';
import { careTeam, patientId } from './notes.ts';

const span = {
  start: z.int().meta({ description: 'Start in the note, in UTF-16 code units.' }),
  end: z.int().meta({ description: 'End in the note, exclusive.' }),
  text: z.string().meta({ description: 'Text of the note from `start` to `end`.' }),
};
const plainSpan = z.object(span).meta({ id: 'Span' });
const section = z.enum(sectionLabels).nullable();
export const deidentificationMode = z.enum(['balanced', 'recall-first'], 'must be balanced or recall-first');

const measurement = z
  .object({
    ...span,
    name: z.string(),
    values: z.array(z.number()),
    unit: z.string().nullable(),
    flag: z.enum(['low', 'normal', 'high']).nullable(),
  })
  .meta({ id: 'Measurement' });

const phiSpan = { ...span, category: z.enum(phiCategories), rule: z.string() };

export const deidentified = z
  .object({
    text: z.string(),
    mode: deidentificationMode,
    spans: z.array(z.object({ ...phiSpan, replacement: z.string(), output_start: z.int(), output_end: z.int() })),
    dates: z
      .object({
        order: z.enum(['day-first', 'month-first', 'unclear', 'none']).meta({
          description: 'How the figures of dates were read. `unclear`: ambiguous dates are masked, not moved.',
        }),
        unmoved: z.int().meta({ description: 'Dates that are masked because it is not sure which day they are.' }),
      })
      .optional()
      .meta({ description: 'Given where dates are shifted.' }),
    known: z
      .object({
        matches: z.int(),
        not_found: z.array(z.string()).meta({
          description:
            'JSON pointers into `known_identifiers`: what the text does not hold. Many hint at another patient.',
        }),
      })
      .optional()
      .meta({ description: 'Given where known identifiers were sent.' }),
  })
  .meta({ id: 'Deidentified' });

const doubtKinds = ['number', 'drug', 'dose', 'negation', 'allergy'] as const;
const doubt = z.object({ kind: z.enum(doubtKinds), start: z.int(), end: z.int() });

const modelAnswer = z
  .object({
    summary: z.string().meta({ description: 'Draft summary, written by the model.' }),
    verdict: z.object({
      status: z.enum(['verified', 'needs_review']),
      doubts: z.array(doubt),
    }),
    dropped_quotes: z
      .int()
      .meta({ description: 'Items and sentences dropped because their quotation is not in the note.' }),
    sources: z
      .array(z.object({ start: z.int(), end: z.int(), note: z.object({ start: z.int(), end: z.int() }) }))
      .optional()
      .meta({
        description: 'For each sentence of `summary`, by its offsets, the supporting place in the note.',
      }),
    contradictions: z
      .array(doubt)
      .optional()
      .meta({ description: 'Items that contradict the rules, by their place in the note.' }),
    usage: z.object({
      model: z.string(),
      input_tokens: z.int(),
      output_tokens: z.int(),
      cost: z.number().nullable(),
      latency_ms: z.number(),
      attempts: z.int(),
    }),
  })
  .meta({ id: 'ModelAnswer' });

/** What an engine found in a note; every item points at its place in it. */
export const analysis = z
  .object({
    engine: z.string(),
    version: z.string(),
    rule_pack_sha256: z.string().meta({ description: 'SHA-256 of the rules and lexicons, or of the prompt.' }),
    sections: z.array(
      z.object({
        ...span,
        label: z.enum(sectionLabels),
        part: z.enum(['subjective', 'objective-exam', 'objective-results', 'assessment-and-plan']),
        heading: plainSpan.nullable(),
      }),
    ),
    findings: z.array(
      z.object({
        ...span,
        kind: z.enum(['problem', 'symptom']),
        section,
        negation: z.enum(['affirmed', 'negated']),
        certainty: z.enum(['certain', 'uncertain']),
        temporality: z.enum(['recent', 'historical', 'hypothetical']),
        experiencer: z.enum(['patient', 'other']),
      }),
    ),
    medications: z.array(
      z.object({
        ...span,
        kind: z.enum(['drug', 'class']),
        doses: z.array(plainSpan),
        routes: z.array(plainSpan),
        frequencies: z.array(plainSpan),
        negation: z.enum(['affirmed', 'negated']),
      }),
    ),
    vitals: z.array(measurement),
    labs: z.array(measurement),
    ages: z.array(z.object({ ...span, years: z.number().nullable() })),
    sexes: z.array(z.object({ ...span, value: z.enum(['female', 'male']) })),
    phi: z.array(z.object(phiSpan)),
    deidentified,
    summary: z.object({
      sentences: z.array(
        z.object({
          ...span,
          section,
          reasons: z.array(z.enum(['complaint', 'problem', 'medication', 'dose', 'abnormal', 'plan'])),
        }),
      ),
    }),
    model: modelAnswer.optional(),
    v2: analysisV2.optional(),
  })
  .meta({ id: 'Analysis' });

export const review = {
  needs_review: z
    .boolean()
    .meta({ description: 'True if the analysis has doubts. Without doubts it is still a draft.' }),
  review_reasons: z.array(z.enum([...doubtKinds, 'quote-not-in-note', 'other-language'])),
};

export const noteAnalysisResponse = z
  .object({
    audit_id: z.uuid(),
    status: z.enum(['queued', 'running', 'done', 'failed']),
    requested_at: z.iso.datetime(),
    finished_at: z.iso.datetime().optional(),
    attempts: z.int(),
    error: z.string().optional().meta({ description: 'Reason code of the last failed attempt.' }),
    needs_review: review.needs_review.optional(),
    review_reasons: review.review_reasons.optional(),
    analysis: analysis.optional().meta({ description: 'Present when `status` is `done`.' }),
  })
  .meta({ id: 'NoteAnalysis' });

/** Body of `POST /analyze`. */
export const analyzeTextRequest = (maxNoteLength: number) =>
  z
    .strictObject({
      note_text: keptText(maxNoteLength, 'The text. It is not stored.'),
      reference_date: z.iso.date('must be a date such as 2025-03-20').optional().meta({
        description: 'Day of the text: ages over 89 and years of two digits are counted from it. Default: today.',
      }),
    })
    .meta({ id: 'AnalyzeTextRequest' });

export const analyzeTextResponse = z.object({ analysis }).meta({ id: 'AnalyzedText' });

/** Body of `POST /summarize`: that of `POST /ingest`. */
export const summarizeRequest = (maxNoteLength: number) =>
  z
    .strictObject({
      patient_id: patientId,
      note_text: keptText(maxNoteLength, 'The clinical note. Stored unchanged.'),
      care_team: careTeam.optional(),
    })
    .meta({ id: 'SummarizeRequest' });

export const summarizeResponse = z
  .object({
    audit_id: z.uuid(),
    received_at: z.iso.datetime(),
    status: z.enum(['summarized', 'needs_review', 'error']).meta({
      description: '`error`: the note is stored and its analysis stays queued; the member `error` has the reason.',
    }),
    patient_id: z.string(),
    summary: z.string().nullable(),
    llm_metrics: z
      .object({
        model: z.string().meta({ description: 'Id of the model, or `embedded` for the rules, which use no tokens.' }),
        tokens: z.object({ input: z.int(), output: z.int(), total: z.int() }),
        latency_ms: z.number(),
        cost: z.number().nullable().meta({ description: 'Cost by the configured prices; null without prices.' }),
        prompt_version: z.string(),
        prompt_hash: z.string().meta({ description: 'SHA-256 of the prompt, or of the rules.' }),
      })
      .nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'SummarizeResponse' });
