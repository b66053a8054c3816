/**
 * Numbers for the words of all phrase lists, so that a note's word is hashed once and not once for each list. Grows
 * only while lists are read.
 */
const ids = new Map<string, number>();
const words: string[] = [''];

/** The number of a word, assigned if it has none. */
export const register = (word: string): number => {
  const known = ids.get(word);
  if (known !== undefined) return known;
  words.push(word);
  ids.set(word, words.length - 1);
  return words.length - 1;
};

/** The number of a word; 0 where no list holds it. */
export const idOf = (word: string): number => ids.get(word) ?? 0;

/** The word of a number. */
export const wordOf = (id: number): string => words[id] ?? '';
