/** A word of any list. Holds no word of a note. */
export interface Word {
  readonly text: string;
  /** From 1 without gaps, of the words that a note held: common words come first, so tables of facts stay small. */
  number: number;
  /** From 1 without gaps, of the words of phrase lists; else 0. */
  phrase: number;
  /** The word of a list without the plural "s". */
  singular: Word | undefined;
}

/** Shorter words with an "s" are no plurals. */
const SHORTEST_PLURAL = 4;

/**
 * The words of all lists, so that a word of a note is looked up once and not once for each list. Grows only while lists
 * are read.
 */
const words = new Map<string, Word>();
const byPhrase: string[] = [''];

/** The string that literals in code share: comparing it with one of them compares pointers. */
const shared = (text: string): string => Object.keys({ [text]: 0 })[0]!;

/** The entry of a word, created if it has none. */
export const register = (given: string): Word => {
  const known = words.get(given);
  if (known !== undefined) return known;
  const text = shared(given);
  const word: Word = { text, number: 0, phrase: 0, singular: singularOf(text) };
  words.set(text, word);
  const plural = text.length + 1 >= SHORTEST_PLURAL ? words.get(`${text}s`) : undefined;
  if (plural !== undefined) plural.singular = word;
  return word;
};

/** The number of a word of a phrase list, assigned if it has none. */
export const registerPhraseWord = (text: string): number => {
  const word = register(text);
  if (word.phrase === 0) {
    word.phrase = byPhrase.length;
    byPhrase.push(word.text);
    met.refresh();
  }
  return word.phrase;
};

/** The entry of a word; undefined where no list holds it. */
export const wordOf = (text: string): Word | undefined => words.get(text);

/** The word of a list that a word is the plural of. */
export const singularOf = (text: string): Word | undefined =>
  text.length >= SHORTEST_PLURAL && text.endsWith('s') ? words.get(text.slice(0, -1)) : undefined;

/** The word of a number of the phrase lists. */
export const phraseTextOf = (phrase: number): string => byPhrase[phrase] ?? '';

export const phraseWordCount = (): number => byPhrase.length - 1;

/** The hash of a word and one more letter, of either case. */
export const hashWith = (hash: number, letter: number): number => (Math.imul(hash, 31) + (letter | 32)) | 0;

/**
 * The words of lists that notes have held, by their letters: most words of a note are found without making a string, and
 * among a few thousand words that stay in the processor's cache and not among a hundred thousand that do not.
 */
class MetWords {
  readonly texts: string[] = [''];
  phrases = new Int32Array(512);
  singulars = new Int32Array(512);
  /** By the code of a mark: its number; 0 before its first occurrence. */
  readonly marks = new Int32Array(128);
  private readonly words: Word[] = [];
  private slots = new Int32Array(1024);
  private fresh = true;

  /** The numbers of words change while lists are read. */
  refresh(): void {
    this.fresh = false;
  }

  /** Before a text is read. */
  update(): void {
    if (this.fresh) return;
    for (const word of this.words) this.read(word);
    this.fresh = true;
  }

  /** The number of the word of ASCII letters, or of the number, at `[start, end)`; 0 before its first occurrence. */
  find(source: string, start: number, end: number, hash: number): number {
    const { slots, texts } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot]!;
      if (number === 0) return 0;
      const text = texts[number]!;
      if (text.length !== end - start) continue;
      let at = 0;
      while (at < text.length && text.charCodeAt(at) === (source.charCodeAt(start + at) | 32)) at++;
      if (at === text.length) return number;
    }
  }

  add(word: Word): number {
    if (word.number === 0) {
      word.number = this.texts.length;
      this.texts.push(word.text);
      this.words.push(word);
      this.read(word);
      if (word.text.length === 1 && word.text.charCodeAt(0) < 128) this.marks[word.text.charCodeAt(0)] = word.number;
      if (2 * word.number < this.slots.length) this.place(word.number);
      else {
        this.slots = new Int32Array(2 * this.slots.length);
        for (let number = 1; number <= word.number; number++) this.place(number);
      }
    }
    return word.number;
  }

  private read({ number, phrase, singular }: Word): void {
    if (number >= this.phrases.length) {
      const [phrases, singulars] = [this.phrases, this.singulars];
      this.phrases = new Int32Array(2 * number);
      this.phrases.set(phrases);
      this.singulars = new Int32Array(2 * number);
      this.singulars.set(singulars);
    }
    this.phrases[number] = phrase;
    this.singulars[number] = singular === undefined ? 0 : singular.phrase;
  }

  private place(number: number): void {
    const text = this.texts[number]!;
    let hash = 0;
    for (let at = 0; at < text.length; at++) hash = hashWith(hash, text.charCodeAt(at));
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number;
  }
}

export const met = new MetWords();
