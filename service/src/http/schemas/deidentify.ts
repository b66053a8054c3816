import { locales, phiCategories } from '@healthcare-ai/clinical-text/engine';
import * as z from 'zod';
import { deidentificationMode, deidentified } from './analysis.ts';
import { keptText } from './kept-text.ts';
import { patientId } from './notes.ts';

/** Longest known value, in Unicode code points. */
const longestValue = 500;
const mostNames = 200;
const mostValues = 50;
const mostWords = 200;

/** An object without other members; the message does not repeat their names, which could be a patient's words. */
const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? 'has a member that is not known' : undefined),
  });

const value = (description: string) => keptText(longestValue, description);
const day = z.iso.date('must be a date such as 2025-03-20');

const knownName = strict({
  given: z.array(value('A given name.')).max(10).optional(),
  family: value('The family name.').optional(),
  also: z.array(value('A nickname.')).max(10).optional().meta({ description: 'What else the person is called.' }),
  former: z.array(value('An earlier family name.')).max(10).optional(),
})
  .refine(({ given, family, also, former }) => given ?? family ?? also ?? former, 'must have at least one name')
  .meta({ id: 'KnownName' });

const knownPerson = {
  names: z.array(knownName).max(20).optional(),
  birth_date: day.optional(),
  identifiers: z
    .array(strict({ category: z.enum(phiCategories), value: value('Compared by letters and digits alone.') }))
    .max(mostValues)
    .optional(),
  phones: z.array(value('A telephone number.')).max(mostValues).optional(),
  emails: z.array(value('An e-mail address.')).max(mostValues).optional(),
  addresses: z
    .array(
      strict({
        lines: z.array(value('House and street.')).max(10).optional(),
        city: value('Town.').optional(),
        postal_code: value('Postal code.').optional(),
      }),
    )
    .max(20)
    .optional(),
};

const knownIdentifiers = strict({
  patient: strict(knownPerson).optional(),
  others: z
    .array(strict(knownPerson))
    .max(mostNames)
    .optional()
    .meta({ description: 'Relatives and others that the text may name.' }),
  staff: z.array(knownName).max(mostNames).optional(),
}).meta({
  id: 'KnownIdentifiers',
  description: 'Replaced wherever the text has them. Not stored, not logged, and given back by pointer alone.',
});

const wordList = (description: string) =>
  z.array(value('A word or phrase.')).max(mostWords).optional().meta({ description });

/** Body of `POST /deidentify`. */
export const deidentifyRequest = (maxNoteLength: number) =>
  strict({
    note_text: keptText(maxNoteLength, 'The text. It is not stored.'),
    patient_id: patientId
      .optional()
      .meta({ description: 'Keeps stand-ins and shifted dates alike in all texts of the patient.' }),
    mode: deidentificationMode.default('balanced').meta({
      description: '`balanced` masks what a rule names; `recall-first` also what is not known to be safe.',
    }),
    replacement: z
      .enum(['mask', 'surrogate'], 'must be mask or surrogate')
      .default('mask')
      .meta({ description: '`[NAME]`, or a stand-in.' }),
    dates: z.enum(['mask', 'shift'], 'must be mask or shift').optional().meta({
      description:
        '`shift` moves dates back by whole weeks that depend on the patient, and needs `patient_id`. Without it dates are shifted where `patient_id` is given.',
    }),
    locale: z.enum(locales, 'must be a locale of the list').optional().meta({
      description: 'Decides the order of a date such as 03/04/2025 where the text does not.',
    }),
    reference_date: day.optional().meta({
      description: 'Day of the text: ages over 89 and years of two digits are counted from it. Default: today.',
    }),
    known_identifiers: knownIdentifiers.optional(),
    keep: wordList('Words that no rule may take for an identifier. Known identifiers and numbers are replaced anyway.'),
    remove: wordList('Words that are always replaced.'),
  })
    .refine(({ dates, patient_id }) => dates !== 'shift' || patient_id !== undefined, {
      path: ['dates'],
      message: 'shift needs patient_id',
    })
    .meta({ id: 'DeidentifyRequest' });

export type DeidentifyRequest = z.output<ReturnType<typeof deidentifyRequest>>;

export const deidentifyResponse = z
  .object({ deidentified, engine: z.string(), version: z.string(), rule_pack_sha256: z.string() })
  .meta({ id: 'DeidentifyResponse' });
