import type { TokenRange } from '../document.ts';
import { relatives, takingVerbs } from '../lexicon/medication-status.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Tokens } from '../text/tokens.ts';
import { boundary, contrasts, type DrugPlace, pronouns, type StatusOf } from './status-cue.ts';

/** After one of these the relative is not the one who takes the drug. */
const objects = new Set(['him', 'them', 'us', 'me']);
const saying = new Set([
  'says',
  'said',
  'reports',
  'reported',
  'states',
  'stated',
  'gave',
  'gives',
  'brought',
  'confirms',
  'notes',
  'noted',
  'manages',
  'administers',
  'helps',
  'reminds',
  'denies',
  'thinks',
]);
/** Drugs that a relative takes. */
export class RelativeRules {
  private readonly relatives: ReadonlySet<string> = new Set(relatives.flatMap((relative) => relative.split(' ')));
  private readonly taking = new PhraseTrie<true>().addAll(takingVerbs, true);

  /** "His father is on metformin": the relative takes the drug. A relative may also give it or report on it. */
  apply(tokens: Tokens, { from, to }: TokenRange, drugs: readonly DrugPlace[], result: readonly StatusOf[]): void {
    for (let at = from; at < to; at++) {
      if (!this.relatives.has(tokens.lower[at]!)) continue;
      const possessive = (tokens.lower[at + 1] === "'" || tokens.lower[at + 1] === '’') && tokens.lower[at + 2] === 's';
      let takes = possessive;
      for (let next = at + (possessive ? 3 : 1); next < to; next++) {
        const word = tokens.lower[next]!;
        if (
          boundary.has(word) ||
          contrasts.has(word) ||
          word === '.' ||
          pronouns.has(word) ||
          saying.has(word) ||
          objects.has(word)
        )
          break;
        const drug = drugs.findIndex((place) => place.from === next);
        if (drug >= 0) {
          if (!takes || (possessive && next - at > 4)) break;
          result[drug]!.family = true;
          next = Math.max(drugs[drug]!.to, drugs[drug]!.end) - 1;
          continue;
        }
        if (this.taking.longest(tokens, next, to) !== undefined) takes = true;
      }
    }
  }
}
