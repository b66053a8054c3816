import type { Checkpoint } from '../format/checkpoint.ts';
import { MerkleTree } from '../format/merkle.ts';
import type { Segment } from '../format/segment.ts';
import type { Arrival } from './arrival.ts';
import type { ChainPositions } from './chain-positions.ts';
import type { Fault } from './fault.ts';

/**
 * Compares the events that stand before a checkpoint with what it covers: the same places in the same order, each event
 * the one that its successor names, the last one the one that the checkpoint names. Positions move on when all is well.
 *
 * @returns the first fault
 */
export function checkEvents(
  { statement: { number }, heads }: Checkpoint,
  arrivals: readonly Arrival[],
  positions: ChainPositions,
): Fault | undefined {
  let start = 0;
  for (const head of heads) {
    const fault = checkSegment(head, arrivals, start, positions);
    if (fault) return { ...fault, checkpoint: number };
    start += head.to - head.from + 1;
  }
  const extra = arrivals[start];
  if (extra)
    return { ...placeOf(extra), checkpoint: number, message: 'stands before a checkpoint that does not cover it' };
  let end = 0;
  for (const { chain, from, to, head } of heads) {
    end += to - from + 1;
    positions.moved(chain, { seq: to, hash: head }, arrivals[end - 1]!.ends);
  }
  return undefined;
}

function checkSegment(
  head: Segment,
  arrivals: readonly Arrival[],
  start: number,
  positions: ChainPositions,
): Fault | undefined {
  const { chain, from, to } = head;
  const before = positions.before(chain, from);
  if (before && before.seq + 1 !== from) {
    const message = `covers chain ${chain} from event ${from} on, though it was sealed up to ${before.seq}`;
    return { kind: 'checkpoint', message };
  }
  const tree = new MerkleTree();
  let previous = before?.hash;
  for (let seq = from; seq <= to; seq++) {
    const index = start + seq - from;
    const arrival = arrivals[index];
    if (!arrival) return { kind: 'event', chain, seq, message: 'is missing' };
    const { file, line } = arrival;
    if (arrival.problem !== undefined)
      return { chain, seq, ...placeOf(arrival), kind: 'event', message: arrival.problem };
    if (arrival.chain !== chain || arrival.seq !== seq) {
      const message = `is missing: event ${arrival.seq} of chain ${arrival.chain} stands in its place`;
      return { kind: 'event', chain, seq, file, line, message };
    }
    if (previous !== undefined && arrival.prevHash !== previous) return brokenLink(head, arrivals, index, seq);
    previous = arrival.hash;
    tree.addHash(arrival.hash);
  }
  if (previous !== head.head) {
    const { file, line } = arrivals[start + to - from]!;
    return { kind: 'event', chain, seq: to, file, line, message: 'is not the one that was sealed' };
  }
  if (tree.root().toString('hex') !== head.root) {
    return { kind: 'checkpoint', message: `has a root for chain ${chain} that its events do not have` };
  }
  return undefined;
}

/** An event does not follow the one before it: the one that its own successor does not vouch for is the bad one. */
function brokenLink(head: Segment, arrivals: readonly Arrival[], index: number, seq: number): Fault {
  const arrival = arrivals[index]!;
  const next = arrivals[index + 1];
  const vouched = seq === head.to ? head.head : next?.chain === head.chain ? next.prevHash : undefined;
  if (vouched === arrival.hash && seq > head.from) {
    return { ...placeOf(arrivals[index - 1]!), message: 'was changed: the event after it names another' };
  }
  return { ...placeOf(arrival), message: 'does not follow the event before it' };
}

export const placeOf = ({
  chain,
  seq,
  file,
  line,
}: Arrival): Pick<Fault, 'kind' | 'chain' | 'seq' | 'file' | 'line'> =>
  chain !== '' ? { kind: 'event', chain, seq, file, line } : { kind: line > 0 ? 'line' : 'file', file, line };
