import { OverloadedError } from '../../audit/committer.ts';
import { type AuditCriteria, searchEvents } from '../../audit/query.ts';
import { patientReferences } from '../../crypto/keyed-hash.ts';
import type { Database } from '../../database/database.ts';
import { eventBy } from '../../notes/actor.ts';
import { defineRoute } from '../route.ts';
import { auditExportRequest, auditExportResponse } from '../schemas/audit.ts';
import type { AuditRouteDependencies } from './search-audit.ts';

/** Events that are read at once. */
const pageSize = 200;
/** Exports that run at once in a process, because each lasts as long as its client reads. */
const mostExports = 4;

/**
 * Streams the events of a search. One event records the beginning before the first line is sent, and one the end with
 * the number of events: neither a client that disconnects nor a crash hides an export.
 */
export const exportAuditRoute = ({ committer, database, keyring }: AuditRouteDependencies) => {
  let running = 0;
  return defineRoute({
    method: 'POST',
    path: '/audit/export',
    permission: 'audit.export',
    action: 'audit.export',
    body: auditExportRequest,
    documentation: {
      operationId: 'exportAuditEvents',
      summary: 'Export audit events as lines of JSON, newest first',
      description:
        'Returns every event of the search, without pages. An answer that ends without its last chunk is incomplete. ' +
        'The export is recorded when it begins, and again with the number of events when it ends.',
      tag: 'Audit',
      response: auditExportResponse,
      contentType: 'application/x-ndjson',
    },
    async handle({ actor, body }) {
      const { tenant } = actor.principal;
      const { patient_id, audit_id: auditId, to = new Date().toISOString(), ...criteria } = body;
      const keys = keyring.indexKeys();
      const patientRefs = patient_id === undefined ? undefined : patientReferences(tenant, patient_id, keys);
      const record = (outcome: 'success' | 'failure', reason: string, count?: number) =>
        committer.record(
          eventBy(actor, {
            action: 'audit.export',
            outcome,
            criteria: Object.keys(body).sort(),
            patientRef: patientRefs?.[0],
            patientRefVersion: patientRefs && keys[0]?.version,
            reason,
            count,
            status: 200,
          }),
        );
      async function* lines(): AsyncGenerator<string> {
        if (running >= mostExports) throw new OverloadedError();
        running += 1;
        let count = 0;
        let end: 'complete' | 'failed' | 'aborted' = 'aborted';
        try {
          await record('success', 'begun');
          for await (const events of pagesOf(database, { ...criteria, to, auditId, tenant, patientRefs })) {
            count += events.length;
            yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
          }
          end = 'complete';
        } catch (error) {
          end = 'failed';
          throw error;
        } finally {
          running -= 1;
          // The pipeline records a failure.
          if (end !== 'failed') await record(end === 'complete' ? 'success' : 'failure', end, count);
        }
      }
      return { lines: lines(), fileName: 'audit-events.jsonl' };
    },
  });
};

async function* pagesOf(database: Database, criteria: Omit<AuditCriteria, 'limit' | 'cursor'>) {
  for (let cursor: string | undefined; ; ) {
    const { events, nextCursor } = await searchEvents(database, { ...criteria, limit: pageSize, cursor });
    if (events.length > 0) yield events;
    if (nextCursor === undefined) return;
    cursor = nextCursor;
  }
}
