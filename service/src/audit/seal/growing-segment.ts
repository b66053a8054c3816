import { hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import { MerkleTree } from '@healthcare-ai/audit-trail/format/merkle';
import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import { BrokenChainError, SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { MovedChain } from './moved-chains.ts';
import type { EventRun } from './read-events.ts';

/**
 * The segment of a chain while its events are read: every link is checked, every hash recomputed.
 *
 * It asks for the link as text, because to parse an event takes five times as long as to hash it, and this is done for
 * each while others wait for their answers. A quote inside of a JSON string is escaped, so what is found is a member.
 * Whether the rest of an event is as it should be, the verifier says: the hash binds it.
 */
export class GrowingSegment {
  readonly moved: MovedChain;
  readonly #tree = new MerkleTree();
  readonly #start: string;
  #seq: number;
  #head: string;
  #ended = false;
  #last: string | undefined;
  #fault: BrokenChainError | undefined;
  #rejected = false;

  constructor(moved: MovedChain) {
    this.moved = moved;
    this.#seq = moved.sealed?.seq ?? 0;
    this.#head = moved.sealed?.hash ?? genesisHash(moved.chain);
    this.#start = `"chain":"${moved.chain}",`;
  }

  /** Why the chain goes no further. */
  get fault(): BrokenChainError | undefined {
    return this.#fault;
  }

  /** The chain says itself that it ends. */
  get ended(): boolean {
    return this.#ended && !this.#fault;
  }

  /** When the last good event was recorded; undefined where not one was good. */
  get recordedAt(): string | undefined {
    if (this.#last === undefined || this.#rejected) return undefined;
    return (JSON.parse(this.#last) as AuditEvent).recorded_at;
  }

  /** Takes events up to the first that is bad. */
  add(run: EventRun): void {
    for (const [index, text] of run.events.split('\n').entries()) {
      if (this.#fault) return;
      this.#take(text, run.hashes.slice(64 * index, 64 * index + 64));
    }
  }

  /**
   * Takes events that this process linked and hashed itself, and that are in the table as they were then.
   *
   * @param runs from the first event on, without a gap
   */
  async addKnown(runs: readonly EventRun[]): Promise<void> {
    let taken = 0;
    for (const { hashes, count, events } of runs) {
      for (let at = 0; at < hashes.length; at += 64) this.#tree.addHash(hashes.slice(at, at + 64));
      this.#head = hashes.slice(-64);
      this.#seq += count;
      this.#remember(events.slice(events.lastIndexOf('\n') + 1));
      // Requests come first: 1,000 events take 1 ms.
      taken += count;
      if (taken >= 1_000) {
        taken = 0;
        await nextTurn();
      }
    }
  }

  /** The events up to here are all that there are. */
  end(to: number): void {
    if (this.#fault || this.#seq === to) return;
    this.#fault = new BrokenChainError(this.moved.chain, this.#seq + 1, `event ${this.#seq + 1} is missing`);
  }

  /**
   * Takes nothing of what was added unless it is what this process committed.
   *
   * @param runs what it committed, from the first event on
   */
  compare(runs: readonly EventRun[]): void {
    const from = (this.moved.sealed?.seq ?? 0) + 1;
    if (this.#seq < from) return;
    const hashes = runs.map((run) => run.hashes).join('');
    const at = 64 * (this.#seq - from);
    // The events were linked to one another, so the last hash binds them all.
    if (hashes.slice(at, at + 64) === this.#head) return;
    this.#rejected = true;
    this.#fault = new BrokenChainError(this.moved.chain, from, 'the events are not those that were committed');
  }

  /** Undefined where not one event was good. */
  segment(): Segment | undefined {
    const from = (this.moved.sealed?.seq ?? 0) + 1;
    if (this.#rejected || this.#seq < from) return undefined;
    const { chain } = this.moved;
    return { chain, from, head: this.#head, root: this.#tree.root().toString('hex'), to: this.#seq };
  }

  #take(text: string, stored: string): void {
    const seq = this.#seq + 1;
    const follows =
      text.includes(`,"prev_hash":"${this.#head}",`) && text.includes(`,"seq":${seq},`) && text.includes(this.#start);
    if (!follows) {
      this.#fault = this.#explain(text, seq);
      return;
    }
    const digest = hash('sha256', text);
    if (digest !== stored) {
      this.#fault = new BrokenChainError(this.moved.chain, seq, 'the event does not have the hash stored with it');
      return;
    }
    this.#tree.addHash(digest);
    this.#head = digest;
    this.#seq = seq;
    this.#remember(text);
  }

  #remember(last: string): void {
    this.#last = last;
    this.#ended = last.startsWith('{"action":"chain.end"');
  }

  /** What exactly is wrong takes a closer look. */
  #explain(text: string, seq: number): BrokenChainError {
    try {
      new SegmentBuilder(this.moved.chain, { seq: this.#seq, hash: this.#head }).add(text);
    } catch (error) {
      if (error instanceof BrokenChainError) return error;
      throw error;
    }
    return new BrokenChainError(this.moved.chain, seq, 'the event does not follow the one before it');
  }
}
