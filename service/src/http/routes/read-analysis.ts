import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { defineRoute } from '../route.ts';
import { noteAnalysisResponse } from '../schemas/analysis.ts';
import { analysisFlags, presentAnalysis } from './present-analysis.ts';

/** Gives the analysis of a note, as far as it is. */
export const readAnalysisRoute = (analyses: AnalysisService) =>
  defineRoute({
    method: 'GET',
    path: '/notes/{audit_id}/analysis',
    permission: 'note.analyze',
    action: 'note.analysis.read',
    documentation: {
      operationId: 'readAnalysis',
      summary: 'Read the analysis of a note',
      description: 'A draft for a clinician to check, never final. After `failed`, request the analysis again.',
      tag: 'Analysis',
      response: noteAnalysisResponse,
      flags: analysisFlags,
      accepted: 'The analysis is not done yet. Retry after the number of seconds in Retry-After.',
      problems: [404],
    },
    async handle({ actor, params, flags, context }) {
      const auditId = params.audit_id!;
      context.auditId = auditId;
      const found = await analyses.read(auditId, actor);
      return presentAnalysis(found, flags.v2 === true, context);
    },
  });
