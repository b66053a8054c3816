import type { Arrival } from './arrival.ts';
import type { ChainPositions } from './chain-positions.ts';
import { placeOf } from './check-events.ts';
import type { Fault } from './fault.ts';
import type { TrailReport } from './report.ts';
import type { ChainPosition } from './segment-builder.ts';

/** The events after the newest checkpoint: nobody vouches for them, but each chain must go on unbroken. */
export class UnprovenEvents {
  readonly #sealed: ChainPositions;
  readonly #ranges = new Map<string, { readonly from: number; to: ChainPosition }>();
  #events = 0;

  constructor(sealed: ChainPositions) {
    this.#sealed = sealed;
  }

  add(arrivals: readonly Arrival[]): Fault | undefined {
    for (const arrival of arrivals) {
      const { chain, seq, hash, prevHash, problem } = arrival;
      if (problem !== undefined) return { ...placeOf(arrival), message: problem };
      const range = this.#ranges.get(chain);
      const before = range?.to ?? this.#sealed.before(chain, seq);
      if (before && seq !== before.seq + 1) {
        const { file, line } = arrival;
        const missing = before.seq + 1;
        return { kind: 'event', chain, seq: missing, file, line, message: `is missing: the next is ${seq}` };
      }
      if (before && prevHash !== before.hash) {
        return { ...placeOf(arrival), message: 'does not follow the event before it' };
      }
      if (range) range.to = { seq, hash };
      else this.#ranges.set(chain, { from: seq, to: { seq, hash } });
      this.#events += 1;
    }
    return undefined;
  }

  report(): TrailReport['unproven'] {
    const ranges = [...this.#ranges].map(([chain, { from, to }]) => ({ chain, from, to: to.seq }));
    return { events: this.#events, ranges };
  }
}
