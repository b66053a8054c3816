import type { NoteLists } from '../../notes/note-lists.ts';
import { problems } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { noteSearchRequest, noteSearchResponse } from '../schemas/notes.ts';

/**
 * Lists a patient's notes, or the work list. The patient id is in the body: load balancers, WAFs and proxies log URLs.
 */
export const searchNotesRoute = (lists: NoteLists) =>
  defineRoute({
    method: 'POST',
    path: '/notes/search',
    permission: 'note.search',
    action: 'note.search',
    body: noteSearchRequest,
    documentation: {
      operationId: 'searchNotes',
      summary: "List a patient's notes, or those of your care teams, newest first",
      description:
        'With `patient_id`: the notes of the patient that you may read; `withheld` is true if the patient has others. ' +
        'Without it: your work list, the notes of your care teams and of no team.',
      tag: 'Notes',
      response: noteSearchResponse,
    },
    async handle({ actor, body }) {
      const { patient_id: patientId, care_team: careTeam, needs_review: needsReview, ...times } = body;
      const foreign = careTeam !== undefined && !actor.principal.careTeams.includes(careTeam);
      if (foreign) throw problems.forbidden('Your key or token does not name this care team.');
      const {
        notes: found,
        nextCursor,
        withheld,
      } = patientId === undefined
        ? { ...(await lists.workList({ careTeam, needsReview, ...times }, actor)), withheld: false }
        : await lists.ofPatient({ patientId, ...times }, actor);
      return {
        status: 200,
        body: {
          notes: found.map((note) => ({
            audit_id: note.auditId,
            received_at: note.receivedAt,
            patient_id: note.patientId,
            principal: note.principal,
            care_team: note.careTeam,
            needs_review: note.needsReview,
          })),
          next_cursor: nextCursor,
          withheld,
        },
      };
    },
  });
