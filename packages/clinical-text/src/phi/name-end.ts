import { CAPITALISED, LOWER, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import type { NameLexicon } from './name-lexicon.ts';

const suffixes: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);
/** Marks within a name. */
export const joins: ReadonlySet<string> = new Set(['-', "'", '’', '‐']);
const openers: ReadonlySet<string> = new Set(['(', '"', '“', '‘', "'"]);
const quotes: ReadonlySet<string> = new Set(['"', '“', '‘', "'"]);
const closers: ReadonlySet<string> = new Set([')', '"', '”', '’', "'"]);
const LONGEST_NAME = 8;
const LONGEST_SMALL = 3;

/**
 * The end of the name that begins at a token, or the token itself where none does.
 * @param trusted the first word is always a name: a title or a label precedes it
 * @param reversed "Last, First" is allowed
 * @param open one more word with a capital belongs to it, also an ordinary word: a given name, a title or a label precedes it
 */
export const nameEnd = (
  lexicon: NameLexicon,
  tokens: Tokens,
  from: number,
  trusted: boolean,
  reversed: boolean,
  open = false,
): number => {
  if (!lexicon.isCapital(tokens, from) && !(trusted && lexicon.isListed(tokens, from))) return from;
  if (!trusted && !lexicon.isNameWord(tokens, from) && !lexicon.isInitial(tokens, from)) return from;
  let at = from + 1;
  let comma = !reversed;
  let left = open && tokens.lower[from]!.length > 0 ? 1 : 0;
  while (at < tokens.count && at - from < LONGEST_NAME && tokens.breaks[at] === 0) {
    const word = tokens.lower[at]!;
    if (at === from + 1 && lexicon.isHyphenedGiven(tokens, from)) {
      at += 2;
      continue;
    }
    const nickname = at === from + 1 ? nicknameEnd(lexicon, tokens, at) : at;
    if (nickname > at) at = nickname;
    else if (continues(lexicon, tokens, at)) at++;
    else if (left > 0 && lexicon.isSurnameAfter(tokens, at)) {
      left--;
      at++;
    } else if (
      word === '.' &&
      lexicon.isInitial(tokens, at - 1) &&
      (!endsSentence(lexicon, tokens, at) ||
        (lexicon.isParticle(tokens, at + 1) && afterParticles(lexicon, tokens, at + 1) > at + 1) ||
        (left > 0 && lexicon.isSurnameAfter(tokens, at + 1)))
    )
      at++;
    else if (joins.has(word) && lexicon.isCapital(tokens, at + 1) && tokens.starts[at + 1] === tokens.ends[at]) at += 2;
    else if (lexicon.isParticle(tokens, at) && afterParticles(lexicon, tokens, at) > at)
      at = afterParticles(lexicon, tokens, at);
    else if (!comma && word === ',' && lexicon.isNameWord(tokens, at + 1)) {
      comma = true;
      at += 2;
    } else break;
  }
  return at;
};

/**
 * The end of a name in small letters, or the token itself where none begins: some notes are typed without capitals.
 * @param trusted the first word may be an everyday word, if it is also a listed name
 */
export const smallNameEnd = (lexicon: NameLexicon, tokens: Tokens, from: number, trusted: boolean): number => {
  let at = from;
  while (at < tokens.count && at - from < LONGEST_SMALL && (at === from || tokens.breaks[at] === 0)) {
    const word = tokens.lower[at]!;
    if (tokens.kinds[at] !== WORD || tokens.shapes[at] !== LOWER || word.length < 3) break;
    if (lexicon.known.hasAt(tokens, at) && !(trusted && at === from && lexicon.isListed(tokens, at) && !isModal(word)))
      break;
    at++;
    // "delgado-ruiz", "o'neill"
    if (
      joins.has(tokens.lower[at] ?? '') &&
      touches(tokens, at) &&
      touches(tokens, at + 1) &&
      tokens.kinds[at + 1] === WORD &&
      tokens.lower[at + 1] !== 's'
    )
      at += 2;
  }
  return at;
};

/** `("Billy")`, `(known as Peggy)` between a given name and a surname: the token after it, or `at` if there is no nickname. */
const nicknameEnd = (lexicon: NameLexicon, tokens: Tokens, at: number): number => {
  let next = at;
  while (next - at < 2 && openers.has(tokens.lower[next] ?? '')) next++;
  if (next === at) return at;
  if (tokens.lower[next] === 'known' && tokens.lower[next + 1] === 'as') next += 2;
  else if (/^(?:aka|called|nee|née)$/.test(tokens.lower[next] ?? '')) next++;
  while (next - at < 5 && quotes.has(tokens.lower[next] ?? '')) next++;
  if (!lexicon.isCapital(tokens, next)) return at;
  let end = next + 1;
  while (end - next < 3 && closers.has(tokens.lower[end] ?? '')) end++;
  return end > next + 1 && (lexicon.isNameWord(tokens, end) || lexicon.isNameWord(tokens, next)) ? end : at;
};

/** "dr will see her" */
const isModal = (word: string): boolean => /^(?:will|may|can|might|so|long|do|an|see|say|hope)$/.test(word);

/** "van der Meer": the token after the name that particles lead to, or `at` where they lead to none. */
const afterParticles = (lexicon: NameLexicon, tokens: Tokens, at: number): number => {
  let next = at + 1;
  while (next - at < 3 && lexicon.isParticle(tokens, next)) next++;
  return lexicon.isNameWord(tokens, next) && tokens.breaks[next] === 0 ? next + 1 : at;
};

const continues = (lexicon: NameLexicon, tokens: Tokens, at: number): boolean => {
  // "Maplewood MWF": a short word in capitals after one that is not is an abbreviation.
  if (
    tokens.shapes[at] === UPPER &&
    tokens.shapes[at - 1] === CAPITALISED &&
    tokens.lower[at - 1]!.length > 1 &&
    tokens.lower[at]!.length > 1 &&
    tokens.lower[at]!.length < 4 &&
    !lexicon.isListed(tokens, at) &&
    !suffixes.has(tokens.lower[at]!)
  )
    return false;
  return (
    // "I" is a pronoun where no stop follows it.
    (lexicon.isInitial(tokens, at) && (tokens.lower[at] !== 'i' || tokens.lower[at + 1] === '.')) ||
    lexicon.isNameWord(tokens, at) ||
    (suffixes.has(tokens.lower[at]!) && lexicon.isCapital(tokens, at))
  );
};

const endsSentence = (lexicon: NameLexicon, tokens: Tokens, stop: number): boolean =>
  !lexicon.isCapital(tokens, stop + 1) ||
  (!lexicon.isNameWord(tokens, stop + 1) && !lexicon.isInitial(tokens, stop + 1));
