import type { Assertion } from '../engine.ts';
import { contextTriggers, type Modifier, negationWindow, type Trigger } from '../lexicon/context-triggers.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import type { Sentence } from '../text/sentences.ts';
import { LOWER, NUMBER, type Tokens, WORD } from '../text/tokens.ts';

const BITS: Record<Modifier, number> = {
  negated: 1,
  uncertain: 2,
  historical: 4,
  hypothetical: 8,
  other: 16,
  recent: 32,
  indication: 64,
};

interface Found {
  readonly from: number;
  readonly to: number;
  readonly trigger: Trigger;
}

/** Which modifiers reach each token, from the left and from the right. */
export interface Context {
  readonly forward: Uint8Array;
  readonly backward: Uint8Array;
  /** Modifiers of the triggers that stand on a token: a concept may hold its own, as "status post CABG" does. */
  readonly own: Uint8Array;
}

/** Reach of a trigger that names none. */
const DEFAULT_WINDOW = 80;

/** ConText: trigger phrases, their scopes and what ends a scope. Linear: scopes of one kind never overlap. */
export class ContextRules {
  private readonly triggers = new PhraseTrie<readonly Trigger[]>();

  constructor() {
    const byPhrase = new Map<string, Trigger[]>();
    for (const { phrases, ...trigger } of contextTriggers) {
      for (const phrase of phrases) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), trigger]);
    }
    for (const [phrase, triggers] of byPhrase) this.triggers.add(phrase, triggers);
  }

  /** Marks every token of the text with the modifiers that reach it. */
  mark(tokens: Tokens, sentences: readonly Sentence[]): Context {
    const context = {
      forward: new Uint8Array(tokens.count),
      backward: new Uint8Array(tokens.count),
      own: new Uint8Array(tokens.count),
    };
    for (const sentence of sentences) this.markSentence(tokens, sentence, context);
    return context;
  }

  private markSentence(tokens: Tokens, sentence: Sentence, context: Context): void {
    const found: Found[] = [];
    for (let at = sentence.from; at < sentence.to; at++) {
      const match = this.triggers.longest(tokens, at, sentence.to);
      if (match === undefined) {
        const heading = headingStart(tokens, at, sentence.from, found.at(-1)?.to ?? sentence.from);
        if (heading !== undefined) found.push({ from: heading, to: at + 1, trigger: HEADING });
        continue;
      }
      for (const trigger of match.value) found.push({ from: at, to: match.end, trigger });
      at = match.end - 1;
    }
    if (found.length === 0) return;
    for (const { from, to, trigger } of found) {
      if (trigger.kind in BITS) context.own.fill(context.own[from]! | BITS[trigger.kind as Modifier], from, to);
    }
    this.spread(found, sentence, context.forward, 'forward');
    this.spread(found, sentence, context.backward, 'backward');
  }

  private spread(found: readonly Found[], sentence: Sentence, marks: Uint8Array, reach: 'forward' | 'backward'): void {
    const step = reach === 'forward' ? 1 : -1;
    for (const kind of Object.keys(BITS) as Modifier[]) {
      const bit = BITS[kind];
      for (let index = 0; index < found.length; index++) {
        const { from, to, trigger } = found[index]!;
        if (trigger.kind !== kind || (trigger.reach !== reach && trigger.reach !== 'both')) continue;
        const window = trigger.window ?? (kind === 'negated' ? negationWindow : DEFAULT_WINDOW);
        // A concept may begin with the trigger's own words: "no acute fractures".
        const start = reach === 'forward' ? from + 1 : from - 1;
        let limit =
          reach === 'forward' ? Math.min(sentence.to, to + window) - 1 : Math.max(sentence.from, from - window);
        for (let other = index + step; other >= 0 && other < found.length; other += step) {
          const next = found[other]!;
          if (!ends(next.trigger, kind, reach) || next.from === from) continue;
          limit = reach === 'forward' ? Math.min(limit, next.from - 1) : Math.max(limit, next.to);
          break;
        }
        for (let at = start; reach === 'forward' ? at <= limit : at >= limit; at += step) marks[at]! |= bit;
      }
    }
  }

  /** @param from @param to tokens of the concept */
  assertion(context: Context, from: number, to: number): Assertion {
    const reached = context.forward[from]! | context.backward[to - 1]!;
    let own = 0;
    for (let at = from; at < to; at++) own |= context.own[at]!;
    return {
      negation: reached & BITS.negated ? 'negated' : 'affirmed',
      certainty: (reached | own) & BITS.uncertain ? 'uncertain' : 'certain',
      temporality:
        reached & BITS.hypothetical
          ? 'hypothetical'
          : (reached | own) & BITS.historical && !(reached & BITS.indication)
            ? 'historical'
            : 'recent',
      experiencer: reached & BITS.other ? 'other' : 'patient',
    };
  }
}

const HEADING: Trigger = { kind: 'stop', reach: 'both' };

/** A heading within a sentence ("COMPLICATIONS: none PLAN:") and a list number ("2)") begin something new. */
const headingStart = (tokens: Tokens, at: number, first: number, free: number): number | undefined => {
  const mark = tokens.lower[at]!;
  if (mark === ')' && at > first && tokens.kinds[at - 1] === NUMBER && tokens.lower[at - 1]!.length < 3) return at - 1;
  if (mark !== ':' || at === first) return undefined;
  let from = at;
  while (from > first && at - from < 6 && tokens.kinds[from - 1] === WORD && tokens.shapes[from - 1] !== LOWER) from--;
  return from < at && from >= free ? from : undefined;
};

/** A stop ends every scope; a trigger ends a scope of its own kind (it goes on with it) or of the opposed kind. */
const ends = (trigger: Trigger, kind: Modifier, reach: 'forward' | 'backward'): boolean => {
  if (trigger.kind === 'stop') return true;
  if (trigger.kind === 'turn') return kind === 'negated' || kind === 'uncertain';
  if (trigger.kind === kind) return trigger.reach === reach || trigger.reach === 'both';
  if (reach === 'backward') return trigger.kind === 'negated' && trigger.reach === 'forward' && kind === 'negated';
  return (
    (kind === 'historical' && trigger.kind === 'recent') ||
    (kind === 'recent' && trigger.kind === 'historical' && trigger.reach === 'forward') ||
    (kind === 'negated' && trigger.kind === 'historical' && trigger.reach === 'both')
  );
};
