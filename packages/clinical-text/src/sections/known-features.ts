import { NUMBER, type Tokens } from '../text/tokens.ts';
import { register } from '../text/vocabulary.ts';
import { ListedWordFacts } from '../text/word-facts.ts';
import { type FeatureSink, TOKENS_READ } from './features.ts';

/** Above the number of words of a text, and a power of two. */
const MOST_WORDS = 512;
/** Above the number of words of a model. */
const MOST_MODEL_WORDS = 1 << 15;

/**
 * The features of one text after the other, by their numbers in a model, each once and in order. Words are compared by
 * number: the names of most features are never made.
 */
export class KnownFeatures implements FeatureSink {
  /** The features that the model has. Only the first `count` are of this text. */
  readonly found = new Int32Array(4 * TOKENS_READ);
  count = 0;
  /** How many the text has, those that the model does not have included. */
  size = 0;

  private readonly byName = new Map<string, number>();
  private readonly topics: Uint8Array;
  private readonly modelWords = new Map<string, number>();
  /** By model word: its feature; -1 for a word that only pairs hold. */
  private readonly ofWord: number[] = [-1];
  private readonly ofPair = new Map<number, number>();
  private readonly ofEnding = new Map<number, number>();
  private readonly modelWordOf = new ListedWordFacts((word) => this.modelWords.get(word) ?? 0);

  /** The words of the text are numbered from 0; those of the texts before it are below `base`. */
  private base = 0;
  private words = 0;
  /** By the number of a listed word: that of the text's word, plus `base`. Numbers in figures are the word 0. */
  private listed = new Int32Array(512);
  private readonly unlisted = new Map<string, number>();
  private readonly modelWord = new Int32Array(MOST_WORDS);
  /** The text's words at the two tokens that were read last. */
  private first = 0;
  private second = 0;
  private readonly pairs = new NumberSet();
  private readonly endings = new NumberSet();
  private readonly otherEndings = new Set<string>();

  /** @param names of the features of the model */
  constructor(names: readonly string[]) {
    this.topics = Uint8Array.from(names, (name) => (/^[@#]/.test(name) ? 1 : 0));
    names.forEach((name, feature) => {
      const ending = name.startsWith('~') ? endingOf(name) : 0;
      if (ending > 0) this.ofEnding.set(ending, feature);
      else if (/^[\^=~@#]/.test(name)) this.byName.set(name, feature);
      else {
        const [first, second] = name.split(' ').map((word) => this.addWord(word));
        if (second === undefined) this.ofWord[first!] = feature;
        else this.ofPair.set(first! * MOST_MODEL_WORDS + second, feature);
      }
    });
  }

  isTopic(feature: number): boolean {
    return this.topics[feature] === 1;
  }

  /** Before each text. */
  clear(): void {
    this.count = this.size = this.words = 0;
    this.base += MOST_WORDS;
    if (this.base > 2 ** 30) {
      this.base = MOST_WORDS;
      this.listed.fill(0);
    }
    this.unlisted.clear();
    this.pairs.clear();
    this.endings.clear();
    this.otherEndings.clear();
  }

  word(tokens: Tokens, at: number): void {
    const before = this.words;
    this.first = this.second;
    this.second = this.textWord(tokens, at);
    if (this.second < before) return;
    const number = tokens.kinds[at] === NUMBER;
    const model = number ? (this.modelWords.get('0') ?? 0) : this.modelWordOf.at(tokens, at);
    this.modelWord[this.second] = model;
    this.add(this.ofWord[model]!);
  }

  pair(): void {
    const { first, second, modelWord } = this;
    if (!this.pairs.add(first * MOST_WORDS + second + 1)) return;
    const [before, after] = [modelWord[first]!, modelWord[second]!];
    this.add(before === 0 || after === 0 ? -1 : (this.ofPair.get(before * MOST_MODEL_WORDS + after) ?? -1));
  }

  ending(tokens: Tokens, at: number): void {
    const word = tokens.lower[at]!;
    const ending = endingOf(word);
    if (ending > 0) {
      if (this.endings.add(ending)) this.add(this.ofEnding.get(ending) ?? -1);
      return;
    }
    const name = `~${word.slice(-ENDING)}`;
    if (this.otherEndings.has(name)) return;
    this.otherEndings.add(name);
    this.add(this.byName.get(name) ?? -1);
  }

  named(name: string): void {
    this.add(this.byName.get(name) ?? -1);
  }

  private add(feature: number): void {
    this.size++;
    if (feature >= 0) this.found[this.count++] = feature;
  }

  private addWord(word: string): number {
    const known = this.modelWords.get(word);
    if (known !== undefined) return known;
    register(word);
    this.modelWords.set(word, this.ofWord.length);
    return this.ofWord.push(-1) - 1;
  }

  /** The number of a word in the text. */
  private textWord(tokens: Tokens, at: number): number {
    const number = tokens.kinds[at] === NUMBER ? 0 : tokens.words[at]!;
    if (number === 0 && tokens.kinds[at] !== NUMBER) {
      const word = tokens.lower[at]!;
      const known = this.unlisted.get(word);
      if (known === undefined) this.unlisted.set(word, this.words);
      return known ?? this.words++;
    }
    if (number >= this.listed.length) {
      const grown = new Int32Array(2 * number);
      grown.set(this.listed);
      this.listed = grown;
    }
    const known = this.listed[number]! - this.base;
    if (known >= 0) return known;
    this.listed[number] = this.base + this.words;
    return this.words++;
  }
}

const ENDING = 4;

/** The last letters of a word as a number; 0 where one is not ASCII. */
const endingOf = (word: string): number => {
  let code = 0;
  for (let at = word.length - ENDING; at < word.length; at++) {
    const letter = word.charCodeAt(at);
    if (letter > 127) return 0;
    code = (code << 7) | letter;
  }
  return code;
};

/** A set of positive numbers that is emptied without a walk over it. Holds fewer numbers than a text has tokens. */
class NumberSet {
  private readonly numbers = new Int32Array(4 * MOST_WORDS);
  private readonly rounds = new Int32Array(4 * MOST_WORDS);
  private round = 1;

  clear(): void {
    this.round++;
  }

  /** @returns false where the set holds the number */
  add(number: number): boolean {
    const { numbers, rounds, round } = this;
    const mask = numbers.length - 1;
    let slot = (Math.imul(number, 0x9e3779b1) >>> 16) & mask;
    while (rounds[slot] === round) {
      if (numbers[slot] === number) return false;
      slot = (slot + 1) & mask;
    }
    numbers[slot] = number;
    rounds[slot] = round;
    return true;
  }
}
