/** A place in a note: `[start, end)` in UTF-16 code units, as in the API. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A stretch of the note that the same items cover. */
export interface Fragment<Item extends Place> extends Place {
  /** Outermost first: the last one is what a click on the words means. */
  readonly items: readonly Item[];
}

/**
 * Cuts a note at each start and end of an item: together the fragments are the whole note, in order, without an overlap.
 * Items that are empty or reach beyond the note are left out.
 */
export function splitAtItems<Item extends Place>(length: number, items: readonly Item[]): Fragment<Item>[] {
  const placed = items.filter(({ start, end }) => start >= 0 && start < end && end <= length);
  const outermostFirst = placed.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const cuts = [...new Set([0, length, ...placed.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
  const fragments: Fragment<Item>[] = [];
  let next = 0;
  let open: Item[] = [];
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index]!, cuts[index + 1]!];
    open = open.filter((item) => item.end > start);
    while (next < outermostFirst.length && outermostFirst[next]!.start <= start) open.push(outermostFirst[next++]!);
    fragments.push({ start, end, items: open.toSorted((a, b) => b.end - b.start - (a.end - a.start)) });
  }
  return fragments;
}
