import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { mayDo } from '../../identity/roles.ts';
import type { NoteService } from '../../notes/note-service.ts';
import { defineRoute } from '../route.ts';
import { readNoteResponse } from '../schemas/analysis-view.ts';
import { presentView } from './present-analysis.ts';

/** Gives a note back, byte for byte. */
export const readNoteRoute = (notes: NoteService, analyses: AnalysisService) =>
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
      response: readNoteResponse,
      flags: {
        analysis:
          'Adds what a person sees of the analysis, if there is one by the current rules or prompt and you have the ' +
          'permission `note.analyze`. Otherwise request it with `POST /notes/{audit_id}/analysis`.',
      },
      problems: [404],
    },
    async handle({ actor, params, flags, context }) {
      const auditId = params.audit_id!;
      context.auditId = auditId;
      const { principal } = actor;
      const wanted = flags.analysis === true && mayDo(principal, 'note.analyze');
      const report = wanted ? await analyses.current(auditId, principal.tenant) : undefined;
      const analysis = report && presentView(report);
      const note = await notes.read(auditId, actor, analysis && 'with-analysis');
      return {
        status: 200,
        body: {
          audit_id: note.auditId,
          received_at: note.receivedAt,
          patient_id: note.patientId,
          note_text: note.noteText,
          care_team: note.careTeam,
          analysis,
        },
      };
    },
  });
