/** Names within one edit (a letter added, lost, changed, or two neighbours swapped) of a word. Look-up does not grow with the list. */
export class TypoIndex {
  private readonly byDeletion = new Map<string, string>();
  private readonly names: ReadonlySet<string>;
  private readonly shortest: number;

  constructor(names: Iterable<string>, shortest: number) {
    this.shortest = shortest;
    this.names = new Set([...names].filter((name) => name.length >= shortest && /^\p{L}+$/u.test(name)));
    for (const name of this.names) for (const variant of deletions(name)) this.byDeletion.set(variant, name);
  }

  /** The one name that the word is a misspelling of. */
  correct(word: string): string | undefined {
    if (word.length < this.shortest || word.length > 30) return undefined;
    const direct = this.byDeletion.get(word);
    if (direct !== undefined && isClose(word, direct)) return direct;
    for (const variant of deletions(word)) {
      const name = this.names.has(variant) ? variant : this.byDeletion.get(variant);
      if (name !== undefined && isClose(word, name)) return name;
    }
    return undefined;
  }
}

const deletions = function* (word: string): Generator<string> {
  for (let at = 0; at < word.length; at++) yield word.slice(0, at) + word.slice(at + 1);
};

/** One edit apart, and the same first letter: the first letter is rarely mistyped. */
const isClose = (word: string, name: string): boolean => {
  if (word[0] !== name[0] || word === name) return false;
  let start = 0;
  while (start < word.length && start < name.length && word[start] === name[start]) start++;
  let end = 0;
  while (end < word.length - start && end < name.length - start && word.at(-1 - end) === name.at(-1 - end)) end++;
  const left = word.slice(start, word.length - end);
  const right = name.slice(start, name.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
};
