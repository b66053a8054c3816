import type { TokenRange } from '../document.ts';
import { auxiliaries, conditions, cueNegations, type StatusEntry } from '../lexicon/medication-status.ts';
import type { MedicationStatus } from '../model.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Tokens } from '../text/tokens.ts';
import { boundary, type Cue, isActive, REACH } from './status-cue.ts';

/** "once daily", "once a day", "once only" say how often. */
const onceBefore = /^(?:a|an|per|every|each|daily|weekly|nightly|monthly|only|in|at|or|more|again|,|\.|)$/;

const subjects = /^(?:he|she|they|it|you|the|this|there|patient|pt|his|her|any|a|an)$/;

/** How a negation, a condition or a future tense beside status words changes the status. */
export class StatusModifiers {
  private readonly conditions = new PhraseTrie<true>().addAll(conditions, true);
  private readonly auxiliaries: ReadonlySet<string> = new Set(auxiliaries);
  private readonly negations = new PhraseTrie<true>().addAll(cueNegations, true);

  /** "not stopped" is no stop, "not started" no start. */
  statusUnder(
    tokens: Tokens,
    range: TokenRange,
    cue: Cue,
    { status, conditional: planned }: StatusEntry,
    behind: boolean,
  ): MedicationStatus | null {
    let negated = false;
    for (let at = Math.max(range.from, cue.from - 4); at < cue.from; at++) {
      const match = this.negations.longest(tokens, at, cue.from);
      if (match === undefined) continue;
      let gap = match.end;
      while (
        gap < cue.from &&
        (this.auxiliaries.has(tokens.lower[gap]!) || /^(?:to|yet|currently|be|ever)$/.test(tokens.lower[gap]!))
      )
        gap++;
      if (gap === cue.from) negated = true;
    }
    const conditional =
      this.isConditional(tokens, range, cue, behind) || (planned !== undefined && this.isAwaited(tokens, range, cue));
    if (negated)
      return isActive(status) || status === 'planned' ? 'not-given' : status === 'not-given' ? null : 'active';
    if (status === 'new' && isToCome(tokens, range.from, cue.from)) return 'planned';
    if (conditional && status !== 'planned')
      return (
        planned ??
        (status === 'new' || status === 'changed'
          ? 'planned'
          : isActive(status) || status === 'refused'
            ? status
            : null)
      );
    return status;
  }

  /** "stop if a rash appears", "if it bleeds, hold aspirin" */
  private isConditional(tokens: Tokens, range: TokenRange, cue: Cue, behind: boolean): boolean {
    for (let at = cue.from - 1; at >= Math.max(range.from, cue.from - 14); at--) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.') break;
      if (word === 'if' || word === 'unless') return true;
      // "Should he bleed, hold aspirin", but "should avoid aspirin", "NSAIDs should be stopped"
      if (word === 'should') return subjects.test(tokens.lower[at + 1] ?? '');
    }
    for (let at = cue.to; at < Math.min(range.to, cue.to + (behind ? 4 : 10)); at++) {
      const word = tokens.lower[at]!;
      // "hold while platelets <100": so it is now.
      if (boundary.has(word) || word === '.' || /^(?:while|whilst|because|since)$/.test(word)) break;
      if (word === 'as' && !/^(?:needed|required)$/.test(tokens.lower[at + 1] ?? '')) break;
      // "hold for SBP < 100"
      if (word === '<' || word === '>') return true;
      if (
        this.conditions.longest(tokens, at, range.to) !== undefined &&
        word !== 'when' &&
        word !== 'once' &&
        word !== 'should'
      )
        return true;
    }
    return false;
  }

  /** "restart apixaban when bleeding stops", "once the eGFR recovers": an order for later. */
  private isAwaited(tokens: Tokens, range: TokenRange, cue: Cue): boolean {
    for (let at = cue.to; at < Math.min(range.to, cue.to + REACH + 3); at++) {
      const word = tokens.lower[at]!;
      if (boundary.has(word) || word === '.') return false;
      if (word === 'when' || (word === 'once' && !onceBefore.test(tokens.lower[at + 1] ?? ''))) return true;
    }
    return false;
  }
}

/** "Will be started on", "to be commenced" */
const isToCome = (tokens: Tokens, from: number, cue: number): boolean =>
  cue - 2 >= from &&
  tokens.lower[cue - 1] === 'be' &&
  /^(?:will|to|shall|should|can|may|would)$/.test(tokens.lower[cue - 2]!);
