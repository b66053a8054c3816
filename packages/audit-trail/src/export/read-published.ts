import { checkpointLimits } from '../format/checkpoint.ts';
import { TrailFormatError } from '../format/format-error.ts';
import { isCount, parseCanonical, take } from '../format/strict.ts';
import { textOf } from '../verify/arrival.ts';
import type { TrailVerifier } from '../verify/verifier.ts';
import type { LineCursor, PlacedLine } from './line-cursor.ts';

export interface ReadPublishedOptions {
  readonly events: LineCursor;
  readonly checkpoints: LineCursor;
  readonly verifier: TrailVerifier;

  /**
   * Whether lines may stand there again, as a publisher leaves them that was killed. An export has none.
   *
   * @default false
   */
  readonly repeated?: boolean;

  /**
   * Checkpoint from which on segments are read in place of these lines: what is left of the lines is passed over.
   *
   * @default - none: all of the lines are read
   */
  readonly before?: number;
}

/**
 * Gives a verifier what lies in two files in the order in which it was published: the events that a checkpoint counts,
 * then its record.
 *
 * @throws BadLineError
 */
export async function readPublished({ events, checkpoints, verifier, repeated = false, before }: ReadPublishedOptions) {
  const give = (line: PlacedLine, isNew: boolean): boolean => {
    if (isNew || repeated) return isNew;
    const { file, line: number } = line;
    verifier.fail({ kind: 'line', file, line: number, message: 'repeats a record that came before' });
    return true;
  };
  while (!verifier.fault && (await checkpoints.more())) {
    if (before !== undefined && numberOf(checkpoints.peek()!) >= before) return;
    const record = checkpoints.take()!;
    for (let left = countOf(record.bytes); left > 0 && !verifier.fault && (await events.more()); ) {
      for (let line = events.take(); line && left > 0; line = left > 0 ? events.take() : undefined) {
        if (give(line, verifier.event(line.bytes, line.file, line.line))) left -= 1;
      }
    }
    give(record, verifier.record(record.bytes, record.file, record.line));
  }
  // With segments after it, the rest is what a crash left of a checkpoint that was published again as a segment.
  while (before === undefined && !verifier.fault && (await events.more())) {
    for (let line = events.take(); line; line = events.take()) {
      give(line, verifier.event(line.bytes, line.file, line.line));
    }
  }
}

/** How many events a record says that stand before it; the verifier finds out whether it is right. */
const countOf = (record: Buffer): number => Math.min(memberOf(record, 'events'), checkpointLimits.events);

/** The number of a record; 0 for one that cannot be read, which the verifier names. */
export const numberOf = (record: Buffer): number => memberOf(record, 'number');

function memberOf(record: Buffer, name: 'events' | 'number'): number {
  try {
    const { statement } = parseCanonical(textOf(record));
    return take(statement as Record<string, unknown>, name, isCount);
  } catch (error) {
    if (error instanceof TrailFormatError || error instanceof TypeError) return 0;
    throw error;
  }
}
