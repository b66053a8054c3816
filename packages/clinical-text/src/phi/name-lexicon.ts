import { givenNames } from '../lexicon/given-names.ts';
import { eponymNouns, nameParticles, strictEponymNouns } from '../lexicon/name-context.ts';
import { surnames } from '../lexicon/surnames.ts';
import { CAPITALISED, LOWER, MIXED, type Tokens, UPPER, WORD } from '../text/tokens.ts';
import type { KnownWords } from './known-words.ts';

const suffixes: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);
const joins: ReadonlySet<string> = new Set(['-', "'", '’', '‐']);
const LONGEST_NAME = 8;
const LONGEST_SMALL = 3;

/** What a word may be in a person's name. */
export class NameLexicon {
  private readonly given: ReadonlySet<string> = new Set(givenNames);
  private readonly family: ReadonlySet<string> = new Set(surnames);
  private readonly particles: ReadonlySet<string> = new Set(nameParticles);
  private readonly eponymNouns: ReadonlySet<string> = new Set(eponymNouns);
  private readonly strictNouns: ReadonlySet<string> = new Set(strictEponymNouns);
  readonly known: KnownWords;

  constructor(known: KnownWords) {
    this.known = known;
  }

  isGiven(word: string): boolean {
    return this.given.has(word);
  }

  isSurname(word: string): boolean {
    return this.family.has(word);
  }

  isListed(word: string): boolean {
    return this.given.has(word) || this.family.has(word);
  }

  /** Written with a capital. */
  isCapital(tokens: Tokens, at: number): boolean {
    return at >= 0 && at < tokens.count && tokens.kinds[at] === WORD && tokens.shapes[at] !== LOWER;
  }

  isInitial(tokens: Tokens, at: number): boolean {
    return this.isCapital(tokens, at) && tokens.lower[at]!.length === 1;
  }

  /** A capitalised word that neither English nor medicine knows. */
  isUnknown(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at] ?? '';
    return word.length > 2 && this.isCapital(tokens, at) && !this.known.has(word) && !this.isEponym(tokens, at);
  }

  /** May stand in a name without a title before it. */
  isNameWord(tokens: Tokens, at: number): boolean {
    return this.isCapital(tokens, at) && (this.isListed(tokens.lower[at]!) || this.isUnknown(tokens, at));
  }

  /** "Foley catheter", "Crohn's disease", "Wolff-Parkinson-White": named after a person, and about none. */
  isEponym(tokens: Tokens, at: number): boolean {
    const word = tokens.lower[at]!;
    const eponym = this.known.eponyms.has(word) || this.known.eponyms.has(word.replace(/s$/, ''));
    if (eponym && !this.isListed(word)) return true;
    const nouns = eponym ? this.eponymNouns : this.strictNouns;
    for (let next = at + 1; next < Math.min(tokens.count, at + 5); next++) {
      const after = tokens.lower[next]!;
      if (nouns.has(after)) return true;
      if (!joins.has(after) && after !== 's' && !this.known.eponyms.has(after) && !joins.has(tokens.lower[next - 1]!))
        return false;
    }
    return false;
  }

  /**
   * The end of the name that begins at a token, or the token itself where none does.
   * @param trusted the first word is a name whatever it is: a title or a label says so
   * @param reversed "Last, First" is allowed
   */
  end(tokens: Tokens, from: number, trusted: boolean, reversed: boolean): number {
    if (!this.isCapital(tokens, from) && !(trusted && this.isListed(tokens.lower[from] ?? ''))) return from;
    if (!trusted && !this.isNameWord(tokens, from) && !this.isInitial(tokens, from)) return from;
    let at = from + 1;
    let comma = !reversed;
    while (at < tokens.count && at - from < LONGEST_NAME && tokens.breaks[at] === 0) {
      const word = tokens.lower[at]!;
      if (this.continues(tokens, at)) at++;
      else if (word === '.' && this.isInitial(tokens, at - 1) && !this.endsSentence(tokens, at)) at++;
      else if (joins.has(word) && this.isCapital(tokens, at + 1) && tokens.starts[at + 1] === tokens.ends[at]) at += 2;
      else if (this.particles.has(word) && this.isNameWord(tokens, at + 1)) at += 2;
      else if (!comma && word === ',' && this.isNameWord(tokens, at + 1)) {
        comma = true;
        at += 2;
      } else break;
    }
    return at;
  }

  /**
   * The end of a name in small letters, or the token itself where none begins: some notes are typed without capitals.
   * @param trusted the first word may be an everyday word, if it is also a listed name
   */
  endInSmallLetters(tokens: Tokens, from: number, trusted: boolean): number {
    let at = from;
    while (at < tokens.count && at - from < LONGEST_SMALL && (at === from || tokens.breaks[at] === 0)) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] !== WORD || tokens.shapes[at] !== LOWER || word.length < 3) break;
      if (this.known.has(word) && !(trusted && at === from && this.isListed(word))) break;
      at++;
    }
    return at;
  }

  private continues(tokens: Tokens, at: number): boolean {
    return (
      // "I" is a pronoun where no stop follows it.
      (this.isInitial(tokens, at) && (tokens.lower[at] !== 'i' || tokens.lower[at + 1] === '.')) ||
      this.isNameWord(tokens, at) ||
      (suffixes.has(tokens.lower[at]!) && this.isCapital(tokens, at))
    );
  }

  private endsSentence(tokens: Tokens, stop: number): boolean {
    return (
      !this.isCapital(tokens, stop + 1) || (!this.isNameWord(tokens, stop + 1) && !this.isInitial(tokens, stop + 1))
    );
  }
}

/** Whether most words around are in capitals, so that capitals tell nothing. */
export const isShouting = (tokens: Tokens, from: number, to: number): boolean => {
  let upper = 0;
  let other = 0;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] !== WORD || tokens.lower[at]!.length < 3) continue;
    if (tokens.shapes[at] === UPPER) upper++;
    else if (tokens.shapes[at] === LOWER || tokens.shapes[at] === CAPITALISED || tokens.shapes[at] === MIXED) other++;
  }
  return upper > other;
};
