import type { Queryable } from '../../database/database.ts';
import { GrowingSegment } from './growing-segment.ts';
import type { MovedChain } from './moved-chains.ts';
import { type EventRange, readDigests, readEvents } from './read-events.ts';
import { digestOf, endOf, type RangeDigest, type RecentEvents, type RecentRun } from './recent-events.ts';

/** What waits in a chain. */
interface Waiting {
  readonly moved: MovedChain;
  readonly range: EventRange;
  /** The same events as this process committed them; none where it did not, or no longer has them. */
  readonly known: readonly RecentRun[];
}

/**
 * Takes what waits in each chain and checks every link, up to the first fault. What this process committed itself is not
 * read: the database says the digest of what it has. Where that is another one, the events are read to find out why.
 *
 * @param limit events to take at most: chains beyond it are left for the next time
 * @param recent what this process committed
 */
export async function buildSegments(
  database: Queryable,
  chains: readonly MovedChain[],
  limit: number,
  recent?: RecentEvents,
): Promise<readonly GrowingSegment[]> {
  const waiting = waitingIn(chains, limit, recent);
  const segments = new Map(waiting.map(({ moved }) => [moved.chain, new GrowingSegment(moved)]));
  const known = waiting.filter((one) => one.known.length > 0);
  const digests = await readDigests(
    database,
    known.map(({ range }) => range),
  );
  const isStored = (one: Waiting) => one.known.length > 0 && isSame(digestOf(one.known), digests.get(one.range.chain));
  const unread: Waiting[] = [];
  for (const one of waiting) {
    if (isStored(one)) await segments.get(one.range.chain)!.addKnown(one.known);
    else unread.push(one);
  }
  for await (const run of readEvents(
    database,
    unread.map(({ range }) => range),
  )) {
    segments.get(run.chain)!.add(run);
  }
  for (const one of unread) {
    const segment = segments.get(one.range.chain)!;
    segment.end(one.range.to);
    if (one.known.length > 0) segment.compare(one.known);
  }
  return [...segments.values()];
}

const isSame = (one: RangeDigest, other: RangeDigest | undefined): boolean =>
  one.count === other?.count && one.events === other.events && one.hashes === other.hashes;

function waitingIn(chains: readonly MovedChain[], limit: number, recent: RecentEvents | undefined): Waiting[] {
  const waiting: Waiting[] = [];
  let room = limit;
  for (const moved of chains) {
    if (room <= 0) break;
    const from = (moved.sealed?.seq ?? 0) + 1;
    const whole = { chain: moved.chain, from, to: Math.min(moved.newest, from + room - 1), since: moved.since };
    const known = knownOf(moved, whole, recent);
    const last = known.at(-1);
    // What is read ends where a group begins, so that the next range is one of whole groups again.
    const next = last ? undefined : recent?.nextGroup(whole);
    const to = last ? endOf(last) : next === undefined ? whole.to : next - 1;
    room -= to - from + 1;
    waiting.push({ moved, range: { ...whole, to }, known });
  }
  return waiting;
}

function knownOf(moved: MovedChain, range: EventRange, recent: RecentEvents | undefined): readonly RecentRun[] {
  const runs = recent?.runs(range) ?? [];
  // Where the checkpoints say something else of the chain than this process, the events decide.
  const follows = runs[0] && (moved.sealed === undefined || linkOf(runs[0]) === moved.sealed.hash);
  return follows ? runs : [];
}

/** The hash that the first event of a run names as the one before it. */
const linkOf = ({ events }: RecentRun): string | undefined => /"prev_hash":"([0-9a-f]{64})"/.exec(events)?.[1];
