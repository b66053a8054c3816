import type { Place } from './split.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Widens places to whole characters as a person sees them: a mark that ends between a letter and its accent, or inside an
 * emoji, could not be drawn. The places of the data stay as they are.
 */
export function graphemeWidener(text: string): (place: Place) => Place {
  const segments = segmenter.segment(text);
  const isCut = (index: number): boolean => {
    if (index <= 0 || index >= text.length) return true;
    const [before, after] = [text.charCodeAt(index - 1), text.charCodeAt(index)];
    // Below U+0300 the only characters that belong together are CR and LF.
    if (before < 0x300 && after < 0x300) return !(before === 0x0d && after === 0x0a);
    return segments.containing(index)?.index === index;
  };
  const edge = (index: number, side: 'start' | 'end'): number => {
    if (isCut(index)) return index;
    const { index: start, segment } = segments.containing(index)!;
    return side === 'start' ? start : start + segment.length;
  };
  return ({ start, end }) => ({ start: edge(start, 'start'), end: edge(end, 'end') });
}
