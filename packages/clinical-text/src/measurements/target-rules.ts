import { conditionWords, targetWords } from '../lexicon/measurements.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import type { Named } from './test-draft.ts';
import type { ValueMention } from './value-mention.ts';

/** Values that are goals or conditions, not measurements. */
export class TargetRules {
  private readonly targets = new PhraseTrie<true>().addAll(targetWords, true);
  private readonly conditions = new PhraseTrie<true>().addAll(conditionWords, true);

  /** Goals and conditions are no measurements: "target BP <130/80", "call if temp >38". */
  isTarget(tokens: Tokens, { from, to }: Named, value: ValueMention, first: number): boolean {
    const bounded = value.number.comparator !== null && value.number.comparator !== '~';
    for (let at = Math.max(first, from - (bounded ? 25 : 6)); at < from; at++) {
      const word = tokens.lower[at]!;
      if (word === ';' || word === '.') continue;
      const clause = !hasStop(tokens, at, from);
      if (!clause) continue;
      if (this.targets.longest(tokens, at, from) !== undefined) return true;
      if (this.conditions.longest(tokens, at, from) !== undefined) return true;
    }
    for (let at = to; at < value.from; at++)
      if (this.targets.longest(tokens, at, value.from) !== undefined || tokens.lower[at] === 'if') return true;
    // "for SBP >160", "aim sats 88-92%"
    return bounded && /^(?:for|to|with|while|maintain)$/.test(tokens.lower[from - 1] ?? '');
  }
}

const hasStop = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++)
    if (
      tokens.lower[at] === '.' ||
      tokens.lower[at] === ';' ||
      (tokens.kinds[at] === NUMBER && tokens.lower[at + 1] === ',')
    )
      return true;
  return false;
};
