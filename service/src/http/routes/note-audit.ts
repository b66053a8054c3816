import { eventsOfNote } from '../../audit/query.ts';
import { NotFoundError } from '../../notes/access/access-errors.ts';
import { defineRoute } from '../route.ts';
import { auditEventsResponse } from '../schemas/audit.ts';
import type { AuditRouteDependencies } from './search-audit.ts';

/** Everything that happened to a note. */
export const noteAuditRoute = ({ committer, database }: AuditRouteDependencies) =>
  defineRoute({
    method: 'GET',
    path: '/audit/events/{audit_id}',
    permission: 'audit.read',
    action: 'audit.read',
    documentation: {
      operationId: 'readAuditEvents',
      summary: 'Read the audit events of a note, oldest first',
      tag: 'Audit',
      response: auditEventsResponse,
      problems: [404],
    },
    async handle({ actor, params }) {
      const auditId = params.audit_id!;
      const events = await eventsOfNote(database, actor.principal.tenant, auditId);
      const found = events.length > 0;
      await committer.record({
        ...actor.event,
        action: 'audit.read',
        outcome: found ? 'success' : 'failure',
        recordedAt: new Date().toISOString(),
        auditId: found ? auditId : undefined,
        reason: found ? undefined : 'not-found',
        count: events.length,
        status: found ? 200 : 404,
      });
      if (!found) throw new NotFoundError();
      return { status: 200, body: { events } };
    },
  });
