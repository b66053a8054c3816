import { hashWith, met, singularOf, wordOf } from './vocabulary.ts';

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
  /** The word's number among the words of lists that notes held; 0 where no list holds it. */
  readonly words: Int32Array;
  /** Its number among the words of phrases, and that of the word without its plural "s"; 0 for none. */
  readonly ids: Int32Array;
  readonly singulars: Int32Array;
  /** Results that rules cache for the tokens, by slot. */
  readonly derived: (Int32Array | undefined)[];
}

let slots = 0;

/** Reserves a slot of `Tokens.derived`. */
export const derivedSlot = (): number => slots++;

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

/** The same for a word of ASCII letters, from how many of them are capitals. */
const asciiShapeOf = (source: string, start: number, end: number, capitals: number): number => {
  if (capitals === 0) return LOWER;
  if (source.charCodeAt(start) > 90) return MIXED;
  if (capitals === 1) return CAPITALISED;
  return capitals === end - start ? UPPER : MIXED;
};

/** Places for tokens: texts have one in about five characters, and zeroing more would cost as much as reading them. */
interface Columns {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly words: Int32Array;
  readonly ids: Int32Array;
  readonly singulars: Int32Array;
  readonly kinds: Uint8Array;
  readonly shapes: Uint8Array;
  readonly breaks: Uint8Array;
}

/** One buffer for all columns: garbage collection of eight buffers a note took longer than their size explains. */
const columnsOf = (size: number, old?: Columns): Columns => {
  const buffer = new ArrayBuffer(23 * size);
  const columns = {
    starts: new Uint32Array(buffer, 0, size),
    ends: new Uint32Array(buffer, 4 * size, size),
    words: new Int32Array(buffer, 8 * size, size),
    ids: new Int32Array(buffer, 12 * size, size),
    singulars: new Int32Array(buffer, 16 * size, size),
    kinds: new Uint8Array(buffer, 20 * size, size),
    shapes: new Uint8Array(buffer, 21 * size, size),
    breaks: new Uint8Array(buffer, 22 * size, size),
  };
  if (old !== undefined) for (const name of Object.keys(columns) as (keyof Columns)[]) columns[name].set(old[name]);
  return columns;
};

/** The words of a phrase of a list, in small letters; marks are among them. */
export const wordsOf = (phrase: string): readonly string[] => readTokens(phrase, false).lower;

/** Words, numbers (with inner `.` or `,`) and single punctuation marks, in one pass. */
export const tokenize = (source: string): Tokens => readTokens(source, true);

/** @param note whether its words count as met */
const readTokens = (source: string, note: boolean): Tokens => {
  met.update();
  let size = Math.ceil(source.length / 4) + 16;
  let columns = columnsOf(size);
  const lower: string[] = [];
  let count = 0;
  let pending = 0;
  const { length } = source;
  for (let at = 0; at < length; ) {
    const start = at;
    const code = source.charCodeAt(at);
    const type = code < 128 ? ASCII[code]! : classify(source.codePointAt(at)!);
    let kind = PUNCTUATION;
    let shape = LOWER;
    let text = '';
    let number = 0;
    if (type === SPACE || type === BREAK) {
      if (type === BREAK && pending < 255) pending++;
      at++;
      continue;
    }
    if (type === LETTER) {
      kind = WORD;
      let plain = true;
      let capitals = 0;
      let hash = 0;
      while (at < length) {
        const next = source.charCodeAt(at);
        if (next < 128) {
          if (ASCII[next] !== LETTER) break;
          if (next < 91) capitals++;
          hash = hashWith(hash, next);
          at++;
        } else {
          const point = source.codePointAt(at)!;
          if (classify(point) !== LETTER) break;
          plain = false;
          at += point > 0xffff ? 2 : 1;
        }
      }
      if (at - start > LONGEST_WORD) shape = MIXED;
      else if (plain) {
        shape = capitals === 0 ? LOWER : asciiShapeOf(source, start, at, capitals);
        number = met.find(source, start, at, hash);
        if (number === 0) {
          text = source.slice(start, at);
          if (capitals > 0) text = text.toLowerCase();
        }
      } else {
        const word = source.slice(start, at).replace(ignorable, '').normalize('NFC');
        if (word === '') continue;
        shape = shapeOf(word);
        text = word.toLowerCase();
      }
    } else if (type === DIGIT) {
      kind = NUMBER;
      let hash = hashWith(0, code);
      at++;
      while (at < length) {
        const next = source.charCodeAt(at);
        if (next < 128 && ASCII[next] === DIGIT) {
          hash = hashWith(hash, next);
          at++;
        } else if ((next === 46 || next === 44) && ASCII[source.charCodeAt(at + 1)] === DIGIT) {
          hash = hashWith(hashWith(hash, next), source.charCodeAt(at + 1));
          at += 2;
        } else break;
      }
      if (at - start <= LONGEST_WORD) {
        number = met.find(source, start, at, hash);
        if (number === 0) text = source.slice(start, at);
      }
    } else {
      at += code < 0xd800 || source.codePointAt(at)! < 0x10000 ? 1 : 2;
      if (code < 128) number = met.marks[code]!;
      if (number === 0) text = source.slice(start, at);
    }
    if (count === size) {
      size *= 2;
      columns = columnsOf(size, columns);
    }
    columns.starts[count] = start;
    columns.ends[count] = at;
    columns.kinds[count] = kind;
    columns.shapes[count] = shape;
    columns.breaks[count] = pending;
    pending = 0;
    if (number === 0) {
      const word = wordOf(text);
      if (word === undefined) {
        const singular = singularOf(text);
        if (singular !== undefined) columns.singulars[count] = singular.phrase;
      } else if (note) number = met.add(word);
    }
    if (number > 0) {
      // The vocabulary's own string: comparing it with that of a list compares pointers.
      text = met.texts[number]!;
      columns.words[count] = number;
      columns.ids[count] = met.phrases[number]!;
      columns.singulars[count] = met.singulars[number]!;
    }
    lower.push(text);
    count++;
  }
  return { source, count, ...columns, lower, derived: [] };
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

/** The token after the run that begins at `from` and covers the text up to `offset`. */
export const runEnd = (tokens: Tokens, from: number, offset: number): number => {
  let to = from + 1;
  while (to < tokens.count && tokens.ends[to - 1]! < offset) to++;
  return to;
};

/** Whether token `index` directly follows the one before it, without a space. */
export const touches = (tokens: Tokens, index: number): boolean =>
  index > 0 && tokens.starts[index] === tokens.ends[index - 1];
