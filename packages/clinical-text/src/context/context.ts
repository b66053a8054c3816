import type { Document, Item } from '../document.ts';
import { contextTriggers, type Trigger } from '../lexicon/context-triggers.ts';
import { recentSpans, splitTriggers } from '../lexicon/context-words.ts';
import type { Assertion } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';
import { assertionOf } from './assertion.ts';
import { exclusion, splitEnd, turned } from './exclusions.ts';
import { plainMark } from './marks.ts';
import { type Found, isEffect, type Scope, spread } from './scopes.ts';

const POSITIVE: Trigger = { kind: 'turn', reach: 'both' };
const PASS: Trigger = { kind: 'pseudo', reach: 'forward' };

/**
 * ConText over items: trigger phrases, their scopes, and what ends a scope. The scopes of an item are read once, when
 * something in it is asked for. Linear: items are bounded, and scopes of one effect never overlap.
 */
export class ContextRules {
  private readonly triggers = new PhraseTrie<readonly Trigger[]>();
  private readonly splits = new Map<string, PhraseTrie<true>>();

  private readonly splitWords = new PhraseTrie<true>();
  private readonly openings: Openings;
  private readonly bit: number;

  constructor(openings: Openings = new Openings()) {
    this.openings = openings;
    this.bit = openings.bit([this.triggers, this.splitWords]);
    const byPhrase = new Map<string, Trigger[]>();
    for (const { phrases, ...trigger } of contextTriggers) {
      for (const phrase of phrases) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), trigger]);
    }
    for (const [phrase, triggers] of byPhrase) this.triggers.add(phrase, triggers);
    for (const { first, last } of splitTriggers) {
      this.splitWords.addAll(first, true);
      for (const word of first) this.splits.set(word, new PhraseTrie<true>().addAll(last, true));
    }
  }

  of(document: Document): Context {
    return new Context(document, this);
  }

  /** All scopes of an item. */
  scopes(tokens: Tokens, item: Item): Scope[] {
    const found = this.triggersOf(tokens, item);
    const scopes: Scope[] = [];
    if (found.length === 0) return scopes;
    for (const { from, to, trigger } of found) {
      if (isEffect(trigger.kind))
        scopes.push({ effect: trigger.kind, reach: 'own', from, to, cueFrom: from, cueTo: to });
    }
    spread(tokens, found, item, 'forward', scopes);
    spread(tokens, found, item, 'backward', scopes);
    return scopes;
  }

  private triggersOf(tokens: Tokens, item: Item): Found[] {
    const found: Found[] = [];
    const opens = this.openings.of(tokens);
    for (let at = item.from; at < item.to; at++) {
      if ((opens[at]! & this.bit) === 0) {
        // Marks, which are no words, may be triggers too.
        const other =
          tokens.kinds[at] === WORD ? undefined : plainMark(tokens, item, at, found.at(-1)?.to ?? item.from);
        if (other !== undefined) found.push(other);
        continue;
      }
      const split = this.splits.get(tokens.lower[at]!);
      const end = split === undefined ? undefined : splitEnd(tokens, at, item.to, split);
      if (end !== undefined) {
        const kind = turned(tokens, item, at) ?? 'negated';
        found.push({ from: at, to: at + 1, trigger: { kind, reach: 'forward', window: end.from - at - 1 } });
        found.push({ from: end.from, to: end.to, trigger: PASS });
        continue;
      }
      const match = this.triggers.longest(tokens, at, item.to);
      if (match === undefined) {
        const other = plainMark(tokens, item, at, found.at(-1)?.to ?? item.from);
        if (other !== undefined) found.push(other);
        continue;
      }
      // "+ve for" is no "-ve for".
      if (tokens.lower[at] === 've' && tokens.lower[at - 1] === '+') {
        found.push({ from: at, to: match.end, trigger: POSITIVE });
        at = match.end - 1;
        continue;
      }
      for (const trigger of match.value) {
        if (trigger.kind === 'historical' && isRecentSpan(tokens, match.end, item.to)) continue;
        found.push({
          from: at,
          to: match.end,
          trigger:
            trigger.kind === 'exclusion'
              ? exclusion(tokens, item, at, match.end)
              : placed(tokens, item, at, match.end, trigger),
        });
      }
      at = match.end - 1;
    }
    return found;
  }
}

/** What the note says of its mentions: reads each item's cues when first asked. */
export class Context {
  private readonly read: (Scope[] | undefined)[];
  private readonly document: Document;
  private readonly rules: ContextRules;

  constructor(document: Document, rules: ContextRules) {
    this.document = document;
    this.rules = rules;
    this.read = new Array(document.items.length);
  }

  /**
   * What an item says of a concept in it, without regard to its section.
   * @param from @param to tokens of the concept
   */
  assertion(item: Item, from: number, to: number): Assertion {
    const { tokens } = this.document;
    this.read[item.index] ??= this.rules.scopes(tokens, item);
    const reached: Scope[] = [];
    for (const scope of this.read[item.index]!) {
      const { reach } = scope;
      const touched =
        reach === 'forward'
          ? scope.from <= from && from < scope.to
          : reach === 'backward'
            ? scope.from <= to - 1 && to - 1 < scope.to
            : scope.from >= from && scope.to <= to;
      if (touched) reached.push(scope);
    }
    return assertionOf(tokens, item, from, reached);
  }
}

/** "pneumonia likely, PE unlikely": at the end of a clause, a cue that usually precedes its term follows it. */
const placed = (tokens: Tokens, item: Item, at: number, to: number, trigger: Trigger): Trigger => {
  // "Likely pneumonia, less likely PE"
  if (trigger.kind === 'unlikely' && trigger.reach === 'backward' && /^(?:less|least)$/.test(tokens.lower[at]!)) {
    const opens = at === item.from || /^[,;(:]$/.test(tokens.lower[at - 1]!);
    if (opens && to < item.to && tokens.kinds[to] === WORD) return { kind: 'unlikely', reach: 'forward', window: 6 };
  }
  if ((trigger.kind !== 'likely' && trigger.kind !== 'possible') || trigger.reach !== 'forward') return trigger;
  if (at === item.from || tokens.kinds[at - 1] !== WORD) return trigger;
  const ended = to >= item.to || /^[,.;)]$/.test(tokens.lower[to]!);
  return ended ? { kind: trigger.kind, reach: 'backward', window: 6 } : trigger;
};

/** "In the past 2 months" includes the present, "in the past" does not. */
const isRecentSpan = (tokens: Tokens, to: number, limit: number): boolean =>
  /^(?:past|last)$/.test(tokens.lower[to - 1]!) &&
  to < limit &&
  (tokens.kinds[to] === NUMBER || recentSpans.has(tokens.lower[to]!));
