import type { BreakGlass } from '../../notes/access/break-glass.ts';
import { defineRoute } from '../route.ts';
import { breakGlassReasonResponse } from '../schemas/break-glass.ts';
import { presentGrant } from './break-glass.ts';

/** Shows an auditor why the glass was broken. */
export const readBreakGlassRoute = (breakGlass: BreakGlass) =>
  defineRoute({
    method: 'GET',
    path: '/break-glass/{grant_id}',
    permission: 'break-glass.read',
    action: 'break-glass.read',
    documentation: {
      operationId: 'readBreakGlass',
      summary: 'Read the reason of an emergency access',
      description: 'Reading the reason is recorded as an event. `break_glass` in an event is the `grant_id`.',
      tag: 'Break-glass',
      response: breakGlassReasonResponse,
      problems: [404],
    },
    async handle({ actor, params }) {
      const grant = await breakGlass.read(params.grant_id!, actor);
      return {
        status: 200,
        body: {
          ...presentGrant(grant),
          principal: grant.principal,
          audit_id: grant.auditId,
          patient_ref: grant.patientRef.toString('base64url'),
          patient_ref_version: grant.patientRefVersion,
          reason_text: grant.reasonText,
        },
      };
    },
  });
