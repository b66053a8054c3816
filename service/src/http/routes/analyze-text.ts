import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { reportV1 } from '../../analysis/report.ts';
import { defineRoute } from '../route.ts';
import { analyzeTextRequest, analyzeTextResponse } from '../schemas/analysis.ts';
import { snakeCase } from '../snake-case.ts';
import { analysisFlags } from './present-analysis.ts';

/** Analyses a text without storing it. */
export const analyzeTextRoute = (analyses: AnalysisService, maxNoteLength: number) =>
  defineRoute({
    method: 'POST',
    path: '/analyze',
    permission: 'text.analyze',
    action: 'note.analyze',
    body: analyzeTextRequest(maxNoteLength),
    documentation: {
      operationId: 'analyzeText',
      summary: 'Analyse a text without storing it',
      description:
        'Stores nothing and sends nothing anywhere: the rules in this process analyse the text, whatever engine is ' +
        'configured. To try the service before it gets notes. It is a draft for a clinician to check, never final.',
      tag: 'Analysis',
      response: analyzeTextResponse,
      flags: analysisFlags,
    },
    async handle({ actor, body, flags }) {
      const options = { referenceDate: body.reference_date, schema: flags.v2 ? (2 as const) : undefined };
      const report = await analyses.analyzeText(body.note_text, options, actor);
      return { status: 200, body: { analysis: snakeCase({ ...reportV1(report), v2: report.v2 }) } };
    },
  });
