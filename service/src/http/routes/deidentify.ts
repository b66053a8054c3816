import type { AnalysisService } from '../../analysis/analysis-service.ts';
import { defineRoute } from '../route.ts';
import { deidentifyRequest, deidentifyResponse } from '../schemas/analysis.ts';
import { snakeCase } from '../snake-case.ts';

/** Replaces the identifiers in a text. */
export const deidentifyRoute = (analyses: AnalysisService, maxNoteLength: number) =>
  defineRoute({
    method: 'POST',
    path: '/deidentify',
    permission: 'note.deidentify',
    action: 'note.deidentify',
    body: deidentifyRequest(maxNoteLength),
    documentation: {
      operationId: 'deidentify',
      summary: 'Replace the identifiers in a text',
      description:
        'Stores nothing, and sends nothing anywhere: it is done by the rules in this process, whatever the engine of ' +
        'analysis is. Assistance for a person who checks the result, not a certification under 45 CFR 164.514(b).',
      tag: 'Analysis',
      response: deidentifyResponse,
    },
    async handle({ actor, body }) {
      const { engine, result } = await analyses.deidentify(
        { noteText: body.note_text, patientId: body.patient_id, mode: body.mode, replacement: body.replacement },
        actor,
      );
      return {
        status: 200,
        body: {
          deidentified: snakeCase(result),
          engine: engine.engine,
          version: engine.version,
          rule_pack_sha256: engine.rulePackSha256,
        },
      };
    },
  });
