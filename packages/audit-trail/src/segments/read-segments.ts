import type { PublishedCheckpoint } from '../export/read-checkpoints.ts';
import { type Checkpoint, looksLikeCheckpoint, parseCheckpoint } from '../format/checkpoint.ts';
import { TrailFormatError } from '../format/format-error.ts';
import type { LinePage } from '../verify/collect-published.ts';
import { pagesOfChains } from './pages-of-chains.ts';
import type { SegmentStore } from './segment-store.ts';

/** A published segment as it was read. */
export interface ReadSegment {
  readonly number: number;
  readonly name: string;
  readonly bytes: Buffer;
}

export interface SegmentRange {
  readonly from: number;

  /**
   * The last one. One that is missing before it is passed over, and its checkpoint is missing for the verifier.
   *
   * @default - the reading ends where there is none of the next number
   */
  readonly to?: number;
}

/** Segments that are asked for at once: an object takes about 20 ms to come. */
const ahead = 8;

/** Reads segments in order. */
export async function* readSegments(store: SegmentStore, { from, to }: SegmentRange): AsyncGenerator<ReadSegment> {
  const coming: Promise<Buffer | undefined>[] = [];
  let next = from;
  try {
    for (let number = from; to === undefined || number <= to; number++) {
      for (; coming.length < ahead && (to === undefined || next <= to); next++) coming.push(store.read(next));
      const bytes = await coming.shift();
      if (bytes) yield { number, name: store.name(number), bytes };
      else if (to === undefined) return;
    }
  } finally {
    // Nobody waits for those: a failure among them must not end the process.
    for (const one of coming) one.catch(() => {});
  }
}

/**
 * The lines of segments in the order in which a verifier takes them: the events, then the record of their checkpoint.
 * A page is a segment, and the first line of its file its last.
 */
export async function* segmentPages(segments: AsyncIterable<ReadSegment>): AsyncGenerator<LinePage> {
  for await (const { name: source, bytes } of segments) {
    const [record = '', ...events] = linesOf(bytes);
    if (events.length > 0) yield { source, first: 2, lines: events };
    yield { source, first: 1, lines: [record] };
  }
}

/**
 * The checkpoints of segments that were verified.
 *
 * @throws TrailFormatError for a segment that is not what it was when it was verified
 */
export async function* checkpointsOf(segments: AsyncIterable<ReadSegment>): AsyncGenerator<PublishedCheckpoint> {
  for await (const { number, bytes } of segments) {
    const [record = '', ...events] = linesOf(bytes);
    yield {
      checkpoint: checkpointOf(record, number),
      events: pagesOfChains(checkpointOf(record, number).heads, events),
    };
  }
}

/** A text that ends with a line break has no line after it; another one has its last line as it is. */
function linesOf(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function checkpointOf(record: string, number: number): Checkpoint {
  if (!looksLikeCheckpoint(record)) throw new TrailFormatError('does not begin with a checkpoint');
  const checkpoint = parseCheckpoint(record);
  if (checkpoint.statement.number !== number) throw new TrailFormatError('has the checkpoint of another number');
  return checkpoint;
}
