import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { type GroupWriter, writerOfChanges } from '../../audit/group-writer.ts';
import type { Queryable } from '../../database/database.ts';
import type { AnalysisFailure } from '../analysis-error.ts';
import type { Job } from './job.ts';

/** How an attempt ended. */
export type JobEnd =
  | {
      readonly status: 'done';
      readonly engine: string;
      readonly engineVersion: string;
      readonly rulesSha256: string;
      readonly needsReview: boolean;
      readonly keyId: string;
      readonly sealed: Buffer;
    }
  | { readonly status: 'dead'; readonly failure: AnalysisFailure }
  /** Due again after `delay` ms; `counts` is false for an attempt that says nothing about the note. */
  | { readonly status: 'queued'; readonly failure: AnalysisFailure; readonly delay: number; readonly counts: boolean };

export interface FinishEntry {
  readonly job: Job;
  readonly end: JobEnd;
  readonly event: AuditEventDraft;
}

/**
 * Writes the ends of attempts and their events in one transaction. The outcome is false where the lease had passed to
 * another worker: what this one found is dropped, so that a job is finished once.
 */
export const finishWriter: GroupWriter<FinishEntry, boolean> = writerOfChanges('analysis', finish, ({ event }, held) =>
  held ? event : { ...event, outcome: 'failure', reason: 'lease-lost' },
);

async function finish(transaction: Queryable, { job, end }: FinishEntry): Promise<boolean> {
  const held = [job.auditId, job.lease];
  const { rowCount } = await transaction.query(
    end.status === 'done'
      ? {
          name: 'analysis-done',
          text: `UPDATE analyses SET status = 'done', lease = NULL, failure = NULL, finished_at = now(), engine = $3,
                   engine_version = $4, rules_sha256 = $5, needs_review = $6, key_id = $7, sealed = $8
                 WHERE audit_id = $1 AND lease = $2`,
          values: [...held, end.engine, end.engineVersion, end.rulesSha256, end.needsReview, end.keyId, end.sealed],
        }
      : end.status === 'dead'
        ? {
            name: 'analysis-dead',
            text: `UPDATE analyses SET status = 'dead', lease = NULL, failure = $3, finished_at = now()
                   WHERE audit_id = $1 AND lease = $2`,
            values: [...held, end.failure],
          }
        : {
            name: 'analysis-again',
            text: `UPDATE analyses SET status = 'queued', lease = NULL, failure = $3,
                     due_at = now() + $4 * interval '1 ms', attempts = attempts - $5
                   WHERE audit_id = $1 AND lease = $2`,
            values: [...held, end.failure, Math.round(end.delay), end.counts ? 0 : 1],
          },
  );
  return rowCount === 1;
}
