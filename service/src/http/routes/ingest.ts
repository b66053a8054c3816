import type { IngestInput, NoteService } from '../../notes/note-service.ts';
import { markReplay } from '../idempotency-key.ts';
import { defineRoute } from '../route.ts';
import { ingestRequest, ingestResponse } from '../schemas/notes.ts';

/** Takes a note in. The answer is sent after the commit, never before. */
export const ingestRoute = (notes: NoteService, maxNoteLength: number, onQueued: () => void) =>
  defineRoute({
    method: 'POST',
    path: '/ingest',
    permission: 'note.create',
    action: 'note.create',
    body: ingestRequest(maxNoteLength),
    // The contract of v0.1.0.
    unknownNames: 'ignored',
    documentation: {
      operationId: 'ingestNote',
      summary: 'Ingest a clinical note',
      description:
        'The note is encrypted and committed, with its audit event, before it is acknowledged. With an ' +
        '`Idempotency-Key` a retry within a day gives the first answer and stores nothing twice.',
      tag: 'Notes',
      response: ingestResponse,
      problems: [409],
      idempotent: true,
      flags: { analyze: 'Queues an analysis of the note in the same transaction. Any other value is rejected.' },
    },
    async handle({ actor, body, flags, idempotencyKey, context }) {
      const note = noteOf(body, idempotencyKey);
      const receipt = await notes.ingest(flags.analyze ? { ...note, analysis: {} } : note, actor);
      if (flags.analyze) onQueued();
      context.auditId = receipt.auditId;
      markReplay(receipt, context);
      return {
        status: 200,
        body: {
          audit_id: receipt.auditId,
          received_at: receipt.receivedAt,
          status: 'received',
          patient_id: body.patient_id,
        },
      };
    },
  });

interface NoteBody {
  readonly patient_id: string;
  readonly note_text: string;
  readonly care_team?: string | undefined;
}

/** The note in a body, with the key of its request. */
export const noteOf = (body: NoteBody, idempotencyKey: string | undefined): IngestInput => ({
  patientId: body.patient_id,
  noteText: body.note_text,
  careTeam: body.care_team,
  idempotencyKey,
});
