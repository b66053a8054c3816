import * as z from 'zod';
import { analysis, review } from './analysis.ts';
import { analysisV2, span } from './analysis-v2.ts';
import { noteResponse } from './notes.ts';

const {
  structure,
  problems,
  medications,
  allergies,
  tests,
  procedures,
  devices,
  social,
  code_status,
  follow_up,
  summary,
} = analysisV2.shape;
const place = { start: true, end: true } as const;
const words = { ...place, text: true } as const;
const mention = { ...words, id: true, section: true } as const;
const assertion = {
  presence: true,
  conditional: true,
  generic: true,
  time: true,
  subject: true,
  relation: true,
} as const;
const quoted = z.object({ text: span }).optional();

const regimen = z.object({
  strength: quoted,
  dose: quoted,
  rate: quoted,
  route: span.optional(),
  frequency: span.optional(),
  duration: quoted,
  prn: span.optional(),
});
const value = tests.element.shape.values.element;
const sentences = z.array(summary.shape.short.element.pick({ ...words, reasons: true }));

/** What a person sees of an analysis. Parsing a whole analysis leaves the rest of it out. */
export const analysisView = z
  .object({
    sections: z.array(
      z.object({
        label: analysis.shape.sections.element.shape.label,
        heading: z.object({ start: z.int(), end: z.int() }).nullable(),
      }),
    ),
    phi: z.array(analysis.shape.phi.element.pick({ ...words, category: true })),
    v2: z.object({
      structure: z.object({ items: z.array(structure.shape.items.element.pick(place)) }),
      problems: z.array(
        problems.element
          .pick({ ...mention, ...assertion, kind: true, severity: true, side: true, course: true })
          .extend({ onset: quoted }),
      ),
      medications: z.array(
        medications.element
          .pick({ ...mention, name: true, kind: true, status: true, subject: true, presence: true })
          .extend({ steps: z.array(regimen), previous: regimen.optional() }),
      ),
      allergies: z.array(
        allergies.element.pick({
          ...mention,
          ...{ substance: true, kind: true, none: true, reactions: true, status: true, subject: true },
        }),
      ),
      tests: z.array(
        tests.element.pick({ ...mention, name: true, kind: true, pending: true }).extend({
          values: z.array(
            value.pick({ text: true, newest: true, baseline: true }).extend({
              flag_of_note: value.shape.flag_of_note.unwrap().pick({ value: true }).nullable(),
              range_of_note: quoted,
              flag_of_range: value.shape.flag_of_range.unwrap().pick({ value: true, range: true }).nullable(),
            }),
          ),
        }),
      ),
      procedures: z.array(procedures.element.pick({ ...mention, ...assertion, status: true }).extend({ when: quoted })),
      devices: z.array(devices.element.pick({ ...mention, status: true })),
      social: z.array(social.element.pick({ ...mention, kind: true, status: true })),
      code_status: z.array(code_status.element.pick({ ...mention, item: true, value: true })),
      follow_up: z.array(follow_up.element.pick({ ...mention, kind: true }).extend({ due: quoted })),
      summary: z.object({ sentences, short: sentences }),
    }),
  })
  .meta({ id: 'AnalysisView', description: 'What a view of the note shows: without codes, evidence and figures.' });

/** A note, with its analysis where it was asked for. */
export const readNoteResponse = noteResponse
  .extend({
    analysis: z.object({ status: z.literal('done'), ...review, analysis: analysisView }).optional(),
  })
  .meta({ id: 'Note' });
