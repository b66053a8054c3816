import { LOWER, NUMBER, PUNCTUATION, runEnd, type Tokens, touches, WORD } from '../text/tokens.ts';

const glue: ReadonlySet<string> = new Set(['-', '/', '.', '_', '+', ')', '(', '–']);
/** Longest identifier, in tokens. */
const LONGEST = 14;

/** A run without spaces (but for "(412) 555-0143" and "12 34 56") that holds digits. */
export const valueEnd = (tokens: Tokens, from: number): number => {
  let at = from;
  while (at < tokens.count && at - from < LONGEST) {
    const word = tokens.lower[at]!;
    const joined =
      at === from ||
      touches(tokens, at) ||
      (tokens.kinds[at] === NUMBER &&
        tokens.kinds[from] !== WORD &&
        (tokens.kinds[at - 1] === NUMBER || tokens.lower[at - 1] === ')' || tokens.lower[at - 1] === '-') &&
        tokens.starts[at]! - tokens.ends[at - 1]! === 1 &&
        // Not the next cell of a table.
        tokens.source.charCodeAt(tokens.ends[at - 1]!) !== 9);
    if (!joined || (tokens.breaks[at]! > 0 && at > from)) break;
    if (tokens.kinds[at] === PUNCTUATION && !(glue.has(word) && (touches(tokens, at + 1) || word === ')'))) break;
    if (
      tokens.kinds[at] === WORD &&
      (tokens.shapes[at] === LOWER ? word.length > 3 && !touches(tokens, at + 1) : word.length > 6) &&
      !(at > from && touches(tokens, at))
    )
      break;
    at++;
  }
  return balanced(tokens, from, at);
};

/** Without the marks at its end, and without a bracket that opened before it. */
const balanced = (tokens: Tokens, from: number, to: number): number => {
  let open = 0;
  for (let at = from; at < to; at++) {
    if (tokens.lower[at] === '(') open++;
    else if (tokens.lower[at] === ')' && open-- === 0) return balanced(tokens, from, at);
  }
  let end = to;
  while (end > from && tokens.kinds[end - 1] === PUNCTUATION && tokens.lower[end - 1] !== ')') end--;
  return end;
};

/** "RXH 44 19 22", "W2345 67890 01": groups of figures after a value that begins with letters, a space apart. */
export const groupsEnd = (tokens: Tokens, from: number, end: number): number => {
  if (tokens.kinds[from] !== WORD || tokens.shapes[from] === LOWER || tokens.lower[from]!.length > 5) return end;
  let to = Math.max(end, from + 1);
  let figures = end > from;
  for (let groups = 0; groups < 4 && to < tokens.count; groups++) {
    const apart = tokens.starts[to]! - tokens.ends[to - 1]!;
    if (tokens.kinds[to] !== NUMBER || apart !== 1 || tokens.breaks[to]! > 0 || /[.,]/.test(tokens.lower[to]!)) break;
    if (touches(tokens, to + 1) && tokens.kinds[to + 1] === WORD && tokens.shapes[to + 1] === LOWER) break;
    figures = true;
    to++;
  }
  return figures ? to : end;
};

/** "0351 / 458-0": the end of a telephone number whose groups are joined by marks with spaces. */
export const phoneEnd = (tokens: Tokens, from: number, end: number): number => {
  let to = end;
  if (to === from || tokens.kinds[from] !== NUMBER) return to;
  for (let groups = 0; groups < 3; groups++) {
    const next = to + 1;
    if (!/^[-/–]$/.test(tokens.lower[to] ?? '') || tokens.kinds[next] !== NUMBER || tokens.breaks[next]! > 0) break;
    if (tokens.starts[next]! - tokens.ends[to - 1]! > 3) break;
    to = Math.max(next + 1, valueEnd(tokens, next));
  }
  return to;
};

/** Letters and figures of a plate, in at most three groups, each after a space with a figure; "C5-C6" is a place for a plate of another kind. */
const plate =
  /(?![CTLS]\d{1,2}(?![\p{L}\p{N}]))[A-ZÄÖÜ\d]{1,4}(?:(?:[·-]| (?=[A-ZÄÖÜ]*\d))[A-ZÄÖÜ\d]{1,4}){0,2}(?:(?<= \d{1,4}) (?!WAS|IS|AND|ON|AT|IN|HIT)[A-Z]{2,3})?(?![\p{L}\p{N}])/uy;

export const plateEnd = (tokens: Tokens, from: number): number | undefined => {
  plate.lastIndex = tokens.starts[from]!;
  const match = plate.exec(tokens.source)?.[0];
  if (match === undefined || match.length < 5 || !/\d/.test(match) || !/[A-ZÄÖÜ]/.test(match)) return undefined;
  const end = tokens.starts[from]! + match.length;
  const to = runEnd(tokens, from, end);
  return tokens.ends[to - 1] === end ? to : undefined;
};

/** "b9 4ty", after a label. */
const smallPostcode =
  /(?:[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[\dw] ?[a-z\d]{4}|[a-z]\d[a-z][ -]?\d[a-z]\d)(?![\p{L}\p{N}])/iuy;

export const postcodeEnd = (tokens: Tokens, from: number): number | undefined => {
  smallPostcode.lastIndex = tokens.starts[from]!;
  const match = smallPostcode.exec(tokens.source)?.[0];
  return match === undefined ? undefined : runEnd(tokens, from, tokens.starts[from]! + match.length);
};

/** "blue.heron_77": the end of a user name, in at most `longest` tokens. */
export const userNameEnd = (tokens: Tokens, from: number, longest: number): number => {
  let to = from + 1;
  while (
    to < tokens.count &&
    to - from < longest &&
    touches(tokens, to) &&
    (tokens.kinds[to] !== PUNCTUATION || (/^[._-]$/.test(tokens.lower[to]!) && touches(tokens, to + 1)))
  )
    to++;
  return to;
};

/** How many digits and letters a run holds. */
export const shapeOf = (
  tokens: Tokens,
  from: number,
  to: number,
): { readonly digits: number; readonly letters: number } => {
  let digits = 0;
  let letters = 0;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] === NUMBER) digits += tokens.ends[at]! - tokens.starts[at]!;
    else if (tokens.kinds[at] === WORD) letters += tokens.ends[at]! - tokens.starts[at]!;
  }
  return { digits, letters };
};
