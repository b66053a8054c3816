import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Committer } from '../../audit/committer.ts';
import { decodeCursor, encodeCursor, timeAndId } from '../../database/cursor.ts';
import type { Database, Queryable } from '../../database/database.ts';
import { type Actor, eventBy } from '../actor.ts';
import { AlreadyReviewedError, NotFoundError, OwnGrantError } from './access-errors.ts';
import type { Grant } from './grant.ts';
import { type GrantRow, grantColumns, granted } from './grant-store.ts';

/** What a reviewer may decide about an emergency access. */
export const reviewOutcomes = ['justified', 'not-justified'] as const;

export interface Review {
  readonly outcome: (typeof reviewOutcomes)[number];
  readonly reviewedBy: string;
  readonly reviewedAt: string;
}

export interface ReviewedGrant extends Grant {
  /** @default - not reviewed yet */
  readonly review?: Review;
}

export interface GrantCriteria {
  /** Whether the grant was reviewed. @default - both */
  readonly reviewed?: boolean;
  readonly principal?: string;
  /** ISO 8601; opened at this moment or later. */
  readonly from?: string;
  /** ISO 8601; opened before this moment. */
  readonly to?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface GrantReviewsOptions {
  readonly database: Database;
  readonly committer: Committer;
}

/** The review of each emergency access by another person, 45 CFR 164.308(a)(1)(ii)(D). */
export class GrantReviews {
  readonly #options: GrantReviewsOptions;

  constructor(options: GrantReviewsOptions) {
    this.#options = options;
  }

  /**
   * Finds grants of the tenant, newest first.
   *
   * @throws InvalidCursorError
   */
  async search(
    criteria: GrantCriteria,
    actor: Actor,
  ): Promise<{ readonly grants: readonly ReviewedGrant[]; readonly nextCursor?: string }> {
    const { grants, nextCursor } = await findGrants(this.#options.database, actor.principal.tenant, criteria);
    const event = eventBy(actor, {
      action: 'break-glass.search',
      outcome: 'success',
      criteria: (['from', 'principal', 'reviewed', 'to'] as const).filter((name) => criteria[name] !== undefined),
      count: grants.length,
      status: 200,
    });
    await this.#options.committer.record(event);
    return { grants, nextCursor };
  }

  /**
   * Records what the reviewer decided. The first review counts.
   *
   * @throws NotFoundError when the tenant has no such grant
   * @throws OwnGrantError
   * @throws AlreadyReviewedError
   */
  async review(grantId: string, outcome: Review['outcome'], actor: Actor): Promise<Review> {
    const { database, committer } = this.#options;
    const { tenant, name: reviewedBy } = actor.principal;
    const { rows } = await database.query<{
      principal: string;
      audit_id: string | null;
      patient_ref: Buffer;
      patient_ref_version: number;
    }>({
      text: `SELECT principal, audit_id, patient_refs[1] AS patient_ref, patient_ref_version FROM break_glass_grants
             WHERE grant_id = $1 AND tenant = $2`,
      values: [grantId, tenant],
    });
    const grant = rows[0];
    const event = (draft: Pick<AuditEventDraft, 'outcome' | 'reason' | 'status'>): AuditEventDraft =>
      eventBy(actor, {
        ...draft,
        action: 'break-glass.review',
        breakGlass: grant && grantId,
        auditId: grant?.audit_id ?? undefined,
        patientRef: grant?.patient_ref,
        patientRefVersion: grant?.patient_ref_version,
      });
    if (!grant) {
      await committer.record(event({ outcome: 'failure', reason: 'not-found', status: 404 }));
      throw new NotFoundError();
    }
    if (grant.principal === reviewedBy) {
      await committer.record(event({ outcome: 'denied', reason: 'own-grant', status: 403 }));
      throw new OwnGrantError();
    }
    const review = await committer.change({
      change: (transaction) => insertReview(transaction, { grantId, outcome, reviewedBy }),
      event: (made) =>
        made
          ? event({ outcome: 'success', reason: outcome, status: 200 })
          : event({ outcome: 'failure', reason: 'conflict', status: 409 }),
    });
    if (!review) throw new AlreadyReviewedError();
    return review;
  }
}

interface Row extends GrantRow {
  /** ISO 8601 with microseconds: the order of the pages is finer than a Date. */
  readonly opened: string;
  readonly outcome: Review['outcome'] | null;
  readonly reviewed_by: string | null;
  readonly reviewed_at: Date | null;
}

async function findGrants(database: Queryable, tenant: string, { limit, cursor, ...criteria }: GrantCriteria) {
  const { reviewed, principal, from = '-infinity', to = 'infinity' } = criteria;
  const sought = { tenant, ...criteria };
  const [time, id] =
    cursor === undefined
      ? ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff']
      : decodeCursor(cursor, timeAndId, sought);
  const { rows } = await database.query<Row>({
    text: `SELECT ${grantColumns}, r.outcome, r.reviewed_by, r.reviewed_at,
             to_char(g.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS opened
           FROM break_glass_grants AS g LEFT JOIN break_glass_reviews AS r USING (grant_id)
           WHERE g.tenant = $1 AND ($2::text IS NULL OR g.principal = $2)
             AND g.opened_at >= $3::timestamptz AND g.opened_at < $4::timestamptz
             AND (g.opened_at, g.grant_id) < ($5::timestamptz, $6::uuid)
             AND ($7::boolean IS NULL OR (r.grant_id IS NOT NULL) = $7)
           ORDER BY g.opened_at DESC, g.grant_id DESC LIMIT $8`,
    values: [tenant, principal ?? null, from, to, time, id, reviewed ?? null, limit + 1],
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { grants: page.map(reviewedGrant), nextCursor: last && encodeCursor([last.opened, last.grant_id], sought) };
}

const reviewedGrant = (row: Row): ReviewedGrant => ({
  ...granted(row),
  review:
    row.outcome === null
      ? undefined
      : { outcome: row.outcome, reviewedBy: row.reviewed_by!, reviewedAt: row.reviewed_at!.toISOString() },
});

/** @returns undefined where there is a review already */
async function insertReview(
  transaction: Queryable,
  { grantId, outcome, reviewedBy }: Pick<Review, 'outcome' | 'reviewedBy'> & { readonly grantId: string },
): Promise<Review | undefined> {
  const { rows } = await transaction.query<{ reviewed_at: Date }>({
    text: `INSERT INTO break_glass_reviews (grant_id, outcome, reviewed_by, reviewed_at) VALUES ($1, $2, $3, now())
           ON CONFLICT (grant_id) DO NOTHING RETURNING reviewed_at`,
    values: [grantId, outcome, reviewedBy],
  });
  return rows[0] && { outcome, reviewedBy, reviewedAt: rows[0].reviewed_at.toISOString() };
}

/**
 * When a review is due: at the same time of the next day from Monday to Friday, in UTC. Holidays are not known here.
 */
export function reviewDueAt(openedAt: string): string {
  const due = new Date(openedAt);
  do due.setUTCDate(due.getUTCDate() + 1);
  while (due.getUTCDay() % 6 === 0);
  return due.toISOString();
}
