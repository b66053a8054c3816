/** Hashes of events of one chain that came one after the other. */
interface Run {
  readonly chain: string;
  readonly from: number;
  readonly hashes: string[];
}

/** Events whose hashes are remembered, to tell a repetition from a forgery: twice what a checkpoint may cover. */
const limit = 200_000;
const runLength = 1_024;

/**
 * What came of each chain. Delivery is at least once: a publisher that did not hear the answer sends a batch or a
 * checkpoint again. The same event again does no harm; another one at the same place does.
 */
export class ReceivedEvents {
  readonly #runs = new Map<string, Run[]>();
  readonly #order: Run[] = [];
  #size = 0;

  /** @returns the hash of the event that came at this place, if it is remembered */
  find(chain: string, seq: number): string | undefined {
    const runs = this.#runs.get(chain);
    if (!runs) return undefined;
    for (let index = runs.length - 1; index >= 0; index--) {
      const { from, hashes } = runs[index]!;
      if (seq >= from && seq < from + hashes.length) return hashes[seq - from];
    }
    return undefined;
  }

  add(chain: string, seq: number, hash: string): void {
    const runs = this.#runs.get(chain);
    const last = runs?.at(-1);
    if (last && last.from + last.hashes.length === seq && last.hashes.length < runLength) last.hashes.push(hash);
    else {
      const run = { chain, from: seq, hashes: [hash] };
      if (runs) runs.push(run);
      else this.#runs.set(chain, [run]);
      this.#order.push(run);
    }
    this.#size += 1;
    if (this.#size > limit) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const oldest = this.#order.shift();
    if (!oldest) return;
    this.#size -= oldest.hashes.length;
    const runs = this.#runs.get(oldest.chain) ?? [];
    if (runs.length <= 1) this.#runs.delete(oldest.chain);
    else runs.splice(runs.indexOf(oldest), 1);
  }
}
