import type { NoteService } from '../../notes/note-service.ts';
import { defineRoute } from '../route.ts';
import { noteSearchRequest, noteSearchResponse } from '../schemas/notes.ts';

/** Lists a patient's notes. The patient id is in the body: load balancers, WAFs and proxies log URLs. */
export const searchNotesRoute = (notes: NoteService) =>
  defineRoute({
    method: 'POST',
    path: '/notes/search',
    permission: 'note.search',
    action: 'note.search',
    body: noteSearchRequest,
    documentation: {
      operationId: 'searchNotes',
      summary: "List a patient's notes, newest first",
      description: 'Returns the notes that you may read. `withheld` is true if the patient has others.',
      tag: 'Notes',
      response: noteSearchResponse,
    },
    async handle({ actor, body }) {
      const {
        notes: found,
        nextCursor,
        withheld,
      } = await notes.search({ patientId: body.patient_id, limit: body.limit, cursor: body.cursor }, actor);
      return {
        status: 200,
        body: {
          notes: found.map((note) => ({
            audit_id: note.auditId,
            received_at: note.receivedAt,
            principal: note.principal,
            care_team: note.careTeam,
          })),
          next_cursor: nextCursor,
          withheld,
        },
      };
    },
  });
