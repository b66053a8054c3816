import type { Checkpoint } from '../format/checkpoint.ts';

/** Records whose hashes are remembered: more than two months of one a minute. */
const limit = 100_000;

/** Which checkpoints came, by their numbers: each once, one after the other. */
export class ReceivedRecords {
  /** A ring, by number. */
  readonly #hashes: (string | undefined)[] = [];
  #newest: number | undefined;

  get newest(): number | undefined {
    return this.#newest;
  }

  /** `fork`: a checkpoint of this number came before, and was another. */
  receive({ statement: { number }, hash }: Checkpoint): 'next' | 'again' | 'gap' | 'fork' {
    const newest = this.#newest;
    if (newest !== undefined && number > newest + 1) return 'gap';
    if (newest !== undefined && number <= newest) {
      return newest - number < limit && this.#hashes[number % limit] === hash ? 'again' : 'fork';
    }
    this.#newest = number;
    this.#hashes[number % limit] = hash;
    return 'next';
  }
}
