import { createHash } from 'node:crypto';
import type { ChainedEvent } from '@healthcare-ai/audit-trail/format/chain';
import type { Segment } from '@healthcare-ai/audit-trail/format/segment';
import type { EventRange, EventRun } from './read-events.ts';

/** The events of one group that this process committed. */
export interface RecentRun extends EventRun {
  /** Sequence number of the first. */
  readonly from: number;
}

/** What a range of events is compared by: SHA-256 of all texts and of all hashes, in hex. */
export interface RangeDigest {
  readonly count: number;
  readonly events: string;
  readonly hashes: string;
}

/** About 9,000 events: as many as the sealer is behind under full load. With 8 MB the service took 244 MB, with 4 MB 230. */
const mostCharacters = 4 * 1024 * 1024;
/** 500 events under load, as a page that is read has. */
const runsPerPage = 8;

/**
 * The events that this process committed last. The sealer compares their digest with that of the table instead of
 * reading them, and the publisher has their texts without reading them again: both together were a sixth of the CPU of
 * the ingest path. Events of other processes, and those that did not fit, are read from the database.
 */
export class RecentEvents {
  readonly #most: number;
  /** By chain and first sequence number, the oldest first. */
  readonly #runs = new Map<string, RecentRun>();
  #characters = 0;

  /** @param most how much is kept, in characters */
  constructor(most: number = mostCharacters) {
    this.#most = most;
  }

  /** Takes the events of a group, which are committed. */
  add(chain: string, events: readonly ChainedEvent[]): void {
    const [first] = events;
    if (!first) return;
    const run = {
      chain,
      from: first.seq,
      count: events.length,
      // Joined at once: 64 short texts that live for a second would be copied by the garbage collector one by one.
      events: events.map(({ text }) => text).join('\n'),
      hashes: events.map(({ hash }) => hash).join(''),
    };
    this.#runs.set(keyOf(chain, run.from), run);
    this.#characters += sizeOf(run);
    for (const [key, oldest] of this.#runs) {
      if (this.#characters <= this.#most) break;
      this.#runs.delete(key);
      this.#characters -= sizeOf(oldest);
    }
  }

  /** The groups from `from` on, without a gap, of which none goes beyond `to`. */
  runs({ chain, from, to }: EventRange): readonly RecentRun[] {
    const runs: RecentRun[] = [];
    for (let next = from; next <= to; ) {
      const run = this.#runs.get(keyOf(chain, next));
      if (!run || endOf(run) > to) break;
      runs.push(run);
      next = endOf(run) + 1;
    }
    return runs;
  }

  /** Where the next group after the begin of a range begins, within the range. */
  nextGroup({ chain, from, to }: EventRange): number | undefined {
    for (const run of this.#runs.values()) {
      if (run.chain === chain && run.from > from) return run.from <= to ? run.from : undefined;
    }
    return undefined;
  }

  /**
   * The texts of sealed events in pages, with line breaks between them.
   *
   * @returns undefined where not all are here, or others were sealed
   */
  pagesOf(segments: readonly Segment[]): readonly string[] | undefined {
    const pages: string[] = [];
    for (const segment of segments) {
      const runs = this.runs(segment);
      const last = runs.at(-1);
      if (!last || endOf(last) !== segment.to || last.hashes.slice(-64) !== segment.head) return undefined;
      for (let at = 0; at < runs.length; at += runsPerPage) {
        const page = runs.slice(at, at + runsPerPage);
        pages.push(page.map(({ events }) => events).join('\n'));
      }
    }
    return pages;
  }
}

/** Sequence number of the last event. */
export const endOf = ({ from, count }: RecentRun): number => from + count - 1;

/** The digest that `readDigests` gives for the same events. */
export function digestOf(runs: readonly EventRun[]): RangeDigest {
  const [events, hashes] = [createHash('sha256'), createHash('sha256')];
  let count = 0;
  for (const run of runs) {
    if (count > 0) events.update('\n');
    events.update(run.events);
    hashes.update(run.hashes, 'hex');
    count += run.count;
  }
  return { count, events: events.digest('hex'), hashes: hashes.digest('hex') };
}

const keyOf = (chain: string, seq: number): string => `${chain} ${seq}`;

const sizeOf = ({ events, hashes }: EventRun): number => events.length + hashes.length;
