import type { Document, Item } from '../document.ts';
import { contextTriggers, type Effect, negationWindow, type Trigger } from '../lexicon/context-triggers.ts';
import {
  affirmedNegators,
  anaphors,
  beForms,
  gradings,
  passiveFollowers,
  pendingWords,
  predicates,
  recentSpans,
  splitTriggers,
} from '../lexicon/context-words.ts';
import type { Assertion } from '../model.ts';
import { Openings } from '../text/openings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { assertionOf } from './assertion.ts';

interface Found {
  readonly from: number;
  readonly to: number;
  readonly trigger: Trigger;
}

/** Tokens `[from, to)` that a cue reaches, and where the cue stands. */
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
/** Words before "excluded" that may turn it round, and words between "rule" and "out". */
const LOOK_BACK = 7;
const SPLIT = 7;

/** Effects of opposed or like meaning: of two such cues after a term, each concerns its own. */
const verdicts: ReadonlySet<Effect> = new Set(['negated', 'possible', 'likely', 'unlikely', 'resolved']);

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

  /** The same as `Context.assertion`, for a place whose item is not at hand. */
  assertion(context: Context, from: number, to: number): Assertion {
    return context.assertion(context.itemAt(from), from, to);
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

  /** The item that holds a token: binary search. */
  itemAt(token: number): Item {
    const { items } = this.document;
    let low = 0;
    let high = items.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (items[middle]!.to <= token) low = middle + 1;
      else high = middle;
    }
    return items[low]!;
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

const PASS: Trigger = { kind: 'pseudo', reach: 'forward' };
const STOP: Trigger = { kind: 'stop', reach: 'both' };
const SEMICOLON: Trigger = { kind: 'turn', reach: 'both' };
const POSITIVE: Trigger = { kind: 'turn', reach: 'both' };
const QUESTION: Trigger = { kind: 'possible', reach: 'backward', window: 3 };
const DOUBT: Trigger = { kind: 'possible', reach: 'forward', window: 6 };
const DATED: Trigger = { kind: 'historical', reach: 'backward', window: 8 };

const notEffects: ReadonlySet<string> = new Set(['pseudo', 'stop', 'turn', 'exclusion']);
const isEffect = (kind: Trigger['kind']): kind is Effect => !notEffects.has(kind);

/** Where "out" stands after "rule", if a few words of a name are between them. */
const splitEnd = (
  tokens: Tokens,
  at: number,
  limit: number,
  last: PhraseTrie<true>,
): { readonly from: number; readonly to: number } | undefined => {
  // "Rule-out sepsis" is still to be done.
  if (tokens.lower[at + 1] === '-') return undefined;
  for (let next = at + 2; next < Math.min(limit, at + SPLIT); next++) {
    if (tokens.kinds[next] !== WORD) {
      if (tokens.lower[next] !== '-' && tokens.kinds[next] !== NUMBER) return undefined;
      continue;
    }
    const match = last.longest(tokens, next, limit);
    if (match !== undefined) return { from: next, to: match.end };
  }
  return undefined;
};

/** Whether the words before a verb of exclusion leave the matter open: "cannot rule out", "not yet", "needs to be". */
const turned = (tokens: Tokens, item: Item, at: number): 'possible' | undefined => {
  for (let before = at - 1; before >= Math.max(item.from, at - LOOK_BACK); before--) {
    const word = tokens.lower[before]!;
    if (tokens.kinds[before] !== WORD) {
      if (word === "'" || word === '’' || word === '-') continue;
      return undefined;
    }
    if (affirmedNegators.has(word)) return 'possible';
    if (pendingWords.has(word) && at - before <= 3) return 'possible';
    // "PE still to be excluded"
    if (word === 'to' && before + 2 === at && tokens.lower[before + 1] === 'be') return 'possible';
  }
  return undefined;
};

/** "PE was excluded" reaches back, "CT excluded PE" forward; either is open after "not". */
const exclusion = (tokens: Tokens, item: Item, at: number, to: number): Trigger => {
  const open = turned(tokens, item, at);
  const word = tokens.lower[at]!;
  const infinitive = word === 'to' || tokens.lower[at - 1] === 'to';
  const participle = word.endsWith('ed') || word === 'disproven';
  // "Excluded: PE, pneumothorax"
  if (participle && tokens.lower[to] === ':' && to < item.to) return { kind: 'negated', reach: 'forward' };
  let passive = false;
  if (participle) {
    for (let before = at - 1; before >= Math.max(item.from, at - 4) && !passive; before--)
      passive = beForms.has(tokens.lower[before]!);
    const next = tokens.lower[to] ?? '';
    passive ||= to >= item.to || tokens.kinds[to] !== WORD || passiveFollowers.has(next);
  }
  if (passive) return { kind: open ?? 'negated', reach: 'backward', window: 20, decides: true };
  if (
    open === undefined &&
    infinitive &&
    !/^(?:able|sufficient|enough|used|managed|helps?)$/.test(tokens.lower[at - 1] ?? '')
  )
    return { kind: 'possible', reach: 'forward', decides: true };
  // An order: "rule out PE".
  if (open === undefined && (at === item.content || at === item.from) && (word === 'rule' || word === 'exclude'))
    return { kind: 'possible', reach: 'forward', decides: true };
  return { kind: open ?? 'negated', reach: 'forward', decides: true };
};

/** "pneumonia likely, PE unlikely": at the end of a clause, what else stands before a term stands after it. */
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

/** "In the past 2 months" is of today, "in the past" is not. */
const isRecentSpan = (tokens: Tokens, to: number, limit: number): boolean =>
  /^(?:past|last)$/.test(tokens.lower[to - 1]!) &&
  to < limit &&
  (tokens.kinds[to] === NUMBER || recentSpans.has(tokens.lower[to]!));

/** Marks that are no words: question marks, semicolons, years, list numbers, headings within an item. */
const plainMark = (tokens: Tokens, item: Item, at: number, free: number): Found | undefined => {
  const mark = tokens.lower[at]!;
  const of = (trigger: Trigger, from = at): Found => ({ from, to: at + 1, trigger });
  if (tokens.kinds[at] === WORD) return undefined;
  if (tokens.kinds[at] === NUMBER)
    return isPastYear(tokens, item, at) || isPastAge(tokens, item, at) ? of(DATED) : undefined;
  if (mark === ';') return anaphors.has(tokens.lower[at + 1] ?? '') ? undefined : of(SEMICOLON);
  if (mark === '?') {
    const joined = at > item.from && touches(tokens, at) && tokens.kinds[at - 1] === WORD;
    return of(joined ? QUESTION : DOUBT);
  }
  if (mark === ')' && at > item.from && tokens.kinds[at - 1] === NUMBER && tokens.lower[at - 1]!.length < 3)
    return of(STOP, at - 1);
  if (mark !== ':' || at === item.from) return undefined;
  let from = at;
  while (from > item.from && at - from < 6 && tokens.kinds[from - 1] === WORD && tokens.shapes[from - 1] !== LOWER)
    from--;
  return from < at && from >= free ? of(STOP, from) : undefined;
};

/** "in 2019", "(2019)", "MI 2019": a year alone dates an event, "since 2019" a state that lasts. */
const isPastYear = (tokens: Tokens, item: Item, at: number): boolean => {
  const year = tokens.lower[at]!;
  if (year.length !== 4 || !/^(?:19|20)\d\d$/.test(year)) return false;
  const before = tokens.lower[at - 1] ?? '';
  const after = tokens.lower[at + 1] ?? '';
  if (at === item.from || /^[-/.:]$/.test(before) || (/^[-/:]$/.test(after) && touches(tokens, at + 1))) return false;
  return (
    before === 'in' || before === '(' || before === 'circa' || (tokens.kinds[at - 1] === WORD && before !== 'since')
  );
};

/** "Meningitis aged 4", "at the age of 51" */
const isPastAge = (tokens: Tokens, item: Item, at: number): boolean => {
  const before = tokens.lower[at - 1] ?? '';
  if (at - 2 < item.from || tokens.lower[at]!.length > 2) return false;
  return (
    before === 'aged' ||
    (before === 'age' && tokens.lower[at - 2] === 'at') ||
    (before === 'of' && tokens.lower[at - 2] === 'age')
  );
};

/** Whether a trigger's scope ends where another trigger stands. */
const ends = (
  tokens: Tokens,
  next: Found,
  { trigger: of, from, to }: Found,
  reach: 'forward' | 'backward',
): boolean => {
  const { trigger } = next;
  const { kind } = of;
  if (trigger.kind === 'stop') return true;
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

/** Whether a word of content stands between two verdicts. */
const hasTerm = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === WORD && !anaphors.has(tokens.lower[at]!) && !beForms.has(tokens.lower[at]!)) return true;
  }
  return false;
};

