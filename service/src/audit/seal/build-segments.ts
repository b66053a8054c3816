import { hash } from 'node:crypto';
import type { Queryable } from '../../database/database.ts';
import type { Segment } from '../../trail/segment.ts';
import { BrokenChainError, SegmentBuilder } from '../../trail/segment-builder.ts';
import type { MovedChain } from './moved-chains.ts';
import { readEvents, type StoredEventRow } from './read-events.ts';

/** What was read of a chain: its segment, unless its first event is bad already, and the fault that ended it. */
export interface BuiltSegment {
  readonly moved: MovedChain;
  readonly segment: Segment | undefined;
  /** The chain says itself that it goes no further. */
  readonly ended: boolean;
  readonly fault: BrokenChainError | undefined;
}

interface Building {
  readonly moved: MovedChain;
  readonly builder: SegmentBuilder;
  /** The last event that was found good. */
  last?: StoredEventRow;
  fault?: BrokenChainError;
}

/**
 * Reads what waits in each chain and checks every link, up to the first fault.
 *
 * @param limit events to read at most: chains beyond it are left for the next time
 */
export async function buildSegments(
  database: Queryable,
  chains: readonly MovedChain[],
  limit: number,
): Promise<readonly BuiltSegment[]> {
  const ranges = rangesOf(chains, limit);
  const buildings = new Map<string, Building>();
  for (const { moved } of ranges) {
    buildings.set(moved.chain, { moved, builder: new SegmentBuilder(moved.chain, moved.sealed) });
  }
  for await (const rows of readEvents(
    database,
    ranges.map(({ range }) => range),
  )) {
    for (const row of rows) addEvent(buildings.get(row.chain)!, row);
  }
  return [...buildings.values()].map(finish);
}

function rangesOf(chains: readonly MovedChain[], limit: number) {
  const ranges = [];
  let room = limit;
  for (const moved of chains) {
    if (room <= 0) break;
    const from = (moved.sealed?.seq ?? 0) + 1;
    const to = Math.min(moved.newest, from + room - 1);
    room -= to - from + 1;
    ranges.push({ moved, range: { chain: moved.chain, from, to } });
  }
  return ranges;
}

function addEvent(building: Building, row: StoredEventRow): void {
  if (building.fault) return;
  try {
    if (hash('sha256', row.event) !== row.hash) {
      throw new BrokenChainError(row.chain, Number(row.seq), 'the event does not have the hash stored with it');
    }
    building.builder.add(row.event);
    building.last = row;
  } catch (error) {
    if (!(error instanceof BrokenChainError)) throw error;
    building.fault = error;
  }
}

function finish({ moved, builder, last, fault }: Building): BuiltSegment {
  if (!last) {
    // Not even an event that is wrong: what the index counted was gone when it was read.
    const missing = fault ?? new BrokenChainError(moved.chain, (moved.sealed?.seq ?? 0) + 1, 'the event is missing');
    return { moved, segment: undefined, ended: false, fault: missing };
  }
  const ended = !fault && last.event.startsWith('{"action":"chain.end"');
  return { moved, segment: builder.segment(), ended, fault };
}
