import type { Span } from '../engine.ts';
import type { Tokens } from './tokens.ts';

export const span = (source: string, start: number, end: number): Span => ({
  start,
  end,
  text: source.slice(start, end),
});

/** @param from @param to tokens, `to` exclusive */
export const tokenSpan = (tokens: Tokens, from: number, to: number): Span =>
  span(tokens.source, tokens.starts[from]!, tokens.ends[to - 1]!);

/** Of spans that overlap, the longer; of equals, the earlier. Sorted by place. Sorting apart, linear. */
export const withoutOverlap = <T extends { readonly start: number; readonly end: number }>(
  spans: readonly T[],
): T[] => {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: T[] = [];
  for (const item of sorted) {
    const last = kept.at(-1);
    if (last === undefined || item.start >= last.end) kept.push(item);
    else if (item.end - item.start > last.end - last.start) kept[kept.length - 1] = item;
  }
  return kept;
};
