import { hash, randomUUID } from 'node:crypto';
import { type AuditEventDraft, type EventSchema, eventText } from './event.ts';

/** An event with its place in a chain, ready to be stored. */
export interface ChainedEvent {
  readonly draft: AuditEventDraft;
  readonly seq: number;
  /** SHA-256 of `text`, in hex. */
  readonly hash: string;
  /** The canonical JSON. */
  readonly text: string;
}

/** The predecessor of the first event. It contains the chain's name, so that a renamed chain cannot be joined to another. */
export const genesisHash = (chain: string): string => hash('sha256', `healthcare-ai/audit-chain/v1|${chain}`);

/**
 * A chain of events that one lane writes: each names the hash of the one before. No lock is shared, because no two
 * writers share a chain.
 */
export class Chain {
  readonly id: string = randomUUID();
  readonly #schema: () => EventSchema;
  #seq = 0;
  #head = genesisHash(this.id);
  #pending: { readonly seq: number; readonly head: string; readonly events: readonly ChainedEvent[] } | undefined;

  /** @param schema asked for each `append`: a chain may go on in another schema than it began in */
  constructor(schema: () => EventSchema = () => 1) {
    this.#schema = schema;
  }

  /** Sequence number of the newest event that is known to be stored; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  /** Sequence number that the chain has once the pending events are stored. */
  get pendingSeq(): number {
    return this.#pending?.seq ?? this.#seq;
  }

  /** Gives events their places after the stored ones. They count once `commit` is called; a further `append` forgets them. */
  append(drafts: readonly AuditEventDraft[]): ChainedEvent[] {
    let seq = this.#seq;
    let head = this.#head;
    const schema = this.#schema();
    const events = drafts.map((draft) => {
      seq += 1;
      const text = eventText(draft, this.id, seq, head, schema);
      head = hash('sha256', text);
      return { draft, seq, hash: head, text };
    });
    this.#pending = { seq, head, events };
    return events;
  }

  /** The events of the last `append` are stored. @returns these events */
  commit(): readonly ChainedEvent[] {
    if (!this.#pending) return [];
    const { seq, head, events } = this.#pending;
    this.#seq = seq;
    this.#head = head;
    this.#pending = undefined;
    return events;
  }
}
