import type { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { type EnqueuedAnalysis, insertAnalyses } from '../analysis/queue/enqueue.ts';
import type { GroupWriter } from '../audit/group-writer.ts';
import { insertEvents } from '../audit/insert-events.ts';
import type { Queryable } from '../database/database.ts';
import { insertNotes, type NoteEntry } from './note-writer.ts';

/**
 * Stores notes that are to be analysed, and the request for it, in one transaction: a note that was acknowledged is analysed some
 * time, whatever happens. A kind of its own, so that notes that are only stored keep taking one statement a group.
 */
export const queuedNoteWriter: GroupWriter<NoteEntry, void> = {
  kind: 'ingest',
  async write(connection, entries, chain, setOutcomes) {
    setOutcomes(entries.map(() => undefined));
    await connection.transaction((transaction) => storeNotes(transaction, entries, [], chain));
  },
};

/**
 * Stores notes, the requests to analyse them, and their events.
 *
 * @param others events that have no note beside them
 */
export async function storeNotes(
  transaction: Queryable,
  entries: readonly NoteEntry[],
  others: readonly AuditEventDraft[],
  chain: Chain,
): Promise<void> {
  const requested = entries.filter(isRequested);
  const events = chain.append([
    ...entries.map(({ event }) => event),
    ...requested.map(({ analysis }) => analysis.event),
    ...others,
  ]);
  if (entries.length > 0) await transaction.query(insertNotes(entries, chain, events.slice(0, entries.length)));
  if (requested.length > 0) await transaction.query(insertAnalyses(requested));
  if (events.length > entries.length) await transaction.query(insertEvents(chain, events.slice(entries.length)));
}

const isRequested = (entry: NoteEntry): entry is NoteEntry & { readonly analysis: EnqueuedAnalysis } =>
  entry.analysis !== undefined;
