import type { Segment } from '../format/segment.ts';

/** Events in a page: about 270 kB. */
const pageSize = 500;

/** The texts of a checkpoint's events, a page of one chain at a time, in the order of the heads, as they are published. */
export async function* pagesOfChains(
  heads: readonly Segment[],
  texts: readonly string[],
): AsyncGenerator<readonly string[]> {
  let at = 0;
  for (const { from, to } of heads) {
    for (const end = Math.min(at + to - from + 1, texts.length); at < end; ) {
      const next = Math.min(end, at + pageSize);
      yield texts.slice(at, next);
      at = next;
    }
  }
}
