import { allergicReactions, otherReactions } from '../lexicon/allergies.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import { clauseEnds, type Reaction } from './allergy-draft.ts';

/** Reactions of the patient to a substance. */
export class ReactionRules {
  /** Of allergies alone. */
  readonly allergic = new PhraseTrie<true>().addAll(allergicReactions, true);
  readonly listed = new PhraseTrie<true>().addAll(allergicReactions, true).addAll(otherReactions, true);

  /** Past "(rash)", "- hives" after a substance. */
  endAfter(tokens: Tokens, from: number, limit: number): number {
    let at = from;
    while (at < limit) {
      const word = tokens.lower[at]!;
      if (tokens.kinds[at] === PUNCTUATION && word !== ',' && word !== '.' && word !== ';') at++;
      else {
        const reaction = this.listed.longest(tokens, at, limit);
        if (reaction === undefined) break;
        at = reaction.end;
      }
    }
    return at;
  }

  within(tokens: Tokens, from: number, to: number): Reaction[] {
    for (let at = from; at < to; at++) {
      const reaction = this.allergic.longest(tokens, at, to);
      if (reaction !== undefined) return [{ from: at, to: reaction.end }];
    }
    return [];
  }

  after(tokens: Tokens, from: number, limit: number): Reaction[] {
    const found: Reaction[] = [];
    for (let at = from; at < Math.min(limit, from + 12); ) {
      const word = tokens.lower[at]!;
      if (clauseEnds.has(word)) break;
      const reaction = tokens.kinds[at] === WORD ? this.listed.longest(tokens, at, limit) : undefined;
      if (reaction !== undefined) {
        found.push({ from: at, to: reaction.end });
        at = reaction.end;
        continue;
      }
      const passes =
        /^(?:[(:)=,"–>→-]|causes|caused|and|gets|got|severe|mild|moderate|with|gives|gave|her|him|which|a|type|had|developed|of|reaction|s|-|facial|as|in|child|childhood|reaction)$/.test(
          word,
        );
      if (!passes) break;
      if (word === ',' && found.length > 0) break;
      at++;
    }
    return found.length > 0 ? found : unlistedReaction(tokens, from, limit);
  }
}

/** "plasters (local redness)", "hay - watery eyes": short words in brackets or after a dash, in no list. */
const unlistedReaction = (tokens: Tokens, from: number, limit: number): Reaction[] => {
  const bracket = tokens.lower[from] === '(';
  const dash = /^[-–—]$/.test(tokens.lower[from] ?? '') && !touches(tokens, from) && !touches(tokens, from + 1);
  if (from >= limit || (!bracket && !dash) || notReaction.test(tokens.lower[from + 1] ?? '')) return [];
  let to = from + 1;
  while (to < limit && to - from < 7 && tokens.kinds[to] === WORD && tokens.breaks[to] === 0) to++;
  const closed = bracket
    ? tokens.lower[to] === ')'
    : to >= limit || /^[,;.]$/.test(tokens.lower[to]!) || tokens.breaks[to]! > 0;
  return closed && to > from + 1 && to - from < 6 ? [{ from: from + 1, to }] : [];
};
const notReaction =
  /^(?:see|per|as|in|from|since|when|not|no|reported|confirmed|stated|listed|documented|patient|mother|family|historic|historical|childhood|brand|generic|tolerates|tolerated|including|such|takes|on|the|a|all|possible|probable|suspected|mild|moderate|severe|unconfirmed|old|drug|food|oral|iv|topical|any|known|if|but|has|was|is|stop|stopped|avoid|allergy|allergic|intolerance|removed|delabelled|label|update|updated|new)$/;
