import type { Queryable } from '../../database/database.ts';
import { GrowingSegment } from './growing-segment.ts';
import type { MovedChain } from './moved-chains.ts';
import { readEvents } from './read-events.ts';

/**
 * Reads what waits in each chain and checks every link, up to the first fault.
 *
 * @param limit events to read at most: chains beyond it are left for the next time
 */
export async function buildSegments(
  database: Queryable,
  chains: readonly MovedChain[],
  limit: number,
): Promise<readonly GrowingSegment[]> {
  const ranges = rangesOf(chains, limit);
  const segments = new Map(ranges.map(({ moved }) => [moved.chain, new GrowingSegment(moved)]));
  const wanted = ranges.map(({ range }) => range);
  for await (const run of readEvents(database, wanted)) segments.get(run.chain)!.add(run);
  for (const { chain, to } of wanted) segments.get(chain)!.end(to);
  return [...segments.values()];
}

function rangesOf(chains: readonly MovedChain[], limit: number) {
  const ranges = [];
  let room = limit;
  for (const moved of chains) {
    if (room <= 0) break;
    const from = (moved.sealed?.seq ?? 0) + 1;
    const to = Math.min(moved.newest, from + room - 1);
    room -= to - from + 1;
    ranges.push({ moved, range: { chain: moved.chain, from, to, since: moved.since } });
  }
  return ranges;
}
