import * as z from 'zod';

/** Longest patient id, in Unicode code points: the contract of v0.1.0. */
export const maxPatientIdLength = 50;

/**
 * Text that is kept byte for byte. What neither UTF-8 nor PostgreSQL can hold is refused here, as is what is blank.
 *
 * @param max longest text, in Unicode code points
 */
const keptText = (max: number, description: string) =>
  z
    .string('must be a string')
    .superRefine((text, context) => {
      const fault = textFault(text, max);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    })
    .meta({ description, minLength: 1, maxLength: max });

function textFault(text: string, max: number): string | undefined {
  // The number of UTF-16 units bounds that of code points, so most texts need not be counted.
  if (text.length > max && codePoints(text) > max) return `must have at most ${max} characters`;
  if (!/\S/.test(text)) return 'must not be blank';
  if (text.includes('\u0000')) return 'must not have the character U+0000';
  if (!text.isWellFormed()) return 'must be well-formed Unicode, without lone surrogates';
  return undefined;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count -= 1;
        index += 1;
      }
    }
  }
  return count;
}

const patientId = keptText(maxPatientIdLength, 'The patient, as the client names them.');

/** Body of `POST /ingest`. */
export const ingestRequest = (maxNoteLength: number) =>
  z
    .object({
      patient_id: patientId,
      note_text: keptText(maxNoteLength, 'The clinical note. Kept as it is, white space and all.'),
    })
    .meta({ id: 'IngestRequest' });

export const ingestResponse = z
  .object({
    audit_id: z.uuid().meta({ description: 'Identifies the note, and its events in the audit trail.' }),
    received_at: z.iso.datetime(),
    status: z.literal('received'),
    patient_id: z.string(),
  })
  .meta({ id: 'IngestResponse' });

export const noteResponse = z
  .object({
    audit_id: z.uuid(),
    received_at: z.iso.datetime(),
    patient_id: z.string(),
    note_text: z.string(),
  })
  .meta({ id: 'Note' });

/** How many results stand on a page. */
export const pageLimit = z.int('must be a whole number').min(1, 'must be at least 1').max(200, 'must be at most 200');
export const pageCursor = z
  .string('must be a string')
  .max(400, 'must be a cursor that a page before gave')
  .meta({ description: '`next_cursor` of the page before.' });

/** Body of `POST /notes/search`. The patient stands in the body, because proxies log URLs. */
export const noteSearchRequest = z
  .object({ patient_id: patientId, limit: pageLimit.default(50), cursor: pageCursor.optional() })
  .meta({ id: 'NoteSearchRequest' });

export const noteSearchResponse = z
  .object({
    notes: z.array(
      z.object({
        audit_id: z.uuid(),
        received_at: z.iso.datetime(),
        principal: z.string().meta({ description: 'Who sent it.' }),
      }),
    ),
    next_cursor: z.string().optional().meta({ description: 'Given when there are more.' }),
  })
  .meta({ id: 'NoteSearchResponse' });
