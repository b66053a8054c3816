import type { Deidentified } from '../api/types.ts';

export interface Kept {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Why it may be an identifier. */
  readonly why: string;
}

/** Shorter words stand for too much else. */
const shortest = 3;

/**
 * Words that may still identify somebody: those that were replaced in one place and stand in another, and what the
 * analysis calls an identifier and was not replaced. It finds what was forgotten, not what nothing has seen.
 */
export function keptIdentifiers(
  text: string,
  spans: Deidentified['spans'],
  phi: readonly { readonly start: number; readonly end: number; readonly text: string; readonly category: string }[],
): Kept[] {
  const isReplaced = (start: number, end: number) => spans.some((span) => start < span.end && end > span.start);
  const kept = new Map<number, Kept>();
  for (const { start, end, text: words, category } of phi) {
    if (isReplaced(start, end)) continue;
    kept.set(start, { start, end, text: words, why: `found as ${category.toLowerCase().replaceAll('_', ' ')}` });
  }
  const words = new Set(spans.flatMap(wordsOf));
  for (const { index: start, 0: word } of text.matchAll(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu)) {
    const end = start + word.length;
    if (!words.has(word) || isReplaced(start, end) || kept.has(start)) continue;
    kept.set(start, { start, end, text: word, why: 'replaced elsewhere' });
  }
  return [...kept.values()].sort((a, b) => a.start - b.start);
}

/** The words of an identifier that identify by themselves: of a name each capitalised one, of a number the whole. */
function wordsOf({ text, category }: Deidentified['spans'][number]): string[] {
  if (category === 'NAME')
    return (text.match(/\p{Lu}[\p{L}\p{M}'’-]+/gu) ?? []).filter((word) => word.length >= shortest);
  const whole = text.trim();
  return /^[\p{L}\p{N}-]+$/u.test(whole) && whole.length > shortest && /\p{N}/u.test(whole) ? [whole] : [];
}
