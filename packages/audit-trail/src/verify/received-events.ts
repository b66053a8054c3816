/** Hashes of events, by chain and number. */
type Generation = Map<string, Map<number, string>>;

/** Events of one generation: twice what a checkpoint may cover. */
const limit = 200_000;

/**
 * What came of each chain. Delivery is at least once: a publisher that did not hear the answer sends a batch or a
 * checkpoint again. The same event again does no harm; another one at the same place does.
 *
 * Remembers the last 200,000 events at least and 400,000 at most, whatever their chains and numbers are: each costs the
 * same, so that no order of input can make a verification slow.
 */
export class ReceivedEvents {
  #current: Generation = new Map();
  #before: Generation = new Map();
  #size = 0;

  /** @returns the hash of the event that came at this place, if it is remembered */
  find(chain: string, seq: number): string | undefined {
    return this.#current.get(chain)?.get(seq) ?? this.#before.get(chain)?.get(seq);
  }

  add(chain: string, seq: number, hash: string): void {
    if (this.#size >= limit) {
      this.#before = this.#current;
      this.#current = new Map();
      this.#size = 0;
    }
    const events = this.#current.get(chain);
    if (events) events.set(seq, hash);
    else this.#current.set(chain, new Map([[seq, hash]]));
    this.#size += 1;
  }
}
