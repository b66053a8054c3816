import type { OtherMeaning } from '../lexicon/other-meanings.ts';
import { PhraseTrie } from './phrase-trie.ts';
import { LOWER, type Tokens } from './tokens.ts';

/** The longest phrase before a word, in tokens. */
const REACH = 4;

/** Whether the words beside a word give it another meaning: "96% RA" is room air, "at discharge" no fluid. */
export class OtherMeanings {
  private readonly words = new Map<string, { readonly before: PhraseTrie<true>; readonly after: PhraseTrie<true> }>();

  constructor(...lists: readonly Readonly<Record<string, OtherMeaning>>[]) {
    for (const list of lists)
      for (const [word, { before, after }] of Object.entries(list))
        this.words.set(word, {
          before: new PhraseTrie<true>().addAll(before, true),
          after: new PhraseTrie<true>().addAll(after, true),
        });
  }

  /** @param limits the tokens that may count: those of the item */
  hasAt(tokens: Tokens, at: number, limits: { readonly from: number; readonly to: number }): boolean {
    const beside = this.words.get(tokens.lower[at]!);
    if (beside === undefined) return false;
    if (at + 1 < limits.to && beside.after.longest(tokens, at + 1, limits.to) !== undefined) return true;
    const end = tokens.lower[at - 1] === '-' ? at - 1 : at;
    // A small letter at the beginning of a line continues the line before.
    const first = tokens.shapes[at] === LOWER && tokens.breaks[at]! < 2 ? 0 : limits.from;
    for (let from = end - 1; from >= Math.max(first, end - REACH); from--)
      if (beside.before.longest(tokens, from, end)?.end === end) return true;
    return false;
  }
}
