/**
 * Numbers for the words of all phrase lists, so that a note's word is hashed once and not once for each list. Grows
 * only while lists are read.
 */
const ids = new Map<string, number>();

/** The number of a word, given anew if it has none. */
export const register = (word: string): number => {
  const known = ids.get(word);
  if (known !== undefined) return known;
  ids.set(word, ids.size + 1);
  return ids.size;
};

/** The number of a word; 0 where no list holds it. */
export const idOf = (word: string): number => ids.get(word) ?? 0;
