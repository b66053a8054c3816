import type { PhraseTrie } from './phrase-trie.ts';
import { derivedSlot, type Tokens, WORD } from './tokens.ts';
import { met, phraseWordCount, wordOf } from './vocabulary.ts';

/** Set in every entry that was worked out. */
const READ = 1 << 30;

interface Spelling {
  readonly bit: number;
  readonly holds: (word: string) => boolean;
}

/**
 * At which tokens of a note each rule may find something, as one mask a token: by the first words of its phrases, or by
 * how a word is spelt. The rules read a note one after the other and most words begin nothing: without the masks, asking
 * each rule's lists about each word took a third of an analysis.
 */
export class Openings {
  private readonly tries: (readonly PhraseTrie<unknown>[])[] = [];
  private readonly spellings: Spelling[] = [];
  private readonly slot = derivedSlot();
  private byPhrase: Int32Array | undefined;
  /** By the number of a word that a note held. */
  private byWord = new Int32Array(512);

  /** The bit of a rule. All rules ask for theirs before the first note is read. */
  bit(tries: readonly PhraseTrie<unknown>[], spelling?: (word: string) => boolean): number {
    if (this.byPhrase !== undefined || this.tries.length === 30)
      throw new Error('Internal error (please report it): a bit was asked for too late or 30 are given');
    const bit = 1 << this.tries.length;
    this.tries.push(tries);
    if (spelling !== undefined) this.spellings.push({ bit, holds: spelling });
    return bit;
  }

  /** The masks of a note, by token. */
  of(tokens: Tokens): Int32Array {
    const known = tokens.derived[this.slot];
    if (known !== undefined) return known;
    const byPhrase = this.byPhrase ?? this.build();
    const masks = new Int32Array(tokens.count);
    const { words, kinds, singulars } = tokens;
    for (let at = 0; at < masks.length; at++) {
      const number = words[at]!;
      if (number > 0) {
        const mask = number < this.byWord.length ? this.byWord[number]! : 0;
        masks[at] = mask === 0 ? this.ofWord(number, byPhrase) : mask;
      } else if (kinds[at] === WORD) masks[at] = this.spelt(tokens.lower[at]!) | byPhrase[singulars[at]!]!;
    }
    tokens.derived[this.slot] = masks;
    return masks;
  }

  private ofWord(number: number, byPhrase: Int32Array): number {
    if (number >= this.byWord.length) {
      const grown = new Int32Array(2 * number);
      grown.set(this.byWord);
      this.byWord = grown;
    }
    const text = met.texts[number]!;
    const { phrase, singular } = wordOf(text)!;
    const mask =
      READ |
      this.spelt(text) |
      (byPhrase[phrase] ?? 0) |
      (singular === undefined ? 0 : (byPhrase[singular.phrase] ?? 0));
    this.byWord[number] = mask;
    return mask;
  }

  private spelt(word: string): number {
    let mask = 0;
    for (const { bit, holds } of this.spellings) if (holds(word)) mask |= bit;
    return mask;
  }

  private build(): Int32Array {
    const byPhrase = new Int32Array(phraseWordCount() + 1);
    this.tries.forEach((tries, bit) => {
      for (const trie of tries) for (const word of trie.firstPhraseWords()) byPhrase[word]! |= 1 << bit;
    });
    this.byPhrase = byPhrase;
    return byPhrase;
  }
}
