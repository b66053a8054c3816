import type { NoteService } from '../../notes/note-service.ts';
import { defineRoute } from '../route.ts';
import { noteResponse } from '../schemas/notes.ts';

/** Gives a note back, byte for byte. */
export const readNoteRoute = (notes: NoteService) =>
  defineRoute({
    method: 'GET',
    path: '/notes/{audit_id}',
    permission: 'note.read',
    action: 'note.read',
    documentation: {
      operationId: 'readNote',
      summary: 'Read a note',
      description:
        'Returns 403 for a note of a care team that your key or token does not name; see `POST /break-glass`.',
      tag: 'Notes',
      response: noteResponse,
      problems: [404],
    },
    async handle({ actor, params, context }) {
      const auditId = params.audit_id!;
      context.auditId = auditId;
      const note = await notes.read(auditId, actor);
      return {
        status: 200,
        body: {
          audit_id: note.auditId,
          received_at: note.receivedAt,
          patient_id: note.patientId,
          note_text: note.noteText,
          care_team: note.careTeam,
        },
      };
    },
  });
