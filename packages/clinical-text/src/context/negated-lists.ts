import { gradings, predicates } from '../lexicon/context-words.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';
import type { Found } from './scopes.ts';

/** "No COPD, no asthma, gout": where each term has its own negator, one without has none. */
export const isChained = (found: readonly Found[], index: number): boolean => {
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
export const listEnd = (tokens: Tokens, from: number, to: number): number => {
  let comma = to;
  for (let at = from; at < to; at++) {
    const word = tokens.lower[at]!;
    if (word === 'or' || word === 'nor' || word === 'and') return to;
    if (word === ',' && comma === to) comma = at;
  }
  return comma;
};

/** "No fracture, mild scoliosis": a size or grade after the comma begins a finding that is present. */
export const gradedAfter = (tokens: Tokens, from: number, to: number): number | undefined => {
  for (let at = from + 1; at + 1 < to; at++) {
    if (tokens.lower[at] !== ',' || !(gradings.has(tokens.lower[at + 1]!) || isTimed(tokens, at + 1, to))) continue;
    for (let after = at + 2; after < to; after++)
      if (tokens.lower[after] === 'or' || tokens.lower[after] === 'nor') return undefined;
    return at;
  }
  return undefined;
};

/** "Cough for 3 days", "headache since Monday": a duration implies that the finding is present. */
const isTimed = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from + 1; at < Math.min(to, from + 4) && tokens.kinds[at - 1] === WORD; at++) {
    const next = tokens.kinds[at + 1];
    if (tokens.lower[at] === 'since' || (tokens.lower[at] === 'for' && next === NUMBER)) return true;
  }
  return false;
};

/** Where a negation's list gives way to a statement: "no wheeze, crackles heard at the bases". */
export const newStatement = (tokens: Tokens, from: number, to: number): number | undefined => {
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
