import { birthWords } from '../lexicon/calendar.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import { isYear } from './date-parts.ts';

const birth: ReadonlySet<string> = new Set(birthWords);

/** Whether words shortly before a token mark it as a date of birth. */
export const isBirth = (tokens: Tokens, at: number): boolean => {
  for (let back = at - 1; back >= Math.max(0, at - 5); back--) {
    const word = tokens.lower[back]!;
    if (birth.has(word)) return true;
    if (word === 'b' && tokens.lower[back + 1] === '.' && back >= at - 3 && (tokens.lower[back - 1] ?? '(') !== 'd')
      return true;
    if (word === 'b' && tokens.lower[back - 1] === '.' && tokens.lower[back - 2] === 'o') return true;
    if (/^[;)]$/.test(word) || (tokens.kinds[back] === NUMBER && isYear(word))) return false;
  }
  return false;
};
