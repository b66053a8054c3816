import type { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Connection } from '../database/database.ts';
import { insertEvents } from './insert-events.ts';

/** What a commit group is made of: reported as a label of the commit metrics. */
export type GroupKind = 'ingest' | 'idempotent' | 'event' | 'analysis';

/**
 * Writes a group of entries and their audit events in ONE transaction.
 *
 * `decide` is called with an outcome for each entry before the transaction is committed. When the answer to COMMIT is
 * lost, the lane looks whether the events are there, and these are the outcomes if they are.
 */
export interface GroupWriter<Entry, Outcome> {
  readonly kind: GroupKind;
  write(
    connection: Connection,
    entries: readonly Entry[],
    chain: Chain,
    decide: (outcomes: readonly Outcome[]) => void,
  ): Promise<void>;
}

/** Writes events that have nothing beside them: a read, a search, a denial. */
export const eventWriter: GroupWriter<AuditEventDraft, void> = {
  kind: 'event',
  async write(connection, drafts, chain, decide) {
    decide(drafts.map(() => undefined));
    await connection.query(insertEvents(chain, chain.append(drafts)));
  },
};
