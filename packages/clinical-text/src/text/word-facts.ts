import { derivedSlot, type Tokens } from './tokens.ts';
import { met, register } from './vocabulary.ts';

/** Set in every entry that was worked out; the bits below it are the facts. */
const READ = 1 << 30;
const FACTS = READ - 1;

/**
 * Facts that follow from the spelling of a word, as bits: worked out once for a word of the vocabulary, and once a note
 * for another word, so that nothing of a note is kept.
 */
export class WordFacts {
  protected table = new Int32Array(512);
  private readonly slot = derivedSlot();
  private readonly read: (word: string) => number;

  /** @param read up to 30 bits that depend on the word alone */
  constructor(read: (word: string) => number) {
    this.read = read;
  }

  /** The facts of a token; 0 where the index is none. */
  at(tokens: Tokens, at: number): number {
    const number = tokens.words[at];
    if (number === undefined) return 0;
    if (number === 0) return at < tokens.count ? this.ofUnlisted(tokens, at) & FACTS : 0;
    const facts = number < this.table.length ? this.table[number]! : 0;
    return (facts === 0 ? this.ofListed(number) : facts) & FACTS;
  }

  private ofListed(number: number): number {
    if (number >= this.table.length) {
      const grown = new Int32Array(2 * number);
      grown.set(this.table);
      this.table = grown;
    }
    const facts = this.read(met.texts[number]!) | READ;
    this.table[number] = facts;
    return facts;
  }

  protected ofUnlisted(tokens: Tokens, at: number): number {
    let own = tokens.derived[this.slot];
    if (own === undefined) {
      own = new Int32Array(tokens.count);
      tokens.derived[this.slot] = own;
    }
    if (own[at] === 0) own[at] = this.read(tokens.lower[at]!) | READ;
    return own[at]!;
  }
}

/** Facts of the words of lists; those of another word are 0. */
export class ListedWordFacts extends WordFacts {
  protected override ofUnlisted(): number {
    return 0;
  }
}

const asciiOnly = /^[\0-\x7f]*$/;
const withoutAccents = (word: string): string =>
  asciiOnly.test(word) ? word : word.replaceAll('ø', 'o').replaceAll('ł', 'l').normalize('NFD').replace(/\p{M}/gu, '');

/** In which of several lists a word stands, as bits: one look-up by number in place of one by spelling for each list. */
export class WordSets extends WordFacts {
  /** @param lists at most 30; bit `i` stands for the list `i` */
  constructor(lists: readonly Iterable<string>[]) {
    const bits = new Map<string, number>();
    lists.forEach((list, bit) => {
      for (const text of list) {
        register(text);
        bits.set(text, (bits.get(text) ?? 0) | (1 << bit));
      }
    });
    super((word) => bits.get(word) ?? bits.get(withoutAccents(word)) ?? 0);
  }

  /** A word of no list is in none of these, unless only its accents keep it out: "Siobhán". */
  protected override ofUnlisted(tokens: Tokens, at: number): number {
    return asciiOnly.test(tokens.lower[at]!) ? 0 : super.ofUnlisted(tokens, at);
  }
}
