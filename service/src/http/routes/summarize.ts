import type { AnalysisService, Summarized } from '../../analysis/analysis-service.ts';
import { type AnalysisReport, reviewReasons, summaryText } from '../../analysis/report.ts';
import { markReplay } from '../idempotency-key.ts';
import { defineRoute } from '../route.ts';
import { summarizeRequest, summarizeResponse } from '../schemas/analysis.ts';
import { noteOf } from './ingest.ts';

/** Takes a note in and summarises it. The note is stored and acknowledged whatever becomes of its summary. */
export const summarizeRoute = (analyses: AnalysisService, maxNoteLength: number) =>
  defineRoute({
    method: 'POST',
    path: '/summarize',
    permission: 'note.summarize',
    action: 'note.summarize',
    body: summarizeRequest(maxNoteLength),
    documentation: {
      operationId: 'summarizeNote',
      summary: 'Take a clinical note in and summarise it',
      description:
        'The note is stored as by `POST /ingest`, and then summarised. Where the engine fails, the answer has the ' +
        'status `error`; the note is stored all the same and its analysis stays queued. A draft, never final.',
      tag: 'Analysis',
      response: summarizeResponse,
      problems: [409],
      idempotent: true,
    },
    async handle({ actor, body, idempotencyKey, context }) {
      const done = await analyses.summarize(noteOf(body, idempotencyKey), actor);
      const { receipt, report, failure } = done;
      context.auditId = receipt.auditId;
      markReplay(receipt, context);
      return {
        status: 200,
        body: {
          audit_id: receipt.auditId,
          received_at: receipt.receivedAt,
          status: report ? (reviewReasons(report).length > 0 ? 'needs_review' : 'summarized') : 'error',
          patient_id: body.patient_id,
          summary: report ? summaryText(report) : null,
          llm_metrics: report ? metricsOf(report, done) : null,
          error: failure ?? null,
        },
      };
    },
  });

const metricsOf = (report: AnalysisReport, { seconds }: Summarized) => {
  const { model, inputTokens, outputTokens, cost } = report.model?.usage ?? {
    model: report.engine,
    inputTokens: 0,
    outputTokens: 0,
    cost: 0,
  };
  return {
    model,
    tokens: { input: inputTokens, output: outputTokens, total: inputTokens + outputTokens },
    latency_ms: Math.round(seconds * 100_000) / 100,
    cost,
    prompt_version: report.version,
    prompt_hash: report.rulePackSha256,
  };
};
