import { reportV1, reviewReasons, type StoredReport } from '../../analysis/report.ts';
import type { StoredAnalysis } from '../../analysis/stored-analysis.ts';
import type { RequestContext } from '../request-context.ts';
import type { Reply } from '../route.ts';
import { analysisView } from '../schemas/analysis-view.ts';
import { snakeCase } from '../snake-case.ts';

/** Of the routes that give an analysis. */
export const analysisFlags = {
  v2: 'Adds data model version 2 as `analysis.v2`. An analysis by an older release has none: request a new one.',
} as const;

/**
 * 200 for an analysis that is at its end, one way or the other; 202, and when to ask again, for one that is not.
 *
 * @param v2 whether version 2 was asked for
 */
export function presentAnalysis(found: StoredAnalysis, v2: boolean, context: RequestContext): Reply {
  const { report } = found;
  const reasons = report && reviewReasons(report);
  const ended = found.status === 'done' || found.status === 'dead';
  if (!ended) context.headers.push('Retry-After', '1');
  return {
    status: ended ? 200 : 202,
    body: {
      audit_id: found.auditId,
      status: found.status === 'dead' ? 'failed' : found.status,
      requested_at: found.requestedAt,
      finished_at: found.finishedAt,
      attempts: found.attempts,
      error: found.failure,
      needs_review: reasons && reasons.length > 0,
      review_reasons: reasons,
      analysis: report && snakeCase(v2 ? { ...reportV1(report), v2: report.v2 } : reportV1(report)),
    },
  };
}

/** What a person sees of a finished analysis; undefined for one of another shape, by an older release. */
export function presentView(report: StoredReport) {
  const { sections, phi, v2 } = report;
  const { data: analysis } = analysisView.safeParse(snakeCase({ sections, phi, v2 }));
  const reasons = reviewReasons(report);
  return analysis && { status: 'done', needs_review: reasons.length > 0, review_reasons: reasons, analysis };
}
