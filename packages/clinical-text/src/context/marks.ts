import type { Item } from '../document.ts';
import type { Trigger } from '../lexicon/context-triggers.ts';
import { anaphors } from '../lexicon/context-words.ts';
import { LOWER, NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import type { Found } from './scopes.ts';

const STOP: Trigger = { kind: 'stop', reach: 'both' };
export const SEMICOLON: Trigger = { kind: 'turn', reach: 'both' };
const QUESTION: Trigger = { kind: 'possible', reach: 'backward', window: 3 };
const DOUBT: Trigger = { kind: 'possible', reach: 'forward', window: 6 };
const DATED: Trigger = { kind: 'historical', reach: 'backward', window: 8 };

/** Marks that are no words: question marks, semicolons, years, list numbers, headings within an item. */
export const plainMark = (tokens: Tokens, item: Item, at: number, free: number): Found | undefined => {
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
