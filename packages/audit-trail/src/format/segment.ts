import { canonicalJson } from './canonical-json.ts';
import { TrailFormatError } from './format-error.ts';
import { merkleRoot } from './merkle.ts';
import { isCount, isHash, isUuid, membersOf, take } from './strict.ts';

/** What a checkpoint says of one chain: its events `from` to `to`, both included. */
export interface Segment {
  readonly chain: string;
  readonly from: number;
  /** Hash of event `to`, in hex. */
  readonly head: string;
  /** Root of the RFC 6962 tree over the 32-byte hashes of the events, in hex. */
  readonly root: string;
  readonly to: number;
}

/** The leaf that stands for a segment in the tree of its checkpoint. */
export const segmentLeaf = ({ chain, from, head, root, to }: Segment): Buffer =>
  Buffer.from(canonicalJson({ chain, from, head, root, to }));

export const segmentsRoot = (segments: readonly Segment[]): string =>
  merkleRoot(segments.map(segmentLeaf)).toString('hex');

export const eventsIn = ({ from, to }: Segment): number => to - from + 1;

/** @throws TrailFormatError */
export function readSegment(value: unknown): Segment {
  const members = membersOf(value, 'head', ['chain', 'from', 'head', 'root', 'to']);
  const segment: Segment = {
    chain: take(members, 'chain', isUuid),
    from: take(members, 'from', isCount),
    head: take(members, 'head', isHash),
    root: take(members, 'root', isHash),
    to: take(members, 'to', isCount),
  };
  if (segment.from < 1 || segment.to < segment.from) throw new TrailFormatError('has a head over no events');
  return segment;
}
