import type { TokenRange } from '../document.ts';
import { noneWords, notAskedWords } from '../lexicon/allergies.ts';
import type { Order } from '../medications/medication-rules.ts';
import type { Allergy } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, type Tokens, WORD } from '../text/tokens.ts';
import type { AllergyDetails } from './allergy-details.ts';
import { type Draft, type None, noneDraft, type Substance } from './allergy-draft.ts';
import { afterBullet, otherKeyFrom } from './list-keys.ts';
import type { ReactionRules } from './reaction-rules.ts';
import type { SubstanceRules } from './substance-rules.ts';

const takingWords = new Set([
  'takes',
  'taking',
  'take',
  'on',
  'given',
  'continue',
  'continues',
  'prescribed',
  'started',
  'received',
]);

const finiteVerb = /^(?:was|were|is|are|has|have|had)$/;

/** The entries of an allergy list. */
export class ListRules {
  private readonly noneInList = new PhraseTrie<None>();
  private readonly leads: PhraseTrie<Allergy['kind']>;
  private readonly reactions: ReactionRules;
  private readonly substances: SubstanceRules;
  private readonly details: AllergyDetails;

  /** @param leads words that introduce a substance */
  constructor(
    leads: PhraseTrie<Allergy['kind']>,
    reactions: ReactionRules,
    substances: SubstanceRules,
    details: AllergyDetails,
  ) {
    this.leads = leads;
    this.reactions = reactions;
    this.substances = substances;
    this.details = details;
    this.noneInList.addAll(noneWords, 'no-known-allergies').addAll(notAskedWords, 'not-asked');
  }

  /** Every substance of an allergy list that is not written as an order. */
  inList(
    tokens: Tokens,
    sentence: TokenRange,
    from: number,
    substances: readonly Substance[],
    orders: readonly Order[],
    drugsOnly: boolean,
    seen: ReadonlySet<number>,
    add: (draft: Draft) => void,
  ): void {
    const start = afterBullet(tokens, from, sentence.to);
    const none = start < sentence.to ? this.noneInList.longest(tokens, start, sentence.to) : undefined;
    if (none !== undefined && endsThere(tokens, none.end, sentence.to)) {
      const value = none.value === 'no-known-allergies' && drugsOnly ? 'no-known-drug-allergies' : none.value;
      add(noneDraft(start, none.end, value));
      return;
    }
    const limit = otherKeyFrom(tokens, start, sentence.to, substances);
    let found = false;
    for (const substance of substances) {
      if (substance.from < start || substance.from >= limit) continue;
      found = true;
      const order = substance.order === null ? undefined : orders[substance.order];
      if (order !== undefined && order.doses.length > 0 && order.frequencies.length > 0) continue;
      if (takingWords.has(tokens.lower[substance.from - 1] ?? '') && substance.from - 1 >= start) continue;
      if (!seen.has(substance.from))
        add(
          this.details.draft(
            tokens,
            sentence,
            substance,
            'allergy',
            'allergy.list',
            this.details.statusOf(tokens, sentence, substance.from, substance.to),
          ),
        );
    }
    this.listWords(tokens, sentence, start, limit, found || seen.size > 0, add);
  }

  /** Unlisted substances: the short entries between commas. */
  private listWords(
    tokens: Tokens,
    sentence: TokenRange,
    start: number,
    limit: number,
    beside: boolean,
    add: (draft: Draft) => void,
  ): void {
    let from = start;
    for (let at = start; at <= limit; at++) {
      const ends = at === limit || /^[,;.(:–-]$/.test(tokens.lower[at]!);
      if (!ends) continue;
      const isWords =
        at - from >= 1 &&
        at - from <= 3 &&
        Array.from({ length: at - from }, (_, step) => from + step).every(
          (index) =>
            tokens.kinds[index] === WORD && tokens.lower[index]!.length > 2 && !finiteVerb.test(tokens.lower[index]!),
        );
      if (
        isWords &&
        // Beside known substances an entry has to look like a name: "codeine, Opsite".
        (!beside || (at - from === 1 && tokens.shapes[from] !== LOWER && this.isName(tokens, from))) &&
        this.reactions.listed.longest(tokens, from, at) === undefined &&
        this.substances.fillers.longest(tokens, from, at) === undefined &&
        this.noneInList.longest(tokens, from, at) === undefined &&
        !/^(?:allerg|react|intoler|see|per|as|who|patient|reviewed)/.test(tokens.lower[from]!)
      )
        add(
          this.details.draft(
            tokens,
            sentence,
            { from, to: at, category: 'other', order: null },
            'allergy',
            'allergy.list-word',
            'active',
          ),
        );
      // What follows the first mark of an entry is its reaction.
      if (at < limit && !/^[,;.]$/.test(tokens.lower[at]!))
        while (at < limit && !/^[,;]$/.test(tokens.lower[at]!)) at++;
      from = at + 1;
    }
  }

  private isName(tokens: Tokens, at: number): boolean {
    return (
      tokens.lower[at]!.length > 4 &&
      tokens.source[tokens.starts[at]! + 1] !== tokens.source[tokens.starts[at]! + 1]!.toUpperCase() &&
      this.substances.allergens.longest(tokens, at, at + 1) === undefined &&
      this.leads.longest(tokens, at, at + 1) === undefined
    );
  }
}

const endsThere = (tokens: Tokens, at: number, limit: number): boolean =>
  at >= limit || /^[.,;)\]|-]$/.test(tokens.lower[at]!) || tokens.lower[at] === 'at' || tokens.breaks[at]! > 0;
