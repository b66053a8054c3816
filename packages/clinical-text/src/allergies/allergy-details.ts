import type { TokenRange } from '../document.ts';
import { refutations } from '../lexicon/allergies.ts';
import { cueNegations, relatives } from '../lexicon/medication-status.ts';
import type { Allergy } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Tokens } from '../text/tokens.ts';
import { clauseEnds, type Draft, type Substance } from './allergy-draft.ts';
import type { ReactionRules } from './reaction-rules.ts';

/** The details of one substance: its reactions, whether the allergy is refuted, and whether it is a relative's. */
export class AllergyDetails {
  private readonly refuted = new PhraseTrie<true>().addAll(refutations, true);
  private readonly negations = new PhraseTrie<true>().addAll([...cueNegations, 'denies', 'denied', 'denying'], true);
  private readonly relatives: ReadonlySet<string> = new Set(relatives);
  private readonly reactions: ReactionRules;

  constructor(reactions: ReactionRules) {
    this.reactions = reactions;
  }

  draft(
    tokens: Tokens,
    sentence: TokenRange,
    substance: Substance,
    kind: Allergy['kind'],
    rule: Draft['rule'],
    status: Allergy['status'],
  ): Draft {
    return {
      from: substance.from,
      to: substance.to,
      substance,
      kind: isIntolerance(tokens, substance.to, sentence.to) ? 'intolerance' : kind,
      none: null,
      rule,
      reactions: this.reactions.after(tokens, substance.to, sentence.to),
      status,
      family: this.ofRelative(tokens, sentence, substance.from),
    };
  }

  statusOf(tokens: Tokens, sentence: TokenRange, from: number, to: number): Allergy['status'] {
    for (let at = Math.max(sentence.from, from - 4); at < from; at++) {
      if (clauseEnds.has(tokens.lower[at]!) || tokens.lower[at] === ',') continue;
      const match = this.negations.longest(tokens, at, sentence.to);
      if (match !== undefined && match.end <= from && !hasStop(tokens, match.end, from)) return 'refuted';
    }
    for (let at = to; at < Math.min(sentence.to, to + 10); at++) {
      if (clauseEnds.has(tokens.lower[at]!)) break;
      if (this.refuted.longest(tokens, at, sentence.to) !== undefined) return 'refuted';
    }
    return 'active';
  }

  /** "her mother is allergic to penicillin" */
  private ofRelative(tokens: Tokens, sentence: TokenRange, from: number): boolean {
    for (let at = from - 1; at >= Math.max(sentence.from, from - 8); at--) {
      const word = tokens.lower[at]!;
      if (clauseEnds.has(word) || word === 'she' || word === 'he' || word === 'patient') return false;
      if (this.relatives.has(word))
        return (
          !/^(?:reports?|says|states|by|per|to)$/.test(tokens.lower[at + 1] ?? '') && tokens.lower[at - 1] !== 'by'
        );
    }
    return false;
  }
}

/** "Lisinopril -> cough (intolerance)" */
const isIntolerance = (tokens: Tokens, from: number, limit: number): boolean => {
  for (let at = from; at < limit && !clauseEnds.has(tokens.lower[at]!); at++) {
    if (/^intoleran(?:ce|t)$/.test(tokens.lower[at]!)) return !/^(?::|to|of)$/.test(tokens.lower[at + 1] ?? '');
    if (/^(?:and|but|allerg.*)$/.test(tokens.lower[at]!)) return false;
    if (tokens.lower[at] === ',' && !/^intoleran/.test(tokens.lower[at + 1] ?? '')) return false;
  }
  return false;
};

const hasStop = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (clauseEnds.has(word) || word === ',' || word === 'but' || word === 'is') return true;
  }
  return false;
};
