import type { Item } from '../document.ts';
import { type Effect, negationWindow, type Trigger } from '../lexicon/context-triggers.ts';
import { anaphors, beForms } from '../lexicon/context-words.ts';
import { type Tokens, touches, WORD } from '../text/tokens.ts';
import { SEMICOLON } from './marks.ts';
import { gradedAfter, isChained, listEnd, newStatement } from './negated-lists.ts';

/** A trigger and its position in tokens. */
export interface Found {
  readonly from: number;
  readonly to: number;
  readonly trigger: Trigger;
}

/** Tokens `[from, to)` that a cue reaches, and the position of the cue. */
export interface Scope {
  readonly effect: Effect;
  readonly reach: 'forward' | 'backward' | 'own';
  readonly from: number;
  readonly to: number;
  readonly cueFrom: number;
  readonly cueTo: number;
}

/** Reach of a trigger that names none. */
const DEFAULT_WINDOW = 80;

/** Effects of opposed or like meaning: of two such cues after a term, each concerns its own. */
const verdicts: ReadonlySet<Effect> = new Set(['negated', 'possible', 'likely', 'unlikely', 'resolved']);

const notEffects: ReadonlySet<string> = new Set(['pseudo', 'stop', 'turn', 'exclusion']);
export const isEffect = (kind: Trigger['kind']): kind is Effect => !notEffects.has(kind);

/** The scopes that reach to one side. */
export const spread = (
  tokens: Tokens,
  found: readonly Found[],
  item: Item,
  reach: 'forward' | 'backward',
  scopes: Scope[],
): void => {
  const step = reach === 'forward' ? 1 : -1;
  for (let index = 0; index < found.length; index++) {
    const { from, to, trigger } = found[index]!;
    if (!isEffect(trigger.kind) || (trigger.reach !== reach && trigger.reach !== 'both')) continue;
    const window = windowOf(tokens, from, to, trigger);
    let limit = reach === 'forward' ? Math.min(item.to, to + window) : Math.max(item.from, from - window);
    for (let other = index + step; other >= 0 && other < found.length; other += step) {
      const next = found[other]!;
      if (reach === 'forward' ? next.from >= limit : next.to <= limit) break;
      if (next.from === from || !ends(tokens, next, found[index]!, reach)) continue;
      limit = reach === 'forward' ? Math.min(limit, next.from) : Math.max(limit, next.to);
      break;
    }
    if (reach === 'forward' && trigger.kind === 'negated' && !trigger.lists)
      limit =
        newStatement(tokens, to, limit) ??
        gradedAfter(tokens, to, limit) ??
        (isChained(found, index) ? listEnd(tokens, to, limit) : limit);
    // A concept may begin with the trigger's own words: "no acute fractures".
    const reached = reach === 'forward' ? { from: from + 1, to: limit } : { from: limit, to: from };
    scopes.push({ effect: trigger.kind, reach, from: reached.from, to: reached.to, cueFrom: from, cueTo: to });
  }
};

/** The prefix of "non-cardiac chest pain" negates one word. */
const windowOf = (tokens: Tokens, from: number, to: number, trigger: Trigger): number => {
  if (tokens.lower[from] === 'non' && to === from + 1 && tokens.lower[to] === '-' && touches(tokens, to)) return 2;
  return trigger.window ?? (trigger.kind === 'negated' ? negationWindow : DEFAULT_WINDOW);
};

/** Whether another trigger ends a trigger's scope. */
const ends = (
  tokens: Tokens,
  next: Found,
  { trigger: of, from, to }: Found,
  reach: 'forward' | 'backward',
): boolean => {
  const { trigger } = next;
  const { kind } = of;
  // "Father, 82, has dementia"
  if (trigger.kind === 'stop') return !(kind === 'other' && isAside(tokens, to, next));
  if (trigger === SEMICOLON && of.lists) return false;
  // "does not allow us to exclude": the last word decides.
  if (trigger.decides && kind === 'negated' && reach === 'forward') return true;
  if (trigger.apart !== undefined) {
    if (kind === 'historical') return reach === 'forward';
    return verdicts.has(kind as Effect) && next.from - to >= trigger.apart;
  }
  if (trigger.kind === 'turn') return verdicts.has(kind as Effect) || (kind === 'generic' && trigger !== SEMICOLON);
  if (trigger.kind === kind) return trigger.reach === reach || trigger.reach === 'both';
  if (reach === 'backward') {
    // "A suspected, B unlikely": each verdict concerns the term before it. "A suspected, later excluded": the last one.
    if (verdicts.has(kind as Effect) && verdicts.has(trigger.kind as Effect)) {
      if (trigger.reach === 'forward') return trigger.kind === 'negated' && kind === 'negated';
      return hasTerm(tokens, next.to, from);
    }
    return trigger.kind === 'negated' && trigger.reach === 'forward' && kind === 'negated';
  }
  return (
    (kind === 'historical' && (trigger.kind === 'recent' || (trigger.lists === true && trigger.reach === 'forward'))) ||
    (kind === 'recent' && trigger.kind === 'historical' && trigger.reach === 'forward') ||
    (kind === 'negated' && trigger.kind === 'historical' && trigger.reach === 'both')
  );
};

/** Whether there is a content word between two verdicts. */
const hasTerm = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === WORD && !anaphors.has(tokens.lower[at]!) && !beForms.has(tokens.lower[at]!)) return true;
  }
  return false;
};

/** Whether there is only an age between a relative and the verb after the comma. */
const isAside = (tokens: Tokens, from: number, next: Found): boolean => {
  if (next.from - from > 5 || tokens.lower[from] !== ',' || tokens.lower[next.from] !== ',') return false;
  for (let at = from; at < next.from; at++)
    if (tokens.kinds[at] === WORD && !/^(?:aged?|alive|well|now|in|s|his|her)$/.test(tokens.lower[at]!)) return false;
  return true;
};
