import type { TokenRange } from '../document.ts';
import { drugAllergens, environments, foods } from '../lexicon/allergies.ts';
import { statusFillers } from '../lexicon/medication-status.ts';
import type { Order } from '../medications/medication-rules.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { PUNCTUATION, type Tokens, WORD } from '../text/tokens.ts';
import type { Category, Substance } from './allergy-draft.ts';
import type { ReactionRules } from './reaction-rules.ts';

const joining = new Set([
  ',',
  'and',
  '&',
  '/',
  '+',
  'or',
  ';',
  '.',
  'also',
  'plus',
  'both',
  'nor',
  'perhaps',
  'possibly',
  'probably',
  'maybe',
]);
const REACH = 5;

/** Substances that can cause an allergy, and how far the words before them reach. */
export class SubstanceRules {
  readonly allergens = new PhraseTrie<Category>();
  readonly fillers = new PhraseTrie<true>().addAll(statusFillers, true);
  private readonly reactions: ReactionRules;

  constructor(reactions: ReactionRules) {
    this.reactions = reactions;
    this.allergens.addAll(foods, 'food').addAll(environments, 'environment').addAll(drugAllergens, 'medication');
  }

  /** Whether a line names its substance before the colon, and none after it. */
  isEntry(tokens: Tokens, sentence: TokenRange, orders: readonly Order[], to: number): boolean {
    const substances = this.find(tokens, sentence, orders);
    return (
      substances.some((substance) => substance.to < to) &&
      !substances.some(({ from }) => from === to || from === to + 1)
    );
  }

  find(tokens: Tokens, sentence: TokenRange, orders: readonly Order[]): Substance[] {
    const found: Substance[] = orders.map(({ drug: { from, to } }, order) => ({
      from,
      to,
      category: 'medication',
      order,
    }));
    let order = 0;
    for (let at = sentence.from; at < sentence.to; at++) {
      while (order < orders.length && orders[order]!.drug.to <= at) order++;
      if (order < orders.length && orders[order]!.drug.from <= at) continue;
      if (tokens.kinds[at] !== WORD) continue;
      const match = this.allergens.longest(tokens, at, sentence.to);
      if (match === undefined) continue;
      found.push({ from: at, to: match.end, category: match.value, order: null });
      at = match.end - 1;
    }
    return found.sort((a, b) => a.from - b.from);
  }

  /** The substances that words before them reach, with those enumerated after the first. */
  led(
    tokens: Tokens,
    sentence: TokenRange,
    substances: readonly Substance[],
    leadFrom: number,
    leadTo: number,
  ): Substance[] {
    const last = tokens.lower[leadTo - 1]!;
    // "allergy" alone leads only in a list or before a colon.
    if (/^(?:allerg(?:y|ies)|intoleran(?:ce|ces|t))$/.test(last)) {
      const mark = tokens.lower[leadTo];
      const direct = substances.find(({ from }) => from === leadTo);
      if (
        mark !== ':' &&
        mark !== '-' &&
        mark !== '–' &&
        mark !== '=' &&
        (direct === undefined || leadFrom !== sentence.from)
      )
        return [];
      return this.groupFrom(tokens, substances, direct === undefined ? leadTo + 1 : leadTo, sentence.to);
    }
    return this.groupFrom(tokens, substances, leadTo, sentence.to);
  }

  groupFrom(tokens: Tokens, substances: readonly Substance[], from: number, limit: number): Substance[] {
    let index = substances.findIndex((substance) => substance.from >= from);
    if (index < 0) return [];
    let unknown = 0;
    for (let at = from; at < substances[index]!.from; at++) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] === PUNCTUATION && word !== '"' && word !== ':' && word !== '(') return [];
      if (tokens.kinds[at] === WORD && this.fillers.longest(tokens, at, limit) === undefined && ++unknown > 1)
        return [];
      if (at - from > REACH) return [];
    }
    const group = [substances[index]!];
    for (; index + 1 < substances.length; index++) {
      const gap = this.reactions.endAfter(tokens, substances[index]!.to, substances[index + 1]!.from);
      if (!isEnumerated(tokens, gap, substances[index + 1]!.from)) break;
      group.push(substances[index + 1]!);
    }
    return group;
  }
}

export const isEnumerated = (tokens: Tokens, from: number, to: number): boolean => {
  if (to - from > 3) return false;
  for (let at = from; at < to; at++) if (!joining.has(tokens.lower[at]!) && tokens.lower[at] !== 'to') return false;
  return true;
};
