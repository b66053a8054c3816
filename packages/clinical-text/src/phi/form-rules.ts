import type { PhiCategory } from '../engine.ts';
import { type IdentifierForm, identifierForms, vehicleWords } from '../lexicon/identifier-forms.ts';
import { LOWER, NUMBER, PUNCTUATION, runEnd, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';
import { userNameEnd, valueEnd } from './identifier-value.ts';
import { spelledAddress } from './spelled-rules.ts';

const inUrl: ReadonlySet<string> = new Set(['.', '/', '-', '_', '?', '=', '&', '%', '#', ':', '~', '+', '@']);
/** Longest e-mail address on either side, in tokens. */
const LONGEST = 14;
const LONGEST_URL = 80;
/** Tokens before a plate in which a word of vehicles counts. */
const VEHICLE_NEAR = 10;
/** Most tokens of a telephone number. */
const LONGEST_PHONE = 16;
/** Most letters with which a form begins. */
const LONGEST_LETTERS = 5;
/** Shortest name of a person on a network. */
const SHORTEST_HANDLE = 3;

/** No form begins with one or two figures and a space, nor with a decimal: most numbers of a note. */
const mayBegin = (tokens: Tokens, at: number): boolean => {
  const figures = tokens.lower[at]!;
  return figures.length > 2 ? figures.length > 5 || !figures.includes('.') : touches(tokens, at + 1);
};

/** Fewest digits of a form that has no check digit. */
const LEAST_DIGITS = { none: 0, luhn: 0, nhs: 0, 'four digits': 4, 'eight digits': 8, 'ten digits': 10 } as const;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Identifiers that their form alone gives away. */
export class FormRules {
  private readonly byFirst: Readonly<Record<IdentifierForm['begins'], readonly IdentifierForm[]>> = {
    digit: identifierForms.filter(({ begins }) => begins === 'digit'),
    capital: identifierForms.filter(({ begins }) => begins === 'capital'),
  };
  private readonly vehicles: ReadonlySet<string> = new Set(vehicleWords);

  at(tokens: Tokens, at: number): Candidate | undefined {
    const word = tokens.lower[at]!;
    if (tokens.lower[at + 1] === ':' && word.length < 5 && touches(tokens, at + 1)) {
      const found = hexadecimal(tokens, at);
      if (found !== undefined) return found;
    }
    if (tokens.kinds[at] === WORD) {
      if (word === '') return undefined;
      if (word === 'u' && tokens.lower[at + 1] === '/') return handle(tokens, at + 1, at);
      const found = url(tokens, at);
      if (found !== undefined) return found;
      // Each of these forms has a figure within its first five characters.
      const { source, starts } = tokens;
      if (
        tokens.shapes[at] === LOWER ||
        word.length > LONGEST_LETTERS ||
        !/^\P{L}{0,2}\d/u.test(source.slice(tokens.ends[at]!, tokens.ends[at]! + 3))
      )
        return undefined;
      return at > 0 && touches(tokens, at) && isDigit(source.charCodeAt(starts[at]! - 1))
        ? undefined
        : this.form(tokens, at, 'capital');
    }
    if (tokens.kinds[at] === PUNCTUATION) {
      if (word === '@') return email(tokens, at) ?? handle(tokens, at);
      if (/^[[({]$/.test(word) && tokens.lower[at + 1] === 'at' && /^[\])}]$/.test(tokens.lower[at + 2] ?? '')) {
        const address = spelledAddress(tokens, at, at + 3);
        if (address !== undefined) return address;
      }
      return word === '(' || word === '+' ? (phone(tokens, at) ?? numeric(tokens, at)) : undefined;
    }
    if (tokens.kinds[at] === NUMBER)
      return this.inside(tokens, at)
        ? undefined
        : ((mayBegin(tokens, at) ? this.form(tokens, at, 'digit') : undefined) ??
            phone(tokens, at) ??
            numeric(tokens, at));
    return undefined;
  }

  /** Part of a longer word or code. */
  private inside(tokens: Tokens, at: number): boolean {
    return at > 0 && touches(tokens, at) && (tokens.kinds[at - 1] !== PUNCTUATION || tokens.lower[at - 1] === '*');
  }

  private form(tokens: Tokens, at: number, begins: IdentifierForm['begins']): Candidate | undefined {
    const start = tokens.starts[at]!;
    for (const { category, rule, pattern, check, vehicle, recallOnly } of this.byFirst[begins]) {
      pattern.lastIndex = start;
      const match = pattern.exec(tokens.source)?.[0];
      if (match === undefined) continue;
      const digits = match.replace(/\D/g, '');
      if (
        (check === 'nhs' && !isNhsNumber(digits)) ||
        (check === 'luhn' && !isLuhn(digits)) ||
        digits.length < LEAST_DIGITS[check ?? 'none']
      )
        continue;
      const near = vehicle === true && this.isNearVehicle(tokens, at);
      if (vehicle === true && !near && recallOnly !== true) continue;
      const to = runEnd(tokens, at, start + match.length);
      if (tokens.ends[to - 1] !== start + match.length) continue;
      return { from: at, to, category, rule, rank: RANK.form, recallOnly: recallOnly === true && !near };
    }
    return undefined;
  }

  private isNearVehicle(tokens: Tokens, at: number): boolean {
    for (let back = at - 1; back >= Math.max(0, at - VEHICLE_NEAR); back--)
      if (this.vehicles.has(tokens.lower[back]!)) return true;
    // "hit by BV17 KLO, her own car"
    for (let next = at + 1; next < Math.min(tokens.count, at + VEHICLE_NEAR); next++)
      if (/^(?:car|van|lorry|truck|motorbike|taxi|reg|plate|driver)$/.test(tokens.lower[next]!)) return true;
    return false;
  }
}

const ipv6 = /(?:[\da-f]{1,4}:){2,7}(?::?[\da-f]{1,4}){1,6}(?![\da-z:])/iy;
const mac = /(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\da-z:])/iy;

