import type { Checkpoint } from '../format/checkpoint.ts';
import { genesisRecordHash } from '../format/statement.ts';
import type { Fault } from './fault.ts';
import type { CheckpointName } from './report.ts';

/**
 * Where a trail begins. One that does not begin with checkpoint 1 has lost its beginning, unless a later checkpoint says
 * that it expired, or the verifier was given the checkpoint before the first.
 */
export class Beginning {
  readonly #trusted: CheckpointName | undefined;
  #before: (CheckpointName & { readonly total: number }) | undefined;
  #explained = false;

  constructor(trusted: CheckpointName | undefined) {
    this.#trusted = trusted;
  }

  /** The checkpoint before the first one that is there; undefined when that is checkpoint 1. */
  get before(): CheckpointName | undefined {
    return this.#before;
  }

  /**
   * The first checkpoint that was read.
   * @param arrived how many events stand before it
   */
  begin({ statement }: Checkpoint, arrived: number): Fault | undefined {
    const { number, previous, total, events, origin } = statement;
    if (number > 1) {
      this.#before = { number: number - 1, hash: previous, total: total - events };
      this.#explained = this.#trusted?.number === number - 1 && this.#trusted.hash === previous;
      if (this.#trusted?.number === number - 1 && !this.#explained) {
        const message = `names another predecessor than the one known as ${this.#trusted.hash}`;
        return { kind: 'checkpoint', checkpoint: number, message };
      }
      if (arrived > events)
        return { kind: 'checkpoint', checkpoint: number - 1, message: 'is missing: its events are there' };
      return undefined;
    }
    if (previous !== genesisRecordHash(origin)) {
      return { kind: 'checkpoint', checkpoint: number, message: 'does not begin a trail of its origin' };
    }
    if (total !== events) return { kind: 'checkpoint', checkpoint: number, message: 'counts events before the first' };
    return undefined;
  }

  /** Called with every checkpoint; one that is not trusted in the end is the fault. */
  explain({ statement: { expired } }: Checkpoint): void {
    const before = this.#before;
    if (!expired || !before || expired.through !== before.number) return;
    if (expired.hash === before.hash && expired.events === before.total) this.#explained = true;
  }

  /** @returns the fault of a trail whose beginning is gone without a word */
  judge(): Fault | undefined {
    if (!this.#before || this.#explained) return undefined;
    const { number, hash } = this.#before;
    const message =
      `is missing, and no trusted tombstone says that it expired; if the trail continues what was ` +
      `verified elsewhere, say so with --trusted ${number}:${hash}`;
    return { kind: 'checkpoint', checkpoint: number, message };
  }
}
