import { hash as sha256 } from 'node:crypto';
import { TrailFormatError } from '@healthcare-ai/audit-trail/format/format-error';
import type { AuditStore, StoredEvent } from '@healthcare-ai/audit-trail/store';
import { makeEventProof } from '@healthcare-ai/audit-trail/verify/event-proof';
import type { LocalContext } from '../../context.ts';
import { OpsFailure } from '../../errors.ts';
import { type AuditTools, withStore } from '../tools.ts';
import { eventLine } from './event-line.ts';

interface Entry {
  readonly event: StoredEvent;
  /** Checkpoint that covers it; undefined for one that waits for it. */
  readonly checkpoint?: number;
  /** It is not what was sealed there. */
  readonly tampered?: true;
}

/**
 * Everything that happened to a note, or in a request, as a timeline: each event with the checkpoint that proves it.
 *
 * @param id audit id of a note, or id of a request
 * @throws OpsFailure when nothing is known of it
 */
export async function showTimeline(context: LocalContext, tools: AuditTools, id: string): Promise<void> {
  const entries = await withStore({ tools, command: 'show', now: context.clock.now }, async ({ store, looked }) => {
    const ofNote = await collect(store, { auditId: id });
    const requests = new Set(ofNote.flatMap(({ request_id: request }) => request ?? []));
    const ofRequest = requests.size === 0 ? await collect(store, { requestId: id }) : [];
    const events = ofNote.length > 0 ? ofNote : ofRequest;
    const found: Entry[] = [];
    for (const event of events) {
      found.push({ event, ...(await coverOf(store, event)) });
    }
    const tenants = new Set(events.map(({ tenant }) => tenant));
    await looked({
      action: 'audit.read',
      auditId: ofNote.length > 0 ? id : undefined,
      tenant: tenants.size === 1 ? [...tenants][0] : undefined,
      count: events.length,
    });
    return found;
  });
  if (entries.length === 0) throw new OpsFailure(`Nothing is known of ${id}: it names no note and no request.`);
  const document = entries.map(({ event, ...cover }) => ({ ...event, ...cover }));
  context.output.result(document, entries.map(line).join('\n'));
}

/** Whether an event is in the tree of its checkpoint. `audit verify` checks the signature of the checkpoint. */
async function coverOf(store: AuditStore, { chain, seq, hash }: StoredEvent): Promise<Omit<Entry, 'event'>> {
  try {
    const covering = await store.coveringCheckpoint(chain, seq);
    if (!covering) return {};
    const { checkpoint, texts } = covering;
    const proof = JSON.parse(makeEventProof(checkpoint, chain, seq, texts)) as { event: string };
    const same = sha256('sha256', proof.event) === hash;
    return { checkpoint: checkpoint.statement.number, ...(!same && { tampered: true }) };
  } catch (error) {
    if (error instanceof RangeError || error instanceof TrailFormatError) return { tampered: true };
    throw error;
  }
}

function line({ event, checkpoint, tampered }: Entry): string {
  const under = checkpoint === undefined ? 'not under a checkpoint yet' : `under checkpoint ${checkpoint}`;
  const state = tampered ? 'NOT what was sealed: run audit verify' : under;
  return `${eventLine(event)}\n  ${state}, event ${event.seq} of chain ${event.chain}`;
}

/** Notes and requests have few events; what has more is shown in part. */
const limit = 1_000;

async function collect(store: AuditStore, criteria: Parameters<AuditStore['findEvents']>[0]): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const page of store.findEvents(criteria)) {
    events.push(...page);
    if (events.length >= limit) break;
  }
  return events.slice(0, limit);
}