/** An address of a network or of its card. "12:30:45" is a time. */
const hexadecimal = (tokens: Tokens, at: number): Candidate | undefined => {
  if (at > 0 && touches(tokens, at) && tokens.kinds[at - 1] !== PUNCTUATION) return undefined;
  const start = tokens.starts[at]!;
  for (const [pattern, category, rule] of [
    [mac, 'DEVICE', 'hardware address'],
    [ipv6, 'IP', 'IPv6 address'],
  ] as const) {
    pattern.lastIndex = start;
    const match = pattern.exec(tokens.source)?.[0];
    if (match === undefined || (rule === 'IPv6 address' && !/[a-f].*:|:.*[a-f]|(?:[^:]*:){6}/i.test(match))) continue;
    return { from: at, to: runEnd(tokens, at, start + match.length), category, rule, rank: RANK.form };
  }
  return undefined;
};

/** Check digit of the National Health Service number, modulo 11. */
const isNhsNumber = (digits: string): boolean => {
  let sum = 0;
  for (let at = 0; at < 9; at++) sum += Number(digits[at]) * (10 - at);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
};

/** https://en.wikipedia.org/wiki/Luhn_algorithm */
const isLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const value = Number(digits[at]) * (double ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
};

/**
 * A telephone number with its national or international prefix: "0800 555 111", "(020) 7946 0733", "0044 20 7946 0011",
 * "+44 (0)161 496 0345", "1300 555 123", "0711/5550199".
 */
