import { PUNCTUATION, type Tokens, wordsOf } from './tokens.ts';
import { phraseTextOf, phraseWordCount, registerPhraseWord } from './vocabulary.ts';

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

/** Longest phrase that begins at a token. Work is bounded by the longest phrase, whatever the text. */
export class PhraseTrie<T> {
  private readonly root: Node<T> = { next: new Map(), value: undefined };
  /** By the number of a word: 1 where a phrase begins with it. */
  private first = new Uint8Array(0);

  add(phrase: string, value: T): this {
    let node = this.root;
    for (const word of wordsOf(phrase)) {
      if (optional.has(word)) continue;
      const id = registerPhraseWord(word);
      if (node === this.root) this.begin(id);
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
    return [...(this.root.next?.keys() ?? [])]
      .map(phraseTextOf)
      .flatMap((word) => (word.length > 2 ? [word, `${word}s`] : [word]));
  }

  firstPhraseWords(): Iterable<number> {
    return this.root.next?.keys() ?? [];
  }

  /** @param limit the token before which the match must end */
  longest(tokens: Tokens, from: number, limit: number): Match<T> | undefined {
    if (from >= tokens.count) return undefined;
    const id = tokens.ids[from]!;
    const singular = tokens.singulars[from]!;
    const { first } = this;
    if (!(id < first.length && first[id] === 1) && !(singular < first.length && first[singular] === 1))
      return undefined;
    let node = step(this.root, id, singular);
    let best: Match<T> | undefined;
    let at = from + 1;
    while (node !== undefined) {
      if (node.value !== undefined) best = { value: node.value, end: at };
      if (node.next === undefined || at >= limit) break;
      if (tokens.kinds[at] === PUNCTUATION && optional.has(tokens.lower[at]!)) at++;
      if (at >= limit || at >= tokens.count || tokens.breaks[at]! > 1) break;
      node = step(node, tokens.ids[at]!, tokens.singulars[at]!);
      at++;
    }
    return best;
  }

  private begin(id: number): void {
    if (id >= this.first.length) {
      const grown = new Uint8Array(Math.max(1024, 2 * id));
      grown.set(this.first);
      this.first = grown;
    }
    this.first[id] = 1;
  }
}

/** The word itself, else without its plural "s". */
const step = <T>(node: Node<T>, id: number, singular: number): Node<T> | undefined => {
  if (node.next === undefined) return undefined;
  const exact = id === 0 ? undefined : node.next.get(id);
  return exact ?? (singular === 0 ? undefined : node.next.get(singular));
};

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
