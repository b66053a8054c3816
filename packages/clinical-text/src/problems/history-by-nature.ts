import type { TokenRange } from '../document.ts';
import { backgroundConditions, habits } from '../lexicon/temporality.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { type Tokens, WORD } from '../text/tokens.ts';

/** Concepts that belong to the history by their nature, not by their context. */
export class HistoryByNature {
  private readonly habits = new PhraseTrie<true>().addAll(habits, true);
  private readonly background = new PhraseTrie<true>().addAll(backgroundConditions, true);

  holds(tokens: Tokens, sentence: TokenRange, from: number, to: number, negated: boolean): boolean {
    let words = 0;
    for (let at = from; at < to; at++) {
      if (this.habits.longest(tokens, at, to) !== undefined) return true;
      if (negated && tokens.lower[at]!.startsWith('allerg')) return true;
    }
    const bare = tokens.lower[from]!;
    if (negated && (bare === 'drug' || bare === 'drugs')) return true;
    if (to - from > 8) return false;
    for (let at = sentence.from; at < sentence.to; at++) {
      if (tokens.kinds[at] === WORD && (at < from || at >= to) && ++words > 0) return false;
    }
    return this.background.longest(tokens, from, to) !== undefined;
  }
}
