import { hash } from 'node:crypto';
import { genesisHash } from './chain.ts';
import { TrailFormatError } from './format-error.ts';
import { MerkleTree } from './merkle.ts';
import { parseEvent } from './parse-event.ts';
import type { Segment } from './segment.ts';

/** How far a chain is known: its newest event. */
export interface ChainPosition {
  readonly seq: number;
  /** Hash of event `seq`, in hex. */
  readonly hash: string;
}

/** An event does not follow the one before it: the chain must not be sealed. */
export class BrokenChainError extends Error {
  readonly chain: string;
  /** The first event that is wrong or missing. */
  readonly seq: number;

  constructor(chain: string, seq: number, message: string) {
    super(message);
    this.name = 'BrokenChainError';
    this.chain = chain;
    this.seq = seq;
  }
}

/** Checks the events of a chain one by one while it builds their segment. Keeps O(log n) of them. */
export class SegmentBuilder {
  readonly #chain: string;
  readonly #from: number;
  readonly #tree = new MerkleTree();
  #seq: number;
  #head: string;

  /** @param after where the last checkpoint left the chain; undefined for a chain that none has covered */
  constructor(chain: string, after?: ChainPosition) {
    this.#chain = chain;
    this.#seq = after?.seq ?? 0;
    this.#head = after?.hash ?? genesisHash(chain);
    this.#from = this.#seq + 1;
  }

  /** Events added so far. */
  get size(): number {
    return this.#seq - this.#from + 1;
  }

  /**
   * @param text the canonical text of the next event
   * @throws BrokenChainError
   */
  add(text: string): void {
    const seq = this.#seq + 1;
    const event = this.#parse(text, seq);
    if (event.chain !== this.#chain) throw this.#broken(seq, 'an event of another chain stands in its place');
    if (event.seq !== seq) throw this.#broken(seq, `event ${seq} is missing: the next is ${event.seq}`);
    if (event.prev_hash !== this.#head) throw this.#broken(seq, 'the event does not follow the one before it');
    this.#head = hash('sha256', text);
    this.#seq = seq;
    this.#tree.addHash(this.#head);
  }

  /** @throws RangeError when no event was added */
  segment(): Segment {
    if (this.size === 0) throw new RangeError('a segment covers at least one event');
    const root = this.#tree.root().toString('hex');
    return { chain: this.#chain, from: this.#from, head: this.#head, root, to: this.#seq };
  }

  #parse(text: string, seq: number) {
    try {
      return parseEvent(text);
    } catch (error) {
      if (error instanceof TrailFormatError) throw this.#broken(seq, `the event ${error.message}`);
      throw error;
    }
  }

  #broken(seq: number, message: string): BrokenChainError {
    return new BrokenChainError(this.#chain, seq, message);
  }
}
