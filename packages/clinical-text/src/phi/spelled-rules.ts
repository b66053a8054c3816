import { PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';

const digitWords: ReadonlySet<string> = new Set(
  'zero oh nought one two three four five six seven eight nine double triple treble'.split(' '),
);
const FEWEST_DIGITS = 5;
const PHONE_DIGITS = 7;
const MOST_DIGITS = 24;
/** Longest address that is written out, in tokens on either side. */
const LONGEST = 16;

export const isDigitWord = (word: string): boolean => digitWords.has(word);

/** "five five five, oh one four two": as dictated. */
export const spelledDigits = (tokens: Tokens, from: number): Candidate | undefined => {
  if (!isDigitWord(tokens.lower[from]!)) return undefined;
  let digits = 0;
  let to = from;
  for (let at = from; at < tokens.count && at - from < 2 * MOST_DIGITS; at++) {
    const word = tokens.lower[at]!;
    if (isDigitWord(word)) {
      digits++;
      to = at + 1;
    } else if (!/^[,-]$/.test(word) || to !== at) break;
  }
  return digits < FEWEST_DIGITS
    ? undefined
    : {
        from,
        to,
        category: digits < PHONE_DIGITS ? 'OTHER_ID' : 'PHONE',
        rule: 'digits in words',
        rank: RANK.form,
      };
};

/** The token after "." or "dot" or "[dot]" between the parts of an address; `at` if there is none. */
const dotEnd = (tokens: Tokens, at: number): number => {
  const word = tokens.lower[at];
  if (word === 'dot') return at + 1;
  if (/^[[({]$/.test(word ?? '') && tokens.lower[at + 1] === 'dot') return at + 3;
  return /^[._-]$/.test(word ?? '') && touches(tokens, at) && touches(tokens, at + 1) ? at + 1 : at;
};

/** The same from the right: the first token of the mark that ends before `at`. */
const dotStart = (tokens: Tokens, at: number): number => {
  const word = tokens.lower[at - 1];
  if (word === 'dot') return at - 1;
  if (/^[\])}]$/.test(word ?? '') && tokens.lower[at - 2] === 'dot') return at - 3;
  return /^[._-]$/.test(word ?? '') && touches(tokens, at - 1) && touches(tokens, at) ? at - 1 : at;
};

/**
 * "k dot osei at example dot org", "tess.kilgore[at]example[dot]com".
 * @param mark the first token of "at" with its brackets
 * @param after the token after them
 */
export const spelledAddress = (tokens: Tokens, mark: number, after: number): Candidate | undefined => {
  if (mark === 0 || after >= tokens.count || tokens.kinds[after] !== WORD || tokens.kinds[mark - 1] === PUNCTUATION)
    return undefined;
  let to = after + 1;
  let dots = 0;
  let plain = true;
  for (let next = dotEnd(tokens, to); next > to && to - after < LONGEST; next = dotEnd(tokens, to)) {
    if (next >= tokens.count || tokens.kinds[next] === PUNCTUATION) break;
    plain &&= next === to + 1 && tokens.lower[to] !== 'dot';
    to = next + 1;
    dots++;
  }
  // "seen at home.Now": without "dot" or brackets it is a sentence.
  if (dots === 0 || (plain && after - mark < 3)) return undefined;
  let from = mark - 1;
  while (mark - from < LONGEST && from > 0) {
    const before = dotStart(tokens, from);
    if (before < from && before > 0 && tokens.kinds[before - 1] !== PUNCTUATION) from = before - 1;
    else if (touches(tokens, from) && tokens.kinds[from - 1] !== PUNCTUATION) from--;
    else break;
  }
  return { from, to, category: 'EMAIL', rule: 'e-mail address in words', rank: RANK.form };
};
