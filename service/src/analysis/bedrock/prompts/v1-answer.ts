import { phiCategories } from '@healthcare-ai/clinical-text/engine';
import * as z from 'zod';

/** Longest quote: a sentence, not a note. */
const quote = z.string().min(1).max(2_000).meta({ description: 'Copied from the note, letter for letter.' });
const negation = z.enum(['affirmed', 'negated']);

/** The answer of prompt 1.0.0. It is kept so that the hash of that prompt can be computed. */
export const modelAnswerV1 = z.object({
  summary: z.string().min(1).max(20_000).meta({
    description: 'Three to eight sentences for a clinician: complaint, findings, every medication with its dose, plan.',
  }),
  key_sentences: z
    .array(
      z.object({
        quote,
        reasons: z.array(z.enum(['complaint', 'problem', 'medication', 'dose', 'abnormal', 'plan'])).min(1),
      }),
    )
    .meta({ description: 'The sentences of the note that bear the summary out.' }),
  findings: z
    .array(
      z.object({
        quote,
        kind: z.enum(['problem', 'symptom']),
        negation,
        certainty: z.enum(['certain', 'uncertain']),
        temporality: z.enum(['recent', 'historical', 'hypothetical']),
        experiencer: z.enum(['patient', 'other']),
      }),
    )
    .meta({ description: 'Every problem and symptom, the denied ones too; the words for it alone.' }),
  medications: z
    .array(
      z.object({
        quote: quote.meta({ description: 'The name alone, copied from the note.' }),
        kind: z.enum(['drug', 'class']),
        doses: z.array(quote),
        routes: z.array(quote),
        frequencies: z.array(quote),
        negation: negation.meta({ description: 'negated also when stopped, refused or an allergy.' }),
      }),
    )
    .meta({ description: 'Every drug, with what the note says of how it is taken.' }),
  identifiers: z
    .array(z.object({ quote, category: z.enum(phiCategories) }))
    .meta({ description: 'Everything that could identify a person: the 18 kinds of 45 CFR 164.514(b)(2)(i).' }),
});
