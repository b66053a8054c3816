import { readdir } from 'node:fs/promises';
import { type Checkpoint, parseCheckpoint } from '../format/checkpoint.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { parseEvent } from '../format/parse-event.ts';
import type { Segment } from '../format/segment.ts';
import { FolderSegments } from '../segments/folder-store.ts';
import { checkpointsOf, readSegments } from '../segments/read-segments.ts';
import { beginOfSegments } from '../segments/segment-store.ts';
import { textOf } from '../verify/arrival.ts';
import { LineCursor } from './line-cursor.ts';
import { partOf } from './verify-directory.ts';

/** A checkpoint of a directory, and the texts of the events that it covers. */
export interface PublishedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** In order, a page of one chain at a time. Read them all, or none: what is left is passed over. */
  readonly events: AsyncIterable<readonly string[]>;
}

/** Events held at once: about 270 kB. */
const pageSize = 500;

/**
 * The checkpoints of a directory that was verified, oldest first, each once: what a publisher that was killed wrote
 * again is left out. Segments are read where they go on without a gap to the newest.
 *
 * @throws TrailFormatError, BadLineError when the directory is not what it was when it was verified
 */
export async function* readCheckpoints(directory: string, trail: string): AsyncGenerator<PublishedCheckpoint> {
  const segments = new FolderSegments(directory, trail);
  const numbers = await segments.numbers();
  const begin = beginOfSegments(numbers);
  yield* readLines(directory, begin ?? Number.POSITIVE_INFINITY);
  if (begin !== undefined) yield* checkpointsOf(readSegments(segments, { from: begin, to: numbers.at(-1)! }));
}

async function* readLines(directory: string, before: number): AsyncGenerator<PublishedCheckpoint> {
  const names = (await readdir(directory)).sort();
  const cursor = (kind: string) =>
    new LineCursor({ directory, files: names.filter((name) => partOf(name) === kind), onTornLine: () => {} });
  const [lines, records] = [cursor('events'), cursor('checkpoints')];
  try {
    let last = 0;
    while (await records.more()) {
      const checkpoint = parseCheckpoint(textOf(records.take()!.bytes));
      if (checkpoint.statement.number <= last) continue;
      if (checkpoint.statement.number >= before) return;
      last = checkpoint.statement.number;
      const events = textsOf(checkpoint.heads, lines);
      yield { checkpoint, events };
      for await (const _ of events);
    }
  } finally {
    await lines.close();
    await records.close();
  }
}

async function* textsOf(heads: readonly Segment[], lines: LineCursor): AsyncGenerator<readonly string[]> {
  for (const { chain, from, to } of heads) {
    let page: string[] = [];
    for (let seq = from; seq <= to; ) {
      if (!(await lines.more())) throw new TrailFormatError(`ends before event ${seq} of chain ${chain}`);
      const text = textOf(lines.take()!.bytes);
      const event = parseEvent(text);
      if (event.chain !== chain || event.seq !== seq) continue;
      page.push(text);
      seq += 1;
      if (page.length < pageSize) continue;
      yield page;
      page = [];
    }
    if (page.length > 0) yield page;
  }
}
