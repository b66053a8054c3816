import type { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Connection, Queryable } from '../database/database.ts';
import type { CommitKind } from '../telemetry/metrics.ts';
import { insertEvents } from './insert-events.ts';

/**
 * Writes a group of entries and their audit events in ONE transaction.
 *
 * Calls `setOutcomes` with the outcome of each entry before it commits. If the response to COMMIT is lost, the lane looks
 * for the events in the database, and uses these outcomes if it finds them.
 */
export interface GroupWriter<Entry, Outcome> {
  readonly kind: CommitKind;
  write(
    connection: Connection,
    entries: readonly Entry[],
    chain: Chain,
    setOutcomes: (outcomes: readonly Outcome[]) => void,
  ): Promise<void>;
}

/** Writes events that have nothing beside them: a read, a search, a denial. */
export const eventWriter: GroupWriter<AuditEventDraft, void> = {
  kind: 'event',
  async write(connection, drafts, chain, setOutcomes) {
    setOutcomes(drafts.map(() => undefined));
    await connection.query(insertEvents(chain, chain.append(drafts)));
  },
};

/** A change to the database and its audit event. */
export interface AuditedChange<Result> {
  readonly change: (transaction: Queryable) => Promise<Result>;
  /** Undefined where the change found nothing to change. */
  readonly event: (result: Result) => AuditEventDraft | undefined;
}

/**
 * A writer that makes one change after the other and stores their events in the same transaction: neither is there
 * without the other.
 *
 * @param eventOf undefined where the change found nothing to change
 */
export const writerOfChanges = <Entry, Outcome>(
  kind: CommitKind,
  change: (transaction: Queryable, entry: Entry) => Promise<Outcome>,
  eventOf: (entry: Entry, outcome: Outcome) => AuditEventDraft | undefined,
): GroupWriter<Entry, Outcome> => ({
  kind,
  async write(connection, entries, chain, setOutcomes) {
    await connection.transaction(async (transaction) => {
      const outcomes: Outcome[] = [];
      for (const entry of entries) outcomes.push(await change(transaction, entry));
      const drafts = entries.map((entry, index) => eventOf(entry, outcomes[index]!));
      const events = chain.append(drafts.filter((draft) => draft !== undefined));
      if (events.length > 0) await transaction.query(insertEvents(chain, events));
      setOutcomes(outcomes);
    });
  },
});

export const changeWriter = writerOfChanges<AuditedChange<unknown>, unknown>(
  'event',
  (transaction, { change }) => change(transaction),
  ({ event }, result) => event(result),
);
