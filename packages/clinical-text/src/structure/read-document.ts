import type { Document } from '../document.ts';
import type { Segmenter } from '../sections/segmenter.ts';
import type { Tokens } from '../text/tokens.ts';
import type { ItemRules } from './items.ts';

/** Reads the structure of a note: its sections and its items. */
export const readDocument = (tokens: Tokens, segmenter: Segmenter, rules: ItemRules): Document => {
  const { sections, headings } = segmenter.segment(tokens);
  const inHeading = new Uint8Array(tokens.count);
  for (const { from, to } of headings) inHeading.fill(1, from, to);
  return { tokens, sections, items: rules.divide(tokens, headings, sections), inHeading };
};
