import { genesisHash } from '../format/chain.ts';
import type { ChainPosition } from '../format/segment-builder.ts';

/** How far each chain was accepted. Chains that ended are forgotten, so that memory follows the live ones. */
export class ChainPositions {
  readonly #positions = new Map<string, ChainPosition>();
  #seen = 0;
  #partial = false;

  /** Chains that were seen, live or ended. */
  get seen(): number {
    return this.#seen;
  }

  /** The trail does not begin with its first checkpoint: chains may go on from what is not there. */
  allowUnknownStarts(): void {
    this.#partial = true;
  }

  /** @returns what event `from` must follow; undefined when it may follow anything, because its predecessor expired */
  before(chain: string, from: number): ChainPosition | undefined {
    const position = this.#positions.get(chain);
    if (position) return position;
    return this.#partial && from > 1 ? undefined : { seq: 0, hash: genesisHash(chain) };
  }

  moved(chain: string, to: ChainPosition, ends: boolean): void {
    if (!this.#positions.has(chain)) this.#seen += 1;
    if (ends) this.#positions.delete(chain);
    else this.#positions.set(chain, to);
  }
}
