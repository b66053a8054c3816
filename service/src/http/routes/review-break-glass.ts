import { type GrantReviews, type Review, reviewDueAt } from '../../notes/access/grant-reviews.ts';
import { defineRoute } from '../route.ts';
import {
  grantReviewRequest,
  grantReviewResponse,
  grantSearchRequest,
  grantSearchResponse,
} from '../schemas/break-glass.ts';
import { presentGrant } from './break-glass.ts';

/** Lists emergency accesses, such as those whose review is due. */
export const searchBreakGlassRoute = (reviews: GrantReviews) =>
  defineRoute({
    method: 'POST',
    path: '/break-glass/search',
    permission: 'break-glass.read',
    action: 'break-glass.search',
    body: grantSearchRequest,
    documentation: {
      operationId: 'searchBreakGlass',
      summary: 'List emergency accesses, newest first',
      description:
        '`reviewed: false` lists those whose review is due. Reasons are read one by one, because that is recorded.',
      tag: 'Break-glass',
      response: grantSearchResponse,
    },
    async handle({ actor, body }) {
      const { grants, nextCursor } = await reviews.search(body, actor);
      return {
        status: 200,
        body: {
          grants: grants.map((grant) => ({
            ...presentGrant(grant),
            principal: grant.principal,
            audit_id: grant.auditId,
            review_due_at: reviewDueAt(grant.openedAt),
            review: grant.review && present(grant.review),
          })),
          next_cursor: nextCursor,
        },
      };
    },
  });

/** Records what an auditor decided about an emergency access. */
export const reviewBreakGlassRoute = (reviews: GrantReviews) =>
  defineRoute({
    method: 'POST',
    path: '/break-glass/{grant_id}/reviewed',
    permission: 'break-glass.review',
    action: 'break-glass.review',
    body: grantReviewRequest,
    documentation: {
      operationId: 'reviewBreakGlass',
      summary: 'Record the review of an emergency access',
      description: 'The first review counts: a second one is refused with 409. Nobody reviews their own access.',
      tag: 'Break-glass',
      response: grantReviewResponse,
      problems: [404, 409],
    },
    async handle({ actor, params, body }) {
      return { status: 200, body: present(await reviews.review(params.grant_id!, body.outcome, actor)) };
    },
  });

const present = ({ outcome, reviewedBy, reviewedAt }: Review) => ({
  outcome,
  reviewed_by: reviewedBy,
  reviewed_at: reviewedAt,
});
