import type { TokenRange } from '../document.ts';
import {
  allergyTails,
  causeLinks,
  intoleranceReactions,
  intoleranceTails,
  reactionMarks,
  reactionTails,
} from '../lexicon/allergies.ts';
import type { Allergy } from '../model.ts';
import { type Match, PhraseTrie } from '../text/phrase-trie.ts';
import { PUNCTUATION, type Tokens } from '../text/tokens.ts';
import type { AllergyDetails } from './allergy-details.ts';
import type { Draft, Substance } from './allergy-draft.ts';
import type { ReactionRules } from './reaction-rules.ts';
import { isEnumerated } from './substance-rules.ts';

/** Words after a substance: "penicillin allergy", "lisinopril caused angioedema". */
export class TailRules {
  private readonly tails = new PhraseTrie<Allergy['kind']>();
  readonly reactionTails = new PhraseTrie<true>().addAll(reactionTails, true);
  private readonly marks = new PhraseTrie<true>().addAll(reactionMarks, true);
  private readonly intolerable = new PhraseTrie<true>().addAll(intoleranceReactions, true);
  private readonly causes = new PhraseTrie<true>().addAll(causeLinks, true);
  private readonly reactions: ReactionRules;
  private readonly details: AllergyDetails;

  constructor(reactions: ReactionRules, details: AllergyDetails) {
    this.reactions = reactions;
    this.details = details;
    this.tails.addAll(allergyTails, 'allergy').addAll(intoleranceTails, 'intolerance');
  }

  /** "penicillin allergy", "penicillin-allergic", "lisinopril caused angioedema" */
  behind(
    tokens: Tokens,
    sentence: TokenRange,
    substances: readonly Substance[],
    substance: Substance,
    add: (draft: Draft) => void,
  ): void {
    const at = afterHyphen(tokens, substance.to);
    const tail = this.tailOf(tokens, sentence, substances, substance);
    if (tail !== undefined) {
      const status = this.details.statusOf(tokens, sentence, substance.from, tail.end);
      const index = substances.indexOf(substance);
      const after = this.reactions.after(tokens, tail.end, sentence.to);
      add({
        ...this.details.draft(tokens, sentence, substance, tail.value, 'allergy.tail', status),
        // "PCN - anaphylaxis": the word itself is the reaction.
        reactions: after.length > 0 ? after : this.reactions.within(tokens, at, tail.end),
      });
      for (
        let before = index - 1;
        before >= 0 && isEnumerated(tokens, substances[before]!.to, substances[before + 1]!.from);
        before--
      )
        add(this.details.draft(tokens, sentence, substances[before]!, tail.value, 'allergy.tail', status));
      return;
    }
    const named = at < sentence.to ? this.reactionTails.longest(tokens, at, sentence.to) : undefined;
    if (named !== undefined && this.marks.longest(tokens, named.end, sentence.to) !== undefined) {
      const reactions = this.reactions.after(tokens, named.end, sentence.to);
      const status = this.details.statusOf(tokens, sentence, substance.from, named.end);
      if (reactions.length > 0)
        add({ ...this.details.draft(tokens, sentence, substance, 'allergy', 'allergy.tail', status), reactions });
      return;
    }
    const cause = this.causes.longest(tokens, substance.to, sentence.to);
    if (cause === undefined || tokens.kinds[substance.to] === PUNCTUATION) return;
    for (let next = cause.end; next < Math.min(sentence.to, cause.end + 4); next++) {
      const strict = this.reactions.allergic.longest(tokens, next, sentence.to);
      const makes = /^(?:makes?|made|gives?|gave|caused)$/.test(tokens.lower[substance.to]!);
      const reaction = strict ?? (makes ? this.intolerable.longest(tokens, next, sentence.to) : undefined);
      if (reaction === undefined) continue;
      const kind = strict === undefined ? 'intolerance' : 'allergy';
      add({
        ...this.details.draft(tokens, sentence, substance, kind, 'allergy.reaction', 'active'),
        reactions: [{ from: next, to: reaction.end }],
      });
      return;
    }
  }

  /** "allergy", "intolerance" after a substance, unless another substance follows: then the words are a key. */
  tailOf(
    tokens: Tokens,
    { to }: TokenRange,
    substances: readonly Substance[],
    substance: Substance,
  ): Match<Allergy['kind']> | undefined {
    const at = afterHyphen(tokens, substance.to);
    const tail = at < to ? this.tails.longest(tokens, at, to) : undefined;
    if (tail === undefined || tokens.lower[tail.end] === 'to') return undefined;
    return tokens.lower[tail.end] === ':' && substances.some(({ from }) => from === tail.end + 1) ? undefined : tail;
  }
}

const afterHyphen = (tokens: Tokens, at: number): number => (/^[-/"]$/.test(tokens.lower[at] ?? '') ? at + 1 : at);