const spread = (
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

/** "No COPD, no asthma, gout": where each term has its own negator, one without has none. */
const isChained = (found: readonly Found[], index: number): boolean => {
  const { trigger, from } = found[index]!;
  if (trigger.window !== undefined) return false;
  for (let before = index - 1; before >= 0 && from - found[before]!.to < 5; before--) {
    const other = found[before]!;
    if (other.from === from || other.trigger.reach !== 'forward') continue;
    return other.trigger.kind === 'negated' && other.trigger.lists === undefined;
  }
  return false;
};

/** The next comma, unless what it begins is a list of its own: "no edema, rash, or jaundice". */
const listEnd = (tokens: Tokens, from: number, to: number): number => {
  let comma = to;
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (word === 'or' || word === 'nor' || word === 'and') return to;
    if (word === ',' && comma === to) comma = at;
  }
  return comma;
};

/** "No fracture, mild scoliosis": a size or grade behind the comma is of something that is there. */
const gradedAfter = (tokens: Tokens, from: number, to: number): number | undefined => {
  for (let at = from + 1; at + 1 < to; at++) {
    if (tokens.lower[at] !== ',' || !(gradings.has(tokens.lower[at + 1]!) || isTimed(tokens, at + 1, to))) continue;
    for (let after = at + 2; after < to; after++)
      if (tokens.lower[after] === 'or' || tokens.lower[after] === 'nor') return undefined;
    return at;
  }
  return undefined;
};

/** "Cough for 3 days", "headache since Monday": only what is there lasts. */
const isTimed = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from + 1; at < Math.min(to, from + 4) && tokens.kinds[at - 1] === WORD; at++) {
    const next = tokens.kinds[at + 1];
    if (tokens.lower[at] === 'since' || (tokens.lower[at] === 'for' && next === NUMBER)) return true;
  }
  return false;
};

/** Where a negation's list gives way to a statement: "no wheeze, crackles heard at the bases". */
const newStatement = (tokens: Tokens, from: number, to: number): number | undefined => {
  let comma: number | undefined;
  let predicate: number | undefined;
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (word === ',') {
      if (comma !== undefined) return undefined;
      comma = at;
    } else if (word === 'or' || word === 'nor' || word === 'and') return undefined;
    else if (predicates.has(word) && predicate === undefined) predicate = at;
  }
  if (comma === undefined || predicate === undefined || predicate <= comma + 1) return undefined;
  const after = predicate + 1;
  return after < to && tokens.kinds[after] === WORD ? comma : undefined;
};
