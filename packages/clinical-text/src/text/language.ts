import { type Tokens, WORD } from './tokens.ts';

const FEWEST_WORDS = 3;
const LEAST_SHARE = 0.5;

/** Whether most words of a note are neither English nor of medicine: the rules read little of it. */
export const isOtherLanguage = (tokens: Tokens, isKnownAt: (tokens: Tokens, at: number) => boolean): boolean => {
  let words = 0;
  let known = 0;
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < 2) continue;
    words++;
    if (isKnownAt(tokens, at)) known++;
  }
  return words >= FEWEST_WORDS && known < LEAST_SHARE * words;
};