const phone = (tokens: Tokens, from: number): Candidate | undefined => {
  if (from > 0 && touches(tokens, from) && tokens.kinds[from - 1] === NUMBER) return undefined;
  let digits = '';
  let groups = 0;
  let to = from;
  let at = from;
  for (; at < tokens.count && at - from < LONGEST_PHONE; at++) {
    const word = tokens.lower[at]!;
    const gap = at === from ? 0 : tokens.starts[at]! - tokens.ends[at - 1]!;
    if (gap > 1 || (at > from && tokens.breaks[at]! > 0)) break;
    if (tokens.kinds[at] === NUMBER) {
      const figures = word.replaceAll('.', '');
      if (/\D/.test(figures) || digits.length + figures.length > 15) break;
      if (/\./.test(word) && !/^\d{2,5}(?:\.\d{2,4})+$/.test(word)) break;
      digits += figures;
      groups++;
      to = at + 1;
    } else if (!/^[-()/+–]$/.test(word) || (word === '+' && at !== from)) break;
  }
  if (/^[(+]/.test(tokens.lower[from]!) === false && tokens.kinds[from] !== NUMBER) return undefined;
  if (touches(tokens, to) && (tokens.kinds[to] === WORD || tokens.lower[to] === '%')) return undefined;
  const international = tokens.lower[from] === '+' || (tokens.lower[from] === '(' && tokens.lower[from + 1] === '+');
  const first = tokens.lower[from] === '(' ? (tokens.lower[from + 1] ?? '') : tokens.lower[from]!;
  const count = digits.length;
  const rule =
    international && count > 7
      ? 'international form'
      : /^00[1-9]/.test(digits) && count > 9 && first.length > 2
        ? 'international form'
        : /^0[1-9]/.test(digits) && count > 8 && count < 13 && first.length > 1 && (groups > 1 || count > 9)
          ? 'national form'
          : /^1(?:300|8[059]0)/.test(digits) && count === 10 && first.length === 4
            ? 'service number'
            : undefined;
  if (rule === undefined) return undefined;
  if (tokens.lower[to] === ')' && tokens.lower[from] === '(' && touches(tokens, to)) to++;
  return { from, to: extensionEnd(tokens, to), category: 'PHONE', rule, rank: RANK.form };
};

/** "x 331", "extn 4" after a telephone number. */
const extensionEnd = (tokens: Tokens, from: number): number => {
  let at = tokens.lower[from] === ',' ? from + 1 : from;
  if (!/^(?:x|ext|extn|extension|durchwahl|dw)$/.test(tokens.lower[at] ?? '')) return from;
  at++;
  if (/^[.:#]$/.test(tokens.lower[at] ?? '')) at++;
  return /^\d{1,6}$/.test(tokens.lower[at] ?? '') && tokens.breaks[at] === 0 ? at + 1 : from;
};

/** "@blue.heron_77": not "@ 0840", not "@home". */
const handle = (tokens: Tokens, at: number, start = at): Candidate | undefined => {
  const from = at + 1;
  if ((start > 0 && touches(tokens, start) && tokens.kinds[start - 1] !== PUNCTUATION) || !touches(tokens, from))
    return undefined;
  if (tokens.kinds[from] !== WORD) return undefined;
  const to = userNameEnd(tokens, from, LONGEST);
  return to > from + 1 && tokens.ends[to - 1]! - tokens.starts[from]! >= SHORTEST_HANDLE
    ? { from, to, category: 'OTHER_ID', rule: 'name on a network', rank: RANK.form }
    : undefined;
};

const email = (tokens: Tokens, at: number): Candidate | undefined => {
  let from = at;
  while (
    from > 0 &&
    at - from < LONGEST &&
    touches(tokens, from) &&
    (tokens.kinds[from - 1] !== PUNCTUATION || /^[._%+-]$/.test(tokens.lower[from - 1]!))
  )
    from--;
  let to = at + 1;
  while (
    to < tokens.count &&
    to - at < LONGEST &&
    touches(tokens, to) &&
    (tokens.kinds[to] !== PUNCTUATION || (/^[.-]$/.test(tokens.lower[to]!) && touches(tokens, to + 1)))
  )
    to++;
  return from < at && to > at + 1
    ? { from, to, category: 'EMAIL', rule: 'e-mail address', rank: RANK.form }
    : undefined;
};

const url = (tokens: Tokens, at: number): Candidate | undefined => {
  const mark = tokens.lower[at + 1];
  if (mark !== ':' && mark !== '.') return undefined;
  const word = tokens.lower[at]!;
  const scheme = /^(?:https?|ftp)$/.test(word) && tokens.lower[at + 1] === ':' && tokens.lower[at + 2] === '/';
  const bare = word === 'www' && tokens.lower[at + 1] === '.';
  const domain =
    tokens.lower[at + 1] === '.' &&
    touches(tokens, at + 1) &&
    touches(tokens, at + 2) &&
    /^(?:com|org|net|edu|gov|io|info|health)$/.test(tokens.lower[at + 2] ?? '');
  // "thewrenletters.wordpress.example"
  const hosted =
    at + 4 < tokens.count &&
    tokens.lower[at + 3] === '.' &&
    tokens.kinds[at + 4] === WORD &&
    word.length > 2 &&
    tokens.lower[at + 2]!.length > 2 &&
    [at + 1, at + 2, at + 3, at + 4].every(
      (part) => touches(tokens, part) && (tokens.kinds[part] !== WORD || tokens.shapes[part] === LOWER),
    ) &&
    tokens.shapes[at] === LOWER &&
    tokens.lower[at + 1] === '.' &&
    tokens.kinds[at + 2] === WORD;
  if (!scheme && !bare && !domain && !hosted) return undefined;
  let to = at + 1;
  while (
    to < tokens.count &&
    to - at < LONGEST_URL &&
    touches(tokens, to) &&
    (tokens.kinds[to] !== PUNCTUATION || inUrl.has(tokens.lower[to]!))
  )
    to++;
  while (tokens.kinds[to - 1] === PUNCTUATION && tokens.lower[to - 1] !== '/') to--;
  return { from: at, to, category: 'URL', rule: 'web address', rank: RANK.form };
};

const numeric = (tokens: Tokens, from: number): Candidate | undefined => {
  const word = tokens.lower[from]!;
  const found = (to: number, category: PhiCategory, rule: string, recallOnly = false): Candidate => ({
    from,
    to,
    category,
    rule,
    rank: recallOnly || category === 'OTHER_ID' ? RANK.label : RANK.form,
    recallOnly,
  });
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(word)) return found(from + 1, 'IP', 'four octets');
  if (/^\d{3}\.\d{3}\.\d{4}$/.test(word)) return found(from + 1, 'PHONE', 'dotted number');
  const to = valueEnd(tokens, from);
  const start = tokens.starts[from]!;
  if (to === from || tokens.ends[to - 1]! - start > 40) return undefined;
  const text = tokens.source.slice(start, tokens.ends[to - 1]!);
  if (/^(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. /])\d{3}[-. ]\d{4}$/.test(text))
    return found(extensionEnd(tokens, to), 'PHONE', 'form');
  if (/^\d{3}-\d{4}$/.test(text)) return found(to, 'PHONE', 'seven digits');
  // "0224-017": a quantity begins with no naught, and "0800-1200" are hours.
  if (
    /^\d{3,}-\d{3,}$/.test(text) &&
    /(?:^|-)0\d/.test(text) &&
    text.length > 7 &&
    !/^[012]\d[0-5]\d-[012]\d[0-5]\d$/.test(text)
  )
    return found(to, 'OTHER_ID', 'number with a naught before it');
  if (/^\d{7,}$/.test(word)) return found(from + 1, 'OTHER_ID', 'long number');
  if (/^\d{6}$/.test(word) && !isCount(tokens.lower[from + 1]))
    return found(from + 1, 'OTHER_ID', 'six digits', isResult(tokens, from));
  return undefined;
};

/** "Plt 145000": after a name of a test or a sign the figures are a result. */
const isResult = (tokens: Tokens, at: number): boolean => {
  const before = tokens.lower[at - 1] ?? ':';
  return (
    tokens.kinds[at - 1] === PUNCTUATION ||
    tokens.shapes[at - 1] === UPPER ||
    /^(?:plts?|platelets?|count|cells?|load|copies|bnp|ferritin|of|to|was|is|about|over|under|than|cost|earns)$/.test(
      before,
    )
  );
};

const isCount = (word: string | undefined): boolean =>
  word !== undefined && /^(?:\/|cells?|copies|units?|platelets|iu|ml|mm|ul)$/.test(word);
