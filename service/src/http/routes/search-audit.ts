import type { Committer } from '../../audit/committer.ts';
import { searchEvents } from '../../audit/query.ts';
import { patientReferences } from '../../crypto/keyed-hash.ts';
import type { Keyring } from '../../crypto/keyring.ts';
import type { Database } from '../../database/database.ts';
import { eventBy } from '../../notes/actor.ts';
import { defineRoute } from '../route.ts';
import { auditSearchRequest, auditSearchResponse } from '../schemas/audit.ts';

export interface AuditRouteDependencies {
  readonly committer: Committer;
  readonly database: Database;
  readonly keyring: Keyring;
}

/** Finds audit events. Looking is itself audited: by the names of the criteria, never by their values. */
export const searchAuditRoute = ({ committer, database, keyring }: AuditRouteDependencies) =>
  defineRoute({
    method: 'POST',
    path: '/audit/search',
    permission: 'audit.search',
    action: 'audit.search',
    body: auditSearchRequest,
    documentation: {
      operationId: 'searchAuditEvents',
      summary: 'Find audit events, newest first',
      tag: 'Audit',
      response: auditSearchResponse,
    },
    async handle({ actor, body }) {
      const { patient_id, audit_id: auditId, ...criteria } = body;
      const keys = keyring.indexKeys();
      const patientRefs =
        patient_id === undefined ? undefined : patientReferences(actor.principal.tenant, patient_id, keys);
      const { events, nextCursor } = await searchEvents(database, {
        ...criteria,
        auditId,
        tenant: actor.principal.tenant,
        patientRefs,
      });
      const event = eventBy(actor, {
        action: 'audit.search',
        outcome: 'success',
        criteria: Object.keys(body)
          .filter((name) => name !== 'limit' && name !== 'cursor')
          .sort(),
        patientRef: patientRefs?.[0],
        patientRefVersion: patientRefs && keys[0]?.version,
        count: events.length,
        status: 200,
      });
      await committer.record(event);
      return { status: 200, body: { events, next_cursor: nextCursor } };
    },
  });
