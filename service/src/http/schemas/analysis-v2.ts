import { medicationStatuses, summaryReasons } from '@healthcare-ai/clinical-text/model';
import * as z from 'zod';

export const span = z.object({ start: z.int(), end: z.int(), text: z.string() }).meta({ id: 'Span2' });
const valued = <const Values extends readonly string[]>(values: Values) => span.extend({ value: z.enum(values) });
const severityValues = ['mild', 'moderate', 'severe'] as const;
const subject = z.enum(['patient', 'family', 'fetus', 'donor', 'other']);
const presence = z.enum(['present', 'likely', 'possible', 'unlikely', 'absent']);
const side = valued(['left', 'right', 'bilateral']);

const mention = span.extend({
  id: z.string().meta({ description: 'Unique in this analysis.' }),
  section: z.int().nullable().meta({ description: 'Index in `sections` of the analysis.' }),
  item: z.int().meta({ description: 'Index in `structure.items`.' }),
  rules: z.array(z.string()),
  confidence: z.enum(['high', 'medium', 'low']).meta({
    description: 'Band of the measured precision of the rule: that the mention is right, not that its assertion is.',
  }),
  codes: z.array(
    z.object({
      system: z.enum(['loinc', 'ucum', 'rxnorm', 'icd-10-cm', 'snomed', 'dm+d', 'local']),
      code: z.string(),
      display: z.string().optional(),
      from: z.enum(['built-in', 'file']),
    }),
  ),
});

const when = z
  .object({
    value: z.string().nullable().meta({ description: 'ISO 8601 as far as the note goes.' }),
    precision: z.enum(['minute', 'day', 'month', 'year']).nullable(),
    text: span,
    relative: z.boolean(),
  })
  .meta({ id: 'When' });

const quantityShape = {
  text: span,
  low: z.number().nullable(),
  high: z.number().nullable(),
  comparator: z.enum(['<', '<=', '>', '>=', '~']).nullable(),
  unit: z.string().nullable(),
  ucum: z.string().nullable(),
};
const quantity = z.object(quantityShape).meta({ id: 'Quantity' });

const assertion = {
  presence,
  conditional: z.boolean(),
  generic: z.boolean(),
  time: z.enum(['current', 'past', 'resolved', 'future']).meta({
    description: '`past`: part of the history; a chronic problem may still be present.',
  }),
  subject,
  relation: span.optional(),
  cues: z.array(
    span.extend({
      cue: z.enum([
        'negation',
        'doubt',
        'history',
        'resolution',
        'condition',
        'generic',
        'subject',
        'heading',
        'answer',
        'checkbox',
      ]),
    }),
  ),
};

const regimen = z
  .object({
    strength: quantity.optional(),
    dose: quantity.optional(),
    route: span.extend({ value: z.string() }).optional(),
    rate: quantity.optional(),
    duration: quantity.optional(),
    frequency: span
      .extend({
        times_per_day: z.array(z.number()).optional(),
        every_hours: z.array(z.number()).optional(),
        scheme: z.array(z.number()).optional(),
      })
      .optional(),
    prn: span.optional(),
    maximum: quantity.optional(),
  })
  .meta({ id: 'Regimen' });

const testValue = z.object({
  ...quantityShape,
  parts: z.array(z.object({ name: z.enum(['systolic', 'diastolic']), value: z.number() })).optional(),
  words: span.optional(),
  position: z.enum(['lying', 'sitting', 'standing']).optional(),
  on: span.optional(),
  newest: z.boolean(),
  baseline: z.boolean(),
  flag_of_note: z.object({ text: span, value: z.enum(['low', 'high', 'critical', 'abnormal', 'normal']) }).nullable(),
  range_of_note: quantity.optional(),
  flag_of_range: z
    .object({ value: z.enum(['low', 'normal', 'high']), range: z.array(z.number()), source: z.string() })
    .nullable(),
});

const summaryPart = span.extend({
  section: z.int().nullable(),
  item: z.int(),
  reasons: z.array(z.enum(summaryReasons)),
});

/** Lists of the analysis of version 2 that version 1 does not have; the others are in the analysis itself. */
export const analysisV2 = z
  .object({
    schema: z.literal(2),
    language: z.enum(['english', 'other']).optional().meta({
      description:
        '`other`: most words are not English, so that the rules read little of the note. Absent in older analyses.',
    }),
    structure: z.object({
      items: z.array(
        z.object({
          start: z.int(),
          end: z.int(),
          kind: z.enum(['sentence', 'list-item', 'pair', 'box', 'row']),
        }),
      ),
    }),
    problems: z.array(
      mention.extend({
        ...assertion,
        kind: z.enum(['problem', 'symptom', 'sign']),
        severity: valued(severityValues).optional(),
        site: span.optional(),
        side: side.optional(),
        course: span.optional(),
        onset: when.optional(),
        reaction_to: z.string().optional().meta({ description: 'Id of the allergy.' }),
      }),
    ),
    medications: z.array(
      mention.extend({
        name: z.string(),
        kind: z.enum(['drug', 'class', 'unlisted']),
        status: z.enum(medicationStatuses),
        status_cues: z.array(span),
        subject,
        presence,
        steps: z.array(regimen),
        previous: regimen.optional(),
        replaces: z.string().optional(),
        replaced_by: z.string().optional(),
      }),
    ),
    allergies: z.array(
      mention.extend({
        substance: z.string().nullable(),
        kind: z.enum(['allergy', 'intolerance', 'unknown']),
        category: z.enum(['medication', 'food', 'environment', 'other']),
        none: z.enum(['no-known-allergies', 'no-known-drug-allergies', 'not-asked']).nullable(),
        reactions: z.array(span),
        status: z.enum(['active', 'refuted', 'resolved']),
        subject,
      }),
    ),
    tests: z.array(
      mention.extend({
        name: z.string(),
        kind: z.enum(['vital', 'lab', 'score', 'other']),
        pending: z.boolean(),
        specimen: span.optional(),
        values: z.array(testValue),
        target: quantity.optional(),
      }),
    ),
    procedures: z.array(
      mention.extend({
        ...assertion,
        status: z.enum(['done', 'planned', 'refused', 'cancelled', 'in-progress']),
        site: span.optional(),
        side: side.optional(),
        when: when.optional(),
      }),
    ),
    devices: z.array(
      mention.extend({
        status: z.enum(['in-situ', 'removed', 'planned']),
        site: span.optional(),
        side: side.optional(),
        since: when.optional(),
      }),
    ),
    social: z.array(
      mention.extend({
        kind: z.enum(['tobacco', 'alcohol', 'drugs', 'living', 'work', 'mobility']),
        status: z.enum(['current', 'former', 'never', 'unknown']),
        amount: quantity.optional(),
      }),
    ),
    code_status: z.array(
      mention.extend({ value: z.enum(['full', 'dnar', 'no-intubation', 'ward-based', 'comfort', 'other']) }),
    ),
    follow_up: z.array(
      mention.extend({
        kind: z.enum([
          'appointment',
          'test',
          'imaging',
          'referral',
          'pending-result',
          'monitoring',
          'advice',
          'return-if',
        ]),
        what: span,
        due: when.optional(),
        who: span.optional(),
      }),
    ),
    summary: z.object({
      sentences: z.array(summaryPart),
      short: z.array(summaryPart).meta({ description: 'At most 1,200 characters together.' }),
    }),
  })
  .meta({ id: 'AnalysisV2', description: 'Data model version 2. Given where `v2=true` asks for it.' });
