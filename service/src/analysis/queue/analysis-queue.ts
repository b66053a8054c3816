import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/database.ts';
import { type ClaimedJob, type Job, leaseTime } from './job.ts';

interface ClaimedRow {
  readonly audit_id: string;
  readonly tenant: string;
  readonly principal: string;
  readonly attempts: number;
  readonly patient_ref: Buffer;
  readonly patient_ref_version: number;
  readonly key_id: string;
  readonly sealed: Buffer;
  readonly care_team: string | null;
}

export interface QueueStatus {
  /** Jobs that wait, or run. */
  readonly depth: number;
  /** Jobs that were given up. */
  readonly dead: number;
  /** How long the oldest has been due, in seconds. */
  readonly oldestSeconds: number;
}

/** The queue of analyses in the database: any number of processes take from it, and no job is taken twice. */
export class AnalysisQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Takes up to `count` jobs that are due, the longest waiting first. Rows that another worker is just taking are passed
   * over (SKIP LOCKED), so that workers do not wait for each other. The commit waits for no disk: a claim that a crash of
   * the database undoes is a job that is taken again, and the notes that are taken in need the disk.
   */
  async claim(count: number): Promise<ClaimedJob[]> {
    const lease = randomUUID();
    const { rows } = await this.#database.query<ClaimedRow>({
      name: 'claim-analyses',
      text: `WITH lightly AS (SELECT set_config('synchronous_commit', 'off', true)), due AS (
               SELECT audit_id FROM analyses, lightly WHERE status IN ('queued', 'running') AND due_at <= now()
               ORDER BY due_at LIMIT $1 FOR UPDATE OF analyses SKIP LOCKED)
             UPDATE analyses AS a
             SET status = 'running', lease = $2, attempts = a.attempts + 1, due_at = now() + $3 * interval '1 ms'
             FROM due JOIN notes AS n ON n.audit_id = due.audit_id
             WHERE a.audit_id = due.audit_id
             RETURNING a.audit_id, a.tenant, a.principal, a.attempts, n.patient_ref, n.patient_ref_version, n.key_id, n.sealed,
               n.care_team`,
      values: [count, lease, leaseTime],
    });
    return rows.map((row) => ({
      auditId: row.audit_id,
      tenant: row.tenant,
      principal: row.principal,
      attempts: row.attempts,
      patientRef: row.patient_ref,
      patientRefVersion: row.patient_ref_version,
      keyId: row.key_id,
      sealed: row.sealed,
      careTeam: row.care_team ?? undefined,
      lease,
    }));
  }

  /** Says that the jobs are still worked on. */
  async renew(jobs: readonly Job[]): Promise<void> {
    for (const { auditId, lease } of jobs) {
      await this.#database.query({
        name: 'renew-analysis',
        text: `UPDATE analyses SET due_at = now() + $3 * interval '1 ms'
               WHERE audit_id = $1 AND lease = $2`,
        values: [auditId, lease, leaseTime],
      });
    }
  }

  async status(): Promise<QueueStatus> {
    const { rows } = await this.#database.query<{ depth: number; dead: number; oldest: number | null }>({
      text: `SELECT count(*)::int AS depth, extract(epoch FROM now() - min(due_at))::float8 AS oldest,
                    (SELECT count(*)::int FROM (SELECT FROM analyses WHERE status = 'dead' LIMIT 10000) AS d) AS dead
             FROM (SELECT due_at FROM analyses WHERE status IN ('queued', 'running') LIMIT 100000) AS q`,
    });
    const { depth = 0, dead = 0, oldest } = rows[0] ?? {};
    return { depth, dead, oldestSeconds: Math.max(0, oldest ?? 0) };
  }
}
