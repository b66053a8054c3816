import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { defineRoute } from '../route.ts';
import { noteAnalysisResponse } from '../schemas/analysis.ts';
import { analysisFlags, presentAnalysis } from './present-analysis.ts';

/** Has a stored note analysed. */
export const analyzeNoteRoute = (analyses: AnalysisService) =>
  defineRoute({
    method: 'POST',
    path: '/notes/{audit_id}/analysis',
    permission: 'note.analyze',
    action: 'note.analyze',
    documentation: {
      operationId: 'analyzeNote',
      summary: 'Analyse a note',
      description:
        'With the engine `embedded` the analysis is made at once, in milliseconds, and answered with 200. With ' +
        '`bedrock` it is queued and answered with 202: a model takes seconds and may be throttled, and what is queued ' +
        'outlives this process. An analysis that was made before by the same rules or prompt is given again; one by ' +
        'others, or one that was given up, is replaced. It is a draft for a clinician to check, never final.',
      tag: 'Analysis',
      response: noteAnalysisResponse,
      flags: analysisFlags,
      accepted: 'The analysis is queued or running. Poll `GET /notes/{audit_id}/analysis`.',
      problems: [404],
    },
    async handle({ actor, params, flags, context }) {
      const auditId = params.audit_id!;
      context.auditId = auditId;
      const found = await analyses.request(auditId, actor);
      return presentAnalysis(found, flags.v2 === true, context);
    },
  });
