import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { type GroupWriter, writerOfChanges } from '../../audit/group-writer.ts';
import type { Queryable } from '../../database/database.ts';
import { type AnalysisStatus, leaseTime } from './job.ts';

/** The request to analyse a stored note. */
export interface RequestEntry {
  readonly auditId: string;
  readonly tenant: string;
  readonly principal: string;
  /** Given when this process begins at once; otherwise the job is queued. */
  readonly lease?: string;
  /** Current rules or prompts: a result of others is replaced. */
  readonly rulesSha256: string;
  readonly event: AuditEventDraft;
}

export type RequestOutcome =
  | { readonly kind: 'taken'; readonly attempts: number }
  /** It is there already, or being made. */
  | { readonly kind: 'known'; readonly status: AnalysisStatus }
  | { readonly kind: 'not-found' };

/**
 * Queues the analysis of a stored note, or takes it for this process. Each has its event, by which the lane finds out
 * whether a COMMIT without an answer was made.
 */
export const requestWriter: GroupWriter<RequestEntry, RequestOutcome> = writerOfChanges('analysis', request, eventOf);

function eventOf({ event, lease }: RequestEntry, outcome: RequestOutcome): AuditEventDraft {
  switch (outcome.kind) {
    case 'taken':
      return lease === undefined ? { ...event, reason: 'queued', status: 202 } : { ...event, reason: 'begun' };
    case 'known':
      return outcome.status === 'done'
        ? { ...event, reason: 'done-before', status: 200 }
        : { ...event, reason: 'queued-before', status: 202 };
    case 'not-found':
      return { ...event, outcome: 'failure', reason: 'not-found', status: 404 };
  }
}

async function request(transaction: Queryable, entry: RequestEntry): Promise<RequestOutcome> {
  const { auditId, tenant, principal, lease = null, rulesSha256 } = entry;
  // A job that waits may be begun at once by who asks; one that runs is let be until its lease ends.
  const { rows } = await transaction.query<{ attempts: number }>({
    name: 'request-analysis',
    text: `INSERT INTO analyses AS a (audit_id, tenant, principal, status, requested_at, due_at, attempts, lease)
           SELECT audit_id, tenant, $3, CASE WHEN $4::uuid IS NULL THEN 'queued' ELSE 'running' END, now(),
             now() + CASE WHEN $4::uuid IS NULL THEN 0 ELSE ${leaseTime} END * interval '1 ms',
             CASE WHEN $4::uuid IS NULL THEN 0 ELSE 1 END, $4::uuid
           FROM notes WHERE audit_id = $1 AND tenant = $2
           ON CONFLICT (audit_id) DO UPDATE SET principal = EXCLUDED.principal, status = EXCLUDED.status,
             requested_at = EXCLUDED.requested_at, due_at = EXCLUDED.due_at, lease = EXCLUDED.lease,
             attempts = EXCLUDED.attempts + CASE WHEN a.status = 'queued' THEN a.attempts ELSE 0 END
           WHERE a.status = 'dead' OR (a.status = 'done' AND a.rules_sha256 <> $5)
             OR (a.status = 'queued' AND $4::uuid IS NOT NULL)
           RETURNING attempts`,
    values: [auditId, tenant, principal, lease, rulesSha256],
  });
  if (rows[0]) return { kind: 'taken', attempts: rows[0].attempts };
  const known = await transaction.query<{ status: AnalysisStatus }>({
    name: 'known-analysis',
    text: 'SELECT status FROM analyses WHERE audit_id = $1 AND tenant = $2',
    values: [auditId, tenant],
  });
  return known.rows[0] ? { kind: 'known', status: known.rows[0].status } : { kind: 'not-found' };
}
