import { idOf } from './vocabulary.ts';

export const WORD = 0;
export const NUMBER = 1;
export const PUNCTUATION = 2;

/** How a word is written: decides whether it may be a name. */
export const LOWER = 0;
export const CAPITALISED = 1;
export const UPPER = 2;
export const MIXED = 3;

/** Struct of arrays: a 10 MB text has millions of tokens, and an object each would not fit. */
export interface Tokens {
  readonly source: string;
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly kinds: Uint8Array;
  readonly shapes: Uint8Array;
  /** Line breaks between this token and the one before it, at most 255. */
  readonly breaks: Uint8Array;
  /** Lower-cased, zero-width characters removed; '' for a word longer than any rule's. */
  readonly lower: readonly string[];
  /** The word's number in the vocabulary of all lists, and that of the word without its plural "s"; 0 for none. */
  readonly ids: Int32Array;
  readonly singulars: Int32Array;
}

/** Longer than any word of a lexicon: what lies beyond costs no look-up. */
const LONGEST_WORD = 64;

const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const BREAK = 4;
const OTHER = 5;

const asciiClasses = (): Uint8Array => {
  const classes = new Uint8Array(128).fill(OTHER);
  for (let code = 0; code < 33; code++) classes[code] = SPACE;
  classes[10] = BREAK;
  classes[127] = SPACE;
  for (let code = 48; code < 58; code++) classes[code] = DIGIT;
  for (let code = 65; code < 91; code++) classes[code] = classes[code + 32] = LETTER;
  return classes;
};
const ASCII = asciiClasses();

const letterOrMark = /^[\p{L}\p{M}]$/u;
/** Characters without width hide a name from a reader of code points, not from a reader of text. */
const ignorable = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;
const isIgnorable = (code: number): boolean =>
  code === 0xad ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x202a && code <= 0x202e) ||
  (code >= 0x2060 && code <= 0x2064) ||
  code === 0xfeff;

const classify = (code: number): number => {
  if (code < 128) return ASCII[code]!;
  if (isIgnorable(code)) return LETTER;
  if (code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x202f || code === 0x3000) return SPACE;
  if (code === 0x2028 || code === 0x2029 || code === 0x85) return BREAK;
  return letterOrMark.test(String.fromCodePoint(code)) ? LETTER : OTHER;
};

const shapeOf = (word: string): number => {
  const first = word[0]!;
  const rest = word.slice(1);
  if (first === first.toLowerCase()) return rest === rest.toLowerCase() ? LOWER : MIXED;
  if (rest === '' || rest === rest.toLowerCase()) return CAPITALISED;
  return rest === rest.toUpperCase() ? UPPER : MIXED;
};

/** Words, numbers (with inner `.` or `,`) and single punctuation marks, in one pass. */
export const tokenize = (source: string): Tokens => {
  const starts = new Uint32Array(source.length);
  const ends = new Uint32Array(source.length);
  const kinds = new Uint8Array(source.length);
  const shapes = new Uint8Array(source.length);
  const breaks = new Uint8Array(source.length);
  const ids = new Int32Array(source.length);
  const singulars = new Int32Array(source.length);
  const lower: string[] = [];
  let count = 0;
  let pending = 0;
  let at = 0;
  const push = (start: number, end: number, kind: number, shape: number, text: string): void => {
    starts[count] = start;
    ends[count] = end;
    kinds[count] = kind;
    shapes[count] = shape;
    breaks[count] = pending;
    lower.push(text);
    ids[count] = idOf(text);
    singulars[count] = text.length >= 4 && text.endsWith('s') ? idOf(text.slice(0, -1)) : 0;
    pending = 0;
    count++;
  };
  while (at < source.length) {
    const code = source.codePointAt(at)!;
    const width = code > 0xffff ? 2 : 1;
    const type = classify(code);
    if (type === SPACE || type === BREAK) {
      if (type === BREAK && pending < 255) pending++;
      at++;
    } else if (type === LETTER) {
      const start = at;
      let plain = code < 128;
      at += width;
      while (at < source.length) {
        const next = source.codePointAt(at)!;
        if (classify(next) !== LETTER) break;
        plain &&= next < 128;
        at += next > 0xffff ? 2 : 1;
      }
      if (at - start > LONGEST_WORD) push(start, at, WORD, MIXED, '');
      else {
        const raw = source.slice(start, at);
        const word = plain ? raw : raw.replace(ignorable, '').normalize('NFC');
        if (word !== '') push(start, at, WORD, shapeOf(word), word.toLowerCase());
      }
    } else if (type === DIGIT) {
      const start = at++;
      while (at < source.length) {
        const next = source.charCodeAt(at);
        if (next < 128 && ASCII[next] === DIGIT) at++;
        else if ((next === 46 || next === 44) && ASCII[source.charCodeAt(at + 1)] === DIGIT) at += 2;
        else break;
      }
      push(start, at, NUMBER, LOWER, at - start > LONGEST_WORD ? '' : source.slice(start, at));
    } else {
      push(at, at + width, PUNCTUATION, LOWER, width === 1 ? source[at]! : source.slice(at, at + width));
      at += width;
    }
  }
  return {
    source,
    count,
    starts,
    ends,
    kinds,
    shapes,
    breaks,
    lower,
    ids,
    singulars,
  };
};

/** The first token that ends after `offset`: binary search. */
export const tokenAt = (tokens: Tokens, offset: number): number => {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tokens.ends[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Whether nothing stands between token `index` and the one before it. */
export const touches = (tokens: Tokens, index: number): boolean =>
  index > 0 && tokens.starts[index] === tokens.ends[index - 1];
