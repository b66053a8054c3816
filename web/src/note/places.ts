import { covered, locate } from '../text/offsets.ts';
import type { Place } from '../text/split.ts';

/** The range of a place of the note. The n-th child of the container is the n-th fragment. */
export function rangeOf(container: HTMLElement, fragments: readonly Place[], { start, end }: Place): Range {
  const range = document.createRange();
  const [from, to] = [locate(fragments, start), locate(fragments, Math.max(start, end - 1))];
  range.setStart(textNodeOf(container, from.index), from.inside);
  range.setEnd(textNodeOf(container, to.index), end - fragments[to.index]!.start);
  return range;
}

const textNodeOf = (container: HTMLElement, index: number): Node => {
  const node = container.childNodes[index]!;
  return node.firstChild ?? node;
};

/** The elements that show a place: marks, and headings. */
export function elementsOf(container: HTMLElement, fragments: readonly Place[], place: Place): HTMLElement[] {
  const { from, to } = covered(fragments, place);
  return [...container.childNodes].slice(from, to).filter((node) => node instanceof HTMLElement);
}

/** Scrolls only where the words are not in sight, and then to the middle. */
export function showRange(range: Range): void {
  const { top, bottom } = range.getBoundingClientRect();
  const bars = 120;
  if (top >= bars && bottom <= innerHeight - bars) return;
  scrollTo({ top: scrollY + top - innerHeight / 2 });
}
