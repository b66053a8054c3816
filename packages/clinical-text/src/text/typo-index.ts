/** Names within one edit (a letter added, lost, changed, or two neighbours swapped) of a word. Look-up does not grow with the list. */
export class TypoIndex {
  private readonly byDeletion = new Map<string, string>();
  private readonly names: ReadonlySet<string>;
  private readonly shortest: number;
  /** By first letter and length, the names that a word of that length may be a misspelling of. */
  private readonly near = new Map<number, string[]>();

  constructor(names: Iterable<string>, shortest: number) {
    this.shortest = shortest;
    this.names = new Set([...names].filter((name) => name.length >= shortest && /^\p{L}+$/u.test(name)));
    for (const name of this.names) {
      for (const variant of deletions(name)) this.byDeletion.set(variant, name);
      for (let length = name.length - 1; length <= name.length + 1; length++) {
        const key = nearKey(name, length);
        const known = this.near.get(key);
        if (known === undefined) this.near.set(key, [name]);
        else known.push(name);
      }
    }
  }

  /** The one name that the word is a misspelling of. */
  correct(word: string): string | undefined {
    if (word.length < this.shortest || word.length > 30) return undefined;
    // Most words are near no name: comparing them with a few names is cheaper than looking up each of their variants.
    if (!this.near.get(nearKey(word, word.length))?.some((name) => isClose(word, name))) return undefined;
    const direct = this.byDeletion.get(word);
    if (direct !== undefined && isClose(word, direct)) return direct;
    for (const variant of deletions(word)) {
      const name = this.names.has(variant) ? variant : this.byDeletion.get(variant);
      if (name !== undefined && isClose(word, name)) return name;
    }
    return undefined;
  }
}

const nearKey = (word: string, length: number): number => (word.charCodeAt(0) << 8) | length;

const deletions = function* (word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
};

/** One edit apart, and the same first letter: the first letter is rarely mistyped. */
const isClose = (word: string, name: string): boolean => {
  if (word.charCodeAt(0) !== name.charCodeAt(0) || word === name) return false;
  const shorter = Math.min(word.length, name.length);
  let start = 0;
  while (start < shorter && word.charCodeAt(start) === name.charCodeAt(start)) start++;
  let [wordEnd, nameEnd] = [word.length, name.length];
  while (Math.min(wordEnd, nameEnd) > start && word.charCodeAt(wordEnd - 1) === name.charCodeAt(nameEnd - 1)) {
    wordEnd--;
    nameEnd--;
  }
  const [left, right] = [wordEnd - start, nameEnd - start];
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && word[start] === name[start + 1] && word[start + 1] === name[start];
};
