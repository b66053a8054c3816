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
const women = /^(?:.*mother|mum|mom|.*sister|.*daughter|wife|aunt|niece|girlfriend)$/;
const men = /^(?:.*father|dad|.*brother|.*son|husband|uncle|nephew|boyfriend)$/;
const sexOf = (relative: string): 'she' | 'he' | null =>
  women.test(relative) ? 'she' : men.test(relative) ? 'he' : null;

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
        // "Father has hypertension, he takes ramipril"
        if (this.refersTo(tokens, { from, to }, at, next)) {
          takes = false;
          continue;
        }
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

  /** Whether a pronoun that takes a drug is the relative with whom the statement begins, and not the patient. */
  private refersTo(tokens: Tokens, { from, to }: TokenRange, relative: number, at: number): boolean {
    const pronoun = tokens.lower[at]!;
    const owner = tokens.lower[relative - 1];
    const sex = sexOf(tokens.lower[relative]!);
    if (pronoun !== sex || !/^(?:,|and|who)$/.test(tokens.lower[at - 1]!)) return false;
    // "His father has diabetes and he takes": of either.
    if (owner === (sex === 'he' ? 'his' : 'her')) return false;
    if (relative > from && !(relative === from + 1 && /^(?:his|her|the)$/.test(owner!))) return false;
    return (
      /^(?:has|had|is|was|with|suffers|suffered)$/.test(tokens.lower[relative + 1] ?? '') &&
      /^(?:takes|took|is|was|uses|used|has|had|also|gets|receives)$/.test(tokens.lower[at + 1] ?? '') &&
      at + 1 < to
    );
  }
}
