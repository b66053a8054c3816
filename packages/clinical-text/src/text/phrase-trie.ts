import { PUNCTUATION, type Tokens, wordsOf } from './tokens.ts';
import { phraseTextOf, phraseWordCount, registerPhraseWord } from './vocabulary.ts';

export interface Match<T> {
  readonly value: T;
  /** The token after the last one matched. */
  readonly end: number;
}

/** Written or not at will: "beta-blocker", "beta blocker"; "Crohn's", "Crohns". */
const optional = new Set(['-', '‐', '‑', "'", '’', '`']);

/**
 * Longest phrase that begins at a token. Work is bounded by the longest phrase, whatever the text. Nodes are numbers, and
 * one table contains all edges: lookups in a map per node took several times as long.
 */
export class PhraseTrie<T> {
  /** By node; the root is 0. */
  private readonly values: (T | undefined)[] = [undefined];
  /** By node: 1 where an edge begins. */
  private readonly inner: number[] = [0];
  /** Slots of three: node, word, child; the child of an empty slot is 0. */
  private edges = new Int32Array(3 * 8);
  private edgeCount = 0;
  private readonly firstWordIds: number[] = [];
  /** By the number of a word: 1 where a phrase begins with it. */
  private first = new Uint8Array(0);

  add(phrase: string, value: T): this {
    let node = 0;
    for (const word of wordsOf(phrase)) {
      if (optional.has(word)) continue;
      const id = registerPhraseWord(word);
      let child = this.child(node, id);
      if (child === 0) {
        if (node === 0) this.begin(id);
        child = this.values.push(undefined) - 1;
        this.inner.push(0);
        this.link(node, id, child);
      }
      node = child;
    }
    // Earlier entries win, so that a specific list may be added before a general one.
    this.values[node] ??= value;
    return this;
  }

  addAll(phrases: Iterable<string>, value: T): this {
    for (const phrase of phrases) this.add(phrase, value);
    return this;
  }

  /** The words with which a phrase may begin, plural forms included. */
  firstWords(): string[] {
    return this.firstWordIds.map(phraseTextOf).flatMap((word) => (word.length > 2 ? [word, `${word}s`] : [word]));
  }

  firstPhraseWords(): readonly number[] {
    return this.firstWordIds;
  }

  /** @param limit the token before which the match must end */
  longest(tokens: Tokens, from: number, limit: number): Match<T> | undefined {
    if (from >= tokens.count) return undefined;
    const id = tokens.ids[from]!;
    const singular = tokens.singulars[from]!;
    const { first } = this;
    if (!(id < first.length && first[id] === 1) && !(singular < first.length && first[singular] === 1))
      return undefined;
    let node = this.step(0, id, singular);
    let best = 0;
    let end = 0;
    let at = from + 1;
    while (node !== 0) {
      if (this.values[node] !== undefined) {
        best = node;
        end = at;
      }
      if (this.inner[node] === 0 || at >= limit) break;
      if (tokens.kinds[at] === PUNCTUATION && optional.has(tokens.lower[at]!)) at++;
      if (at >= limit || at >= tokens.count || tokens.breaks[at]! > 1) break;
      node = this.step(node, tokens.ids[at]!, tokens.singulars[at]!);
      at++;
    }
    return best === 0 ? undefined : { value: this.values[best]!, end };
  }

  /** By the word itself, else without its plural "s". */
  private step(node: number, id: number, singular: number): number {
    const exact = id === 0 ? 0 : this.child(node, id);
    return exact !== 0 || singular === 0 ? exact : this.child(node, singular);
  }

  private child(node: number, id: number): number {
    const { edges } = this;
    for (let slot = this.slot(node, id); ; slot = slot + 3 < edges.length ? slot + 3 : 0) {
      if (edges[slot + 2] === 0) return 0;
      if (edges[slot] === node && edges[slot + 1] === id) return edges[slot + 2]!;
    }
  }

