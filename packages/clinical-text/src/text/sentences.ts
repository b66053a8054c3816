import { abbreviations, letteredNames as lettered, countedUnits as units } from '../lexicon/abbreviations.ts';
import { CAPITALISED, LOWER, NUMBER, PUNCTUATION, type Tokens, touches, WORD } from './tokens.ts';

/** `[from, to)` in tokens. */
export interface Sentence {
  readonly from: number;
  readonly to: number;
}

/** A text without a full stop is cut here, so that what is done per sentence stays bounded. */
const LONGEST = 600;
/** A line at least this long, in characters, may have been wrapped. */
const WRAPPED = 60;

const bullets = new Set(['•', '-', '*', '–', '·', '▪', '◦', '#', '>']);
const sentenceAbbreviations = new Set(abbreviations);
const daysAndMonths =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|january|february|march|april|may|june|july|august|september|october|november|december)$/;
const countedUnits = new Set(units);
const letteredNames = new Set(lettered);

export const startsList = (tokens: Tokens, index: number): boolean =>
  bullets.has(tokens.lower[index]!) ||
  (tokens.kinds[index] === NUMBER && (tokens.lower[index + 1] === '.' || tokens.lower[index + 1] === ')'));

/** "?PE", "Imp: ? stroke": the mark stands before what is in doubt, not after a question. */
const asksAhead = (tokens: Tokens, index: number): boolean => {
  const next = index + 1;
  if (next >= tokens.count || tokens.breaks[next]! > 0) return false;
  const before = index === 0 || tokens.breaks[index]! > 0 || !touches(tokens, index);
  const opens = /^[(/[?:,;.]$/.test(tokens.lower[index - 1] ?? '');
  if (touches(tokens, next)) return (before || opens) && tokens.kinds[next] !== PUNCTUATION;
  return before && tokens.kinds[next] === WORD;
};

/** "Sodium ........ 135": dots that lead to what follows on the same line. */
const isLeader = (tokens: Tokens, index: number): boolean => {
  const next = index + 1;
  if (tokens.breaks[next]! > 0 || tokens.lower[index - 1] !== '.' || !touches(tokens, index)) return false;
  return tokens.kinds[next] !== WORD || (tokens.lower[index - 2] === '.' && tokens.lower[index - 3] === '.');
};

/** "q12h.", "2 tabs.", "vitamin D.": a unit after its number, or a letter that is part of a name. */
const isCounted = (tokens: Tokens, at: number): boolean => {
  if (at === 0 || tokens.kinds[at] !== WORD || tokens.breaks[at]! > 0) return false;
  if (tokens.kinds[at - 1] === NUMBER)
    return tokens.lower[at]!.length === 1
      ? touches(tokens, at) || tokens.shapes[at] === LOWER || /^[cfl]$/.test(tokens.lower[at]!)
      : countedUnits.has(tokens.lower[at]!);
  return tokens.lower[at]!.length === 1 && letteredNames.has(tokens.lower[at - 1]!);
};

const endsAtStop = (tokens: Tokens, index: number, small: boolean): boolean => {
  const mark = tokens.lower[index]!;
  if (mark === '!') return true;
  if (mark === '?') return !asksAhead(tokens, index);
  if (mark !== '.') return false;
  const next = index + 1;
  if (next >= tokens.count) return true;
  if (isLeader(tokens, index)) return false;
  if (touches(tokens, next))
    return tokens.kinds[next] === WORD && tokens.shapes[next] === 1 && tokens.lower[next]!.length > 3;
  if (index > 0 && touches(tokens, index) && tokens.breaks[next] === 0) {
    const before = tokens.lower[index - 1]!;
    const nextIsLower = tokens.kinds[next] === WORD && tokens.shapes[next] === LOWER;
    const counted = isCounted(tokens, index - 1);
    if (sentenceAbbreviations.has(before))
      return counted && tokens.kinds[next] === WORD && tokens.shapes[next] === CAPITALISED;
    const dotted = before.length === 1 && tokens.kinds[index - 1] === WORD && !counted;
    // "p.o. daily" and "J. Smith" go on; "q.d. She" does not: an inner stop shows the abbreviation of an order.
    if (dotted)
      return (
        tokens.lower[index - 2] === '.' &&
        !nextIsLower &&
        tokens.kinds[next] === WORD &&
        !(before === 'm' && daysAndMonths.test(tokens.lower[next]!))
      );
    if (nextIsLower && !(small && tokens.kinds[index - 1] === WORD)) return false;
    // A list number such as "2." belongs to what follows it.
    if (
      tokens.kinds[index - 1] === NUMBER &&
      (index < 2 || tokens.lower[index - 2] === '.' || tokens.breaks[index - 1]! > 0)
    ) {
      return false;
    }
  }
  return true;
};

const endsAtBreak = (tokens: Tokens, index: number, lineStart: number): boolean => {
  const next = index + 1;
  const breaks = tokens.breaks[next]!;
  if (breaks === 0) return false;
  if (breaks > 1 || startsList(tokens, next)) return true;
  const lineLength = tokens.ends[index]! - tokens.starts[lineStart]!;
  if (tokens.kinds[next] === WORD && tokens.shapes[next] === LOWER) return lineLength < WRAPPED / 2;
  return lineLength < WRAPPED;
};

/** Whether the text begins its sentences with small letters, as hurried notes do. */
const beginsSmall = (tokens: Tokens): boolean => {
  let small = 0;
  let large = 0;
  for (let index = 1; index + 1 < tokens.count; index++) {
    if (tokens.lower[index] !== '.' || tokens.kinds[index + 1] !== WORD || touches(tokens, index + 1)) continue;
    if (tokens.kinds[index - 1] !== WORD || tokens.lower[index - 1]!.length < 2) continue;
    if (sentenceAbbreviations.has(tokens.lower[index - 1]!)) continue;
    if (tokens.shapes[index + 1] === LOWER) small++;
    else large++;
  }
  return small >= 2 && small > large;
};

/** Sentences, list items and headings, each token in exactly one. */
export const splitSentences = (tokens: Tokens): Sentence[] => {
  const sentences: Sentence[] = [];
  const small = beginsSmall(tokens);
  let from = 0;
  let lineStart = 0;
  for (let index = 0; index < tokens.count; index++) {
    if (tokens.breaks[index]! > 0) lineStart = index;
    const last = index + 1 === tokens.count;
    if (
      last ||
      index + 1 - from >= LONGEST ||
      endsAtStop(tokens, index, small) ||
      endsAtBreak(tokens, index, lineStart)
    ) {
      sentences.push({ from, to: index + 1 });
      from = index + 1;
    }
  }
  return sentences;
};
