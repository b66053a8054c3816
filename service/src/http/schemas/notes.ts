import * as z from 'zod';
import { patientIdFault } from '../../crypto/patient-identifier.ts';
import { careTeamForm, isCareTeam } from '../../identity/care-teams.ts';
import { keptText } from './kept-text.ts';
import { moment, refuseReversedRange } from './moment.ts';
import { pageCursor, pageLimit } from './paging.ts';

/** Longest patient id, in Unicode code points: the contract of v0.1.0. */
const maxPatientIdLength = 50;

export const patientId = keptText(
  maxPatientIdLength,
  'Identifier of the patient, chosen by the client. Leading and trailing spaces and the Unicode form are ignored.',
  patientIdFault,
);

export const careTeam = z.string('must be a string').refine(isCareTeam, careTeamForm).meta({
  description: 'Care team whose clinicians may read the note. Without it, every clinician of the tenant may.',
  pattern: '^[a-z0-9][a-z0-9._-]{0,31}$',
});

/** Body of `POST /ingest`. */
export const ingestRequest = (maxNoteLength: number) =>
  z
    .object({
      patient_id: patientId,
      note_text: keptText(maxNoteLength, 'The clinical note. Stored unchanged, including white space.'),
      care_team: careTeam.optional(),
    })
    .meta({ id: 'IngestRequest' });

export const ingestResponse = z
  .object({
    audit_id: z.uuid().meta({ description: 'Identifies the note and its audit events.' }),
    received_at: z.iso.datetime(),
    status: z.literal('received'),
    patient_id: z.string(),
  })
  .meta({ id: 'IngestResponse' });

export const noteResponse = z.object({
  audit_id: z.uuid(),
  received_at: z.iso.datetime(),
  patient_id: z.string(),
  note_text: z.string(),
  care_team: z.string().optional(),
});

/** Criteria of the work list, which a search of one patient does not take. */
const ofWorkList = ['care_team', 'needs_review'] as const;

/** Body of `POST /notes/search`. The patient id is in the body because proxies log URLs. */
export const noteSearchRequest = z
  .strictObject({
    patient_id: patientId.optional().meta({ description: 'Without it, the answer is your work list.' }),
    from: moment.optional().meta({ description: 'Start of the time range, inclusive.' }),
    to: moment.optional().meta({ description: 'End of the time range, exclusive.' }),
    care_team: careTeam
      .optional()
      .meta({ description: 'One of your care teams. Without `patient_id` only. Default: all of them, and no team.' }),
    needs_review: z
      .boolean('must be true or false')
      .optional()
      .meta({
        description:
          'Whether the analysis has doubts. Without `patient_id` only. A page may then have fewer notes than `limit` ' +
          'although there are more: continue while there is a `next_cursor`.',
      }),
    limit: pageLimit.default(50),
    cursor: pageCursor.optional(),
  })
  .superRefine(refuseReversedRange)
  .superRefine((body, context) => {
    if (body.patient_id === undefined) return;
    for (const name of ofWorkList) {
      if (body[name] === undefined) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'must not be sent with patient_id' });
    }
  })
  .meta({ id: 'NoteSearchRequest' });

export const noteSearchResponse = z
  .object({
    notes: z.array(
      z.object({
        audit_id: z.uuid(),
        received_at: z.iso.datetime(),
        patient_id: z.string().optional().meta({ description: 'In a work list; absent for a note whose key is lost.' }),
        principal: z.string().meta({ description: 'Principal that sent the note.' }),
        care_team: z.string().optional(),
        needs_review: z
          .boolean()
          .optional()
          .meta({ description: 'Whether the analysis of the note has doubts; absent while there is no analysis.' }),
      }),
    ),
    next_cursor: z.string().optional().meta({ description: 'Present when there are more results.' }),
    withheld: z.boolean().meta({
      description:
        'True if the patient has notes of care teams that your key or token does not name. `POST /break-glass` gives access to them. False for a work list.',
    }),
  })
  .meta({ id: 'NoteSearchResponse' });
