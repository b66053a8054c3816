import type { ChainPosition } from '../format/segment-builder.ts';
import type { Arrival } from './arrival.ts';
import type { ChainPositions } from './chain-positions.ts';
import { placeOf } from './check-events.ts';
import { clockSkew } from './clock-skew.ts';
import type { Fault } from './fault.ts';
import type { TrailReport } from './report.ts';

/**
 * Chains that may wait for a checkpoint: many times what a service begins in a day of crashes. Nobody signs for them, so
 * nothing else bounds what a verifier has to hold.
 */
const chainsAtMost = 100_000;

/** The events after the newest checkpoint: nobody vouches for them, but each chain must go on unbroken. */
export class UnprovenEvents {
  readonly #sealed: ChainPositions;
  readonly #ranges = new Map<string, { readonly from: number; to: ChainPosition }>();
  #events = 0;
  #oldest: Arrival | undefined;
  #newest: Arrival | undefined;

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
      if (!range && this.#ranges.size >= chainsAtMost) {
        return {
          ...placeOf(arrival),
          message: `is of one chain more than the ${chainsAtMost} that may wait for a checkpoint`,
        };
      }
      if (range) range.to = { seq, hash };
      else this.#ranges.set(chain, { from: seq, to: { seq, hash } });
      this.#events += 1;
      if (!this.#oldest || arrival.recordedAt < this.#oldest.recordedAt) this.#oldest = arrival;
      if (!this.#newest || arrival.recordedAt > this.#newest.recordedAt) this.#newest = arrival;
    }
    return undefined;
  }

  /**
   * Whether an event waits longer for its checkpoint than one may be old: then somebody keeps it from being sealed,
   * though checkpoints go on. One that is dated in the future would never be too old.
   *
   * @param limit in ms
   */
  judge(now: Date, limit: number): Fault | undefined {
    const newest = this.#newest;
    if (newest && Date.parse(newest.recordedAt) - now.getTime() > clockSkew) {
      return { ...placeOf(newest), message: `is dated ${newest.recordedAt}, which is in the future` };
    }
    const oldest = this.#oldest;
    if (!oldest || now.getTime() - Date.parse(oldest.recordedAt) <= limit) return undefined;
    return { ...placeOf(oldest), message: `is of ${oldest.recordedAt}, and no checkpoint covers it: too long ago` };
  }

  report(): TrailReport['unproven'] {
    const ranges = [...this.#ranges].map(([chain, { from, to }]) => ({ chain, from, to: to.seq }));
    return { events: this.#events, ranges };
  }
}
