import type { BreakGlass } from '../../notes/access/break-glass.ts';
import type { Grant } from '../../notes/access/grant.ts';
import { problems } from '../problems.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { defineRoute } from '../route.ts';
import { breakGlassRequest, breakGlassResponse } from '../schemas/break-glass.ts';

/**
 * Gives a clinician access to the notes of a patient of other care teams.
 *
 * @param limiter how often a principal may ask, beside the limit of all requests: undefined is no further limit
 */
export const breakGlassRoute = (breakGlass: BreakGlass, limiter: RateLimiter | undefined) =>
  defineRoute({
    method: 'POST',
    path: '/break-glass',
    permission: 'break-glass.open',
    action: 'break-glass.open',
    body: breakGlassRequest,
    documentation: {
      operationId: 'breakGlass',
      summary: 'Request emergency access to the notes of one patient',
      description:
        'For this patient alone, for this principal alone, for a bounded time (`expires_at`). It is recorded under an ' +
        'event of its own, raises an alarm, and every access under it names it. Where every note of the patient may be ' +
        'read as it is, the answer is 409 and nothing is opened.',
      tag: 'Break-glass',
      response: breakGlassResponse,
      problems: [404, 409],
    },
    async handle({ actor, body }) {
      const allowance = limiter?.take(`${actor.principal.tenant}|${actor.principal.name}`);
      if (allowance && !allowance.allowed) throw problems.rateLimited(allowance.reset);
      const patient = body.audit_id === undefined ? { patientId: body.patient_id! } : { auditId: body.audit_id };
      const request = { patient, reasonCode: body.reason_code, reasonText: body.reason_text };
      return { status: 200, body: presentGrant(await breakGlass.open(request, actor)) };
    },
  });

export const presentGrant = ({ grantId, reasonCode, openedAt, expiresAt }: Grant) => ({
  grant_id: grantId,
  reason_code: reasonCode,
  opened_at: openedAt,
  expires_at: expiresAt,
});
