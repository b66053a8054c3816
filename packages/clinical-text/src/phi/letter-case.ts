import { LOWER, type Tokens, UPPER, WORD } from '../text/tokens.ts';

/** Letters of a word whose capitals show how a line is written. */
const SHORTEST_TELLING = 5;
/** Words of a note that show whether it is typed in small letters. */
const FEWEST_WORDS = 4;
const ENOUGH_WORDS = 8;
const MOST_CAPITALS = 0.04;

/** Whether most words are in capitals, so that capitals are no evidence. Short ones are abbreviations in any note. */
export const isShouting = (tokens: Tokens, from: number, to: number): boolean => {
  let upper = 0;
  let other = 0;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < SHORTEST_TELLING) continue;
    if (tokens.shapes[at] === UPPER) upper++;
    else other++;
  }
  return upper > other;
};

/** Whether a note is typed in small letters: hardly a word has a capital. */
export const isSmallLettered = (tokens: Tokens): boolean => {
  let words = 0;
  let capitals = 0;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < 3) continue;
    words++;
    if (tokens.shapes[at] !== LOWER) capitals++;
  }
  return words >= FEWEST_WORDS && (capitals === 0 || (words >= ENOUGH_WORDS && capitals <= words * MOST_CAPITALS));
};
