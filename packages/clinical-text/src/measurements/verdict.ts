import { verdictWords } from '../lexicon/measurements.ts';
import type { Tokens } from '../text/tokens.ts';
import type { ValueMention } from './value-mention.ts';

/** "An elevated ALT of 52", "ferritin was low at 14": a change ("decreased to") is no verdict. */
export const verdictOf = (
  tokens: Tokens,
  from: number,
  to: number,
  value: number,
  first: number,
): ValueMention['flag'] => {
  const at = (place: number): ValueMention['flag'] => {
    const verdict = Object.hasOwn(verdictWords, tokens.lower[place]!) ? verdictWords[tokens.lower[place]!] : undefined;
    if (verdict === undefined || /^(?:not|no|without|never|than)$/.test(tokens.lower[place - 1] ?? '')) return null;
    if (place >= to && /^(?:to|from|of|as|by)$/.test(tokens.lower[place + 1] ?? '')) return null;
    return { from: place, to: place + 1, value: verdict };
  };
  if (from > first) {
    const before = at(from - 1);
    if (before !== null) return before;
  }
  for (let place = to; place < value; place++) {
    const between = at(place);
    if (between !== null) return between;
  }
  return null;
};
