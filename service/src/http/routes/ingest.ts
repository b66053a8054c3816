import type { NoteService } from '../../notes/note-service.ts';
import { problems } from '../problems.ts';
import { defineRoute } from '../route.ts';
import { ingestRequest, ingestResponse } from '../schemas/notes.ts';

/** Any visible ASCII, as draft-ietf-httpapi-idempotency-key-header has it, with or without quotes. */
const idempotencyKeyForm = /^[\x21-\x7e]{1,255}$/;

/** Takes a note in. The answer is sent after the commit, never before. */
export const ingestRoute = (notes: NoteService, maxNoteLength: number) =>
  defineRoute({
    method: 'POST',
    path: '/ingest',
    permission: 'note.create',
    action: 'note.create',
    body: ingestRequest(maxNoteLength),
    documentation: {
      operationId: 'ingestNote',
      summary: 'Take a clinical note in',
      description:
        'The note is encrypted and committed, with its audit event, before it is acknowledged. With an ' +
        '`Idempotency-Key` a retry within a day gives the first answer and stores nothing twice.',
      tag: 'Notes',
      response: ingestResponse,
      problems: [400, 401, 403, 409, 413, 415, 422, 429, 503],
      idempotent: true,
    },
    async handle({ actor, body, headers, context }) {
      const idempotencyKey = headers['idempotency-key'];
      if (idempotencyKey !== undefined && !idempotencyKeyForm.test(String(idempotencyKey))) {
        throw problems.badHeader('Idempotency-Key');
      }
      const receipt = await notes.ingest(
        { patientId: body.patient_id, noteText: body.note_text, idempotencyKey: idempotencyKey as string | undefined },
        actor,
      );
      context.auditId = receipt.auditId;
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
