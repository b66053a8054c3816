import type { Item } from '../document.ts';
import type { When } from '../model.ts';
import { tokenSpan } from '../text/spans.ts';
import { NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';

const REACH = 8;
const unit = /^(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|wk|w|months?|mo|years?|yrs?|y)$/;
const numberWord = /^(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|few|couple)$/;

/** When a problem began, as far as the words after it say: "for 3 days", "x2 weeks", "since 2019", "in 2015". */
export const onsetAfter = (tokens: Tokens, item: Item, to: number): When | undefined => {
  let bracketed = false;
  for (let at = to; at < Math.min(item.to, to + REACH); at++) {
    const word = tokens.lower[at]!;
    if (word === ';' || word === '.' || word === ',') return undefined;
    // "(EF 30% in 2024)": the year of a measurement.
    if (word === '%') return undefined;
    bracketed ||= word === '(';
    if (
      bracketed &&
      tokens.kinds[at] === NUMBER &&
      !/^(?:stage|type|grade|class)$/.test(tokens.lower[at - 1]!) &&
      durationEnd(tokens, at, item.to) === undefined
    )
      return undefined;
    if (word === 'for' || word === 'x' || word === '×') {
      const end = durationEnd(tokens, at + 1, item.to);
      if (end !== undefined) return relative(tokens, at, end);
    }
    if (word === 'since' || word === 'in') {
      const year = tokens.lower[at + 1] ?? '';
      if (
        at + 1 < item.to &&
        /^(?:19|20)\d\d$/.test(year) &&
        !(at + 2 < tokens.count && /^[-/]$/.test(tokens.lower[at + 2]!) && touches(tokens, at + 2))
      )
        return { value: year, precision: 'year', text: tokenSpan(tokens, at + 1, at + 2), relative: false };
    }
    const end = durationEnd(tokens, at, item.to);
    if (end !== undefined && tokens.lower[end] === 'ago') return relative(tokens, at, end + 1);
  }
  return undefined;
};

const relative = (tokens: Tokens, from: number, to: number): When => ({
  value: null,
  precision: null,
  text: tokenSpan(tokens, from, to),
  relative: true,
});

const durationEnd = (tokens: Tokens, from: number, limit: number): number | undefined => {
  let at = from;
  while (
    at < limit &&
    tokens.kinds[at] === WORD &&
    /^(?:the|past|last|about|approximately|almost|over|nearly)$/.test(tokens.lower[at]!)
  )
    at++;
  if (at >= limit || (tokens.kinds[at] !== NUMBER && !numberWord.test(tokens.lower[at]!))) return undefined;
  at++;
  if (at + 1 < limit && /^(?:-|–|to|or)$/.test(tokens.lower[at]!)) at += 2;
  if (tokens.lower[at] === 'of') at++;
  return at < limit && unit.test(tokens.lower[at]!) ? at + 1 : undefined;
};
