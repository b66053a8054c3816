import type { Item } from '../document.ts';
import type { Trigger } from '../lexicon/context-triggers.ts';
import { affirmedNegators, beForms, passiveFollowers, pendingWords } from '../lexicon/context-words.ts';
import type { PhraseTrie } from '../text/phrase-trie.ts';
import { NUMBER, type Tokens, WORD } from '../text/tokens.ts';

/** Words before "excluded" that may turn it round, and words between "rule" and "out". */
const LOOK_BACK = 7;
const SPLIT = 7;

/** The position of "out" after "rule", with at most a few words of a name between them. */
export const splitEnd = (
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
export const turned = (tokens: Tokens, item: Item, at: number): 'possible' | undefined => {
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
export const exclusion = (tokens: Tokens, item: Item, at: number, to: number): Trigger => {
  const open = turned(tokens, item, at);
  const word = tokens.lower[at]!;
  const infinitive = word === 'to' || tokens.lower[at - 1] === 'to';
  const participle = word.endsWith('ed') || word === 'disproven';
  if (tokens.lower[at + 1] === '-') return { kind: 'possible', reach: 'forward', decides: true };
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
