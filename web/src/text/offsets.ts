import type { Place } from './split.ts';

/** Index of the stretch that holds an offset, and the offset in it. The stretches are in order and without a gap. */
export function locate(
  stretches: readonly Place[],
  offset: number,
): { readonly index: number; readonly inside: number } {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stretches[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return { index: low, inside: offset - (stretches[low]?.start ?? 0) };
}

/** The stretches of which a place holds a part. */
export function covered(
  stretches: readonly Place[],
  { start, end }: Place,
): { readonly from: number; readonly to: number } {
  return { from: locate(stretches, start).index, to: locate(stretches, Math.max(start, end - 1)).index + 1 };
}
