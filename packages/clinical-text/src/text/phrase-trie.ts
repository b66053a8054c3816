import { PUNCTUATION, type Tokens, tokenize } from './tokens.ts';

interface Node<T> {
  next: Map<number, Node<T>> | undefined;
  value: T | undefined;
}

export interface Match<T> {
  readonly value: T;
  /** The token after the last one matched. */
  readonly end: number;
}

/** Written or not at will: "beta-blocker", "beta blocker"; "Crohn's", "Crohns". */
const optional = new Set(['-', '‐', '‑', "'", '’', '`']);

/** A number for each word of any phrase: some sixty tries look at each token, and each word is hashed once. */
const vocabulary = new Map<string, number>();

interface WordIds {
  /** Size of the vocabulary when the numbers were looked up. */
  readonly size: number;
  /** 0: in no phrase. */
  readonly exact: Uint32Array;
  /** The same for the word without its "s". */
  readonly singular: Uint32Array;
}
const cache = new WeakMap<Tokens, WordIds>();
let lastTokens: Tokens | undefined;
let lastIds: WordIds | undefined;

const idsOf = (tokens: Tokens): WordIds => {
  if (lastTokens === tokens && lastIds!.size === vocabulary.size) return lastIds!;
  let ids = cache.get(tokens);
  if (ids === undefined || ids.size !== vocabulary.size) {
    const exact = new Uint32Array(tokens.count);
    const singular = new Uint32Array(tokens.count);
    for (let at = 0; at < tokens.count; at++) {
      const word = tokens.lower[at]!;
      exact[at] = vocabulary.get(word) ?? 0;
      if (word.length > 3 && word.endsWith('s')) singular[at] = vocabulary.get(word.slice(0, -1)) ?? 0;
    }
    ids = { size: vocabulary.size, exact, singular };
    cache.set(tokens, ids);
  }
  lastTokens = tokens;
  lastIds = ids;
  return ids;
};

/** Longest phrase that begins at a token. Work is bounded by the longest phrase, whatever the text. */
export class PhraseTrie<T> {
  private readonly root: Node<T> = { next: undefined, value: undefined };
  private readonly first = new Set<string>();

  add(phrase: string, value: T): this {
    let node = this.root;
    for (const word of tokenize(phrase).lower) {
      if (optional.has(word)) continue;
      if (node === this.root) this.first.add(word);
      let id = vocabulary.get(word);
      if (id === undefined) {
        id = vocabulary.size + 1;
        vocabulary.set(word, id);
      }
      node.next ??= new Map();
      let child = node.next.get(id);
      if (child === undefined) {
        child = { next: undefined, value: undefined };
        node.next.set(id, child);
      }
      node = child;
    }
    // Earlier entries win, so that a specific list may be added before a general one.
    node.value ??= value;
    return this;
  }

  addAll(phrases: Iterable<string>, value: T): this {
    for (const phrase of phrases) this.add(phrase, value);
    return this;
  }

  /** The words with which a phrase may begin, plural forms included. */
  firstWords(): string[] {
    return [...this.first].flatMap((word) => (word.length > 2 ? [word, `${word}s`] : [word]));
  }

  /** @param limit the token before which the match must end */
  longest(tokens: Tokens, from: number, limit: number): Match<T> | undefined {
    if (from >= tokens.count) return undefined;
    const { exact, singular } = idsOf(tokens);
    let node = step(this.root, exact[from]!, singular[from]!);
    if (node === undefined) return undefined;
    let best: Match<T> | undefined;
    let at = from + 1;
    while (node !== undefined) {
      if (node.value !== undefined) best = { value: node.value, end: at };
      if (node.next === undefined || at >= limit) break;
      if (tokens.kinds[at] === PUNCTUATION && optional.has(tokens.lower[at]!)) at++;
      if (at >= limit || at >= tokens.count || tokens.breaks[at]! > 1) break;
      node = step(node, exact[at]!, singular[at]!);
      at++;
    }
    return best;
  }
}

const step = <T>({ next }: Node<T>, exact: number, singular: number): Node<T> | undefined => {
  if (next === undefined) return undefined;
  const found = exact === 0 ? undefined : next.get(exact);
  return found !== undefined || singular === 0 ? found : next.get(singular);
};

/** Which of several tries a word may begin a phrase of: one look-up in place of one for each trie. */
export class FirstWords {
  private readonly masks = new Map<string, number>();

  /** @param tries at most 31; bit `i` stands for the trie `i` */
  constructor(tries: readonly Pick<PhraseTrie<unknown>, 'firstWords'>[]) {
    tries.forEach((trie, bit) => {
      for (const word of trie.firstWords()) this.masks.set(word, (this.masks.get(word) ?? 0) | (1 << bit));
    });
  }

  of(word: string): number {
    return this.masks.get(word) ?? 0;
  }
}
