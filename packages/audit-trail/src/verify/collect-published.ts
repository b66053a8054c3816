import { type Checkpoint, looksLikeCheckpoint, parseCheckpoint } from '../format/checkpoint.ts';
import type { TrailVerifier } from './verifier.ts';

/** Lines of a stream of a log group, or of a file, as they follow each other. */
export interface LinePage {
  readonly source: string;
  /** Number of the first line, counted from 1. */
  readonly first: number;
  readonly lines: readonly string[];
}

/** What is published between two checkpoints: the texts of the events, in order. */
export type Collected =
  | { readonly events: readonly string[]; readonly checkpoint: Checkpoint }
  /** At the end: those that no checkpoint covers. */
  | { readonly unproven: readonly string[] };

/**
 * Yields the checkpoints of a trail, each once with the events before it, from lines in which events and records are
 * mixed and may be repeated. What is a repetition, the verifier says, and it is given every line; what it finds bad ends
 * the collection. Holds the events of one checkpoint.
 *
 * @param verifier a new one; what was collected counts once it has found no fault to the end
 */
export async function* collectPublished(
  pages: AsyncIterable<LinePage>,
  verifier: TrailVerifier,
): AsyncGenerator<Collected> {
  let events: string[] = [];
  for await (const { source, first, lines } of pages) {
    for (const [index, line] of lines.entries()) {
      const isNew = verifier.line(line, source, first + index);
      if (verifier.fault) return;
      if (!isNew) continue;
      if (!looksLikeCheckpoint(line)) {
        events.push(line);
        continue;
      }
      yield { events, checkpoint: parseCheckpoint(line) };
      events = [];
    }
  }
  if (events.length > 0) yield { unproven: events };
}