  private link(node: number, id: number, child: number): void {
    this.inner[node] = 1;
    const old = this.edges;
    if (2 * 3 * ++this.edgeCount > old.length) {
      this.edges = new Int32Array(2 * old.length);
      for (let slot = 0; slot < old.length; slot += 3)
        if (old[slot + 2] !== 0) this.place(old[slot]!, old[slot + 1]!, old[slot + 2]!);
    }
    this.place(node, id, child);
  }

  private place(node: number, id: number, child: number): void {
    const { edges } = this;
    let slot = this.slot(node, id);
    while (edges[slot + 2] !== 0) slot = slot + 3 < edges.length ? slot + 3 : 0;
    edges[slot] = node;
    edges[slot + 1] = id;
    edges[slot + 2] = child;
  }

  /** The first slot of an edge. The number of slots is a power of two. */
  private slot(node: number, id: number): number {
    return 3 * ((Math.imul(node * 31 + id, 0x9e3779b1) >>> 12) & (this.edges.length / 3 - 1));
  }

  private begin(id: number): void {
    this.firstWordIds.push(id);
    if (id >= this.first.length) {
      const grown = new Uint8Array(Math.max(1024, 2 * id));
      grown.set(this.first);
      this.first = grown;
    }
    this.first[id] = 1;
  }
}

/**
 * Phrases of one request, compared by their letters: a trie would register a caller's words in the vocabulary of the
 * process, where they would stay.
 */
export class RequestPhrases {
  private readonly byFirst = new Map<string, (readonly string[])[]>();

  constructor(phrases: readonly string[]) {
    for (const phrase of phrases) {
      const [first, ...rest] = wordsOf(phrase).filter((word) => !optional.has(word));
      if (first === undefined) continue;
      const known = this.byFirst.get(first);
      if (known === undefined) this.byFirst.set(first, [rest]);
      else known.push(rest);
    }
  }

  /** @returns the token after the longest phrase that begins at a token; undefined if none begins there */
  longest(tokens: Tokens, from: number): number | undefined {
    const word = tokens.lower[from]!;
    const begun = [...(this.byFirst.get(word) ?? []), ...(this.byFirst.get(withoutPlural(word)) ?? [])];
    let longest: number | undefined;
    for (const rest of begun) {
      const end = endOf(tokens, from + 1, rest);
      if (end !== undefined && end > (longest ?? 0)) longest = end;
    }
    return longest;
  }
}

const withoutPlural = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : '');

/** The token after `words`, which begin at a token; undefined where the text has others. */
const endOf = (tokens: Tokens, from: number, words: readonly string[]): number | undefined => {
  let at = from;
  for (const word of words) {
    if (at < tokens.count && tokens.kinds[at] === PUNCTUATION && optional.has(tokens.lower[at]!)) at++;
    if (at >= tokens.count || tokens.breaks[at]! > 1) return undefined;
    const found = tokens.lower[at]!;
    if (found !== word && withoutPlural(found) !== word) return undefined;
    at++;
  }
  return at;
};

/** Which of several tries a token may begin a phrase of: one look-up in place of one for each trie. */
export class FirstWords {
  private byPhrase: Int32Array | undefined;
  private readonly groups: readonly (readonly PhraseTrie<unknown>[])[];

  /** @param groups at most 31; bit `i` stands for the tries of group `i` */
  constructor(groups: readonly (readonly PhraseTrie<unknown>[])[]) {
    this.groups = groups;
  }

  at(tokens: Tokens, at: number): number {
    const table = this.byPhrase ?? this.build();
    return table[tokens.ids[at]!]! | table[tokens.singulars[at]!]!;
  }

  /** When first asked: all lists are read by then. */
  private build(): Int32Array {
    const table = new Int32Array(phraseWordCount() + 1);
    this.groups.forEach((tries, bit) => {
      for (const trie of tries) for (const word of trie.firstPhraseWords()) table[word]! |= 1 << bit;
    });
    this.byPhrase = table;
    return table;
  }
}
