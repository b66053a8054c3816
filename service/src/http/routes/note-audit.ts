import { eventsOfNote } from '../../audit/query.ts';
import { NotFoundError } from '../../notes/access/access-errors.ts';
import { eventBy } from '../../notes/actor.ts';
import { queryCursor, refuseCursor } from '../query-parameters.ts';
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
      description: 'By pages of 1,000 events: while there is a `next_cursor`, ask for the next page with `?cursor=`.',
      response: auditEventsResponse,
      paged: true,
      problems: [404, 422],
    },
    async handle({ actor, params, query }) {
      const auditId = params.audit_id!;
      const cursor = queryCursor(query);
      const { tenant } = actor.principal;
      const { events, nextCursor } = await eventsOfNote(database, { tenant, auditId, cursor }).catch(refuseCursor);
      const found = events.length > 0 || cursor !== undefined;
      const event = eventBy(actor, {
        action: 'audit.read',
        outcome: found ? 'success' : 'failure',
        auditId: found ? auditId : undefined,
        reason: found ? undefined : 'not-found',
        count: events.length,
        status: found ? 200 : 404,
      });
      await committer.record(event);
      if (!found) throw new NotFoundError();
      return { status: 200, body: { events, next_cursor: nextCursor } };
    },
  });
