import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Queryable } from '../database/database.ts';
import type { GroupWriter } from './group-writer.ts';
import { insertEvents } from './insert-events.ts';

/** A change to the database and its audit event. */
export interface AuditedChange<Result> {
  readonly change: (transaction: Queryable) => Promise<Result>;
  readonly event: (result: Result) => AuditEventDraft;
}

/** Makes changes and stores their events in one transaction: neither is there without the other. */
export const changeWriter: GroupWriter<AuditedChange<unknown>, unknown> = {
  kind: 'event',
  async write(connection, entries, chain, decide) {
    await connection.transaction(async (transaction) => {
      const results: unknown[] = [];
      for (const { change } of entries) results.push(await change(transaction));
      const drafts = entries.map(({ event }, index) => event(results[index]));
      await transaction.query(insertEvents(chain, chain.append(drafts)));
      decide(results);
    });
  },
};
