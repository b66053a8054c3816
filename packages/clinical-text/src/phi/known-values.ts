import type { PhiCategory } from '../engine.ts';
import { streetShortForms } from '../lexicon/nicknames.ts';
import { type Tokens, tokenAt } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';

/** Fewer letters and digits than this are in every text. */
const SHORTEST = 4;
/** Digits of a telephone number that are compared: prefixes are written in many ways. */
const CORE = 6;
/** Marks and spaces between two characters of a value. */
const WIDEST_GAP = 3;

interface Value {
  readonly plain: string;
  readonly category: PhiCategory;
  readonly pointer: string;
  readonly phone: boolean;
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
const plainOf = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Known numbers, codes, addresses: compared by letters and digits alone, however they are spaced. */
export class KnownValues {
  private readonly values: Value[] = [];

  add(value: string, category: PhiCategory, pointer: string): void {
    const plain = plainOf(value);
    if (plain.length >= SHORTEST) this.values.push({ plain, category, pointer, phone: false });
  }

  /** Without its international or national prefix, which notes write in other ways or leave out. */
  addPhone(value: string, pointer: string): void {
    const digits = value.replace(/\(0\)/, '').replace(/\D/g, '');
    const international = /^\s*(?:\+|00)/.test(value);
    const core = international
      ? digits.replace(/^0*/, '').slice(digits.length > 11 ? 2 : 1)
      : digits.replace(/^0+/, '');
    if (core.length >= CORE) this.values.push({ plain: core, category: 'PHONE', pointer, phone: true });
  }

  /** House number and street, the type of street in full, short, or left out. */
  addAddressLine(line: string, pointer: string): void {
    const words =
      line
        .normalize('NFC')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
    const last = words.at(-1) ?? '';
    const forms = [last];
    for (const [full, short] of Object.entries(streetShortForms))
      if (full === last || short.includes(last)) forms.push(full, ...short);
    const head = words.slice(0, -1).join('');
    for (const form of new Set(forms)) this.add(head + form, 'LOCATION', pointer);
    if (/\d/.test(head) && head.length > CORE) this.add(head, 'LOCATION', pointer);
  }

  find(tokens: Tokens): { readonly candidate: Candidate; readonly pointer: string }[] {
    if (this.values.length === 0) return [];
    const { source } = tokens;
    const places = new Uint32Array(source.length);
    const characters: string[] = [];
    for (let at = 0; at < source.length; at++) {
      const character = source[at]!;
      if (!/[\p{L}\p{N}\ud800-\udfff]/u.test(character)) continue;
      const small = character.toLowerCase();
      places[characters.length] = at;
      characters.push(small.length === 1 ? small : character);
    }
    const plain = characters.join('');
    return this.values.flatMap((value) => this.occurrences(tokens, plain, places, value));
  }

  private occurrences(
    tokens: Tokens,
    plain: string,
    places: Uint32Array,
    { plain: wanted, category, pointer, phone }: Value,
  ): { readonly candidate: Candidate; readonly pointer: string }[] {
    const found: { candidate: Candidate; pointer: string }[] = [];
    for (let at = plain.indexOf(wanted); at !== -1; at = plain.indexOf(wanted, at + 1)) {
      const last = at + wanted.length - 1;
      if (!isTogether(places, at, last)) continue;
      // Not part of a longer number or word; a telephone number may have a prefix.
      const begins = at === 0 || places[at]! - places[at - 1]! > 1 || isDigit(plain[at]!) !== isDigit(plain[at - 1]!);
      const ends =
        last + 1 >= plain.length ||
        places[last + 1]! - places[last]! > 1 ||
        isDigit(plain[last]!) !== isDigit(plain[last + 1]!);
      const prefixed = phone && /^\d{0,5}$/.test(digitsBefore(plain, places, at));
      if (!ends || !(begins || prefixed)) continue;
      const start = phone ? at - digitsBefore(plain, places, at).length : at;
      const from = tokenAt(tokens, places[start]!);
      const to = tokenAt(tokens, places[last]!) + 1;
      if (to > from) found.push({ candidate: { from, to, category, rule: 'known value', rank: RANK.known }, pointer });
    }
    return found;
  }
}

const isTogether = (places: Uint32Array, from: number, to: number): boolean => {
  for (let at = from; at < to; at++) if (places[at + 1]! - places[at]! > WIDEST_GAP) return false;
  return true;
};

/** The digits of a prefix that stand before a core number, at most five. */
const digitsBefore = (plain: string, places: Uint32Array, at: number): string => {
  let from = at;
  while (from > 0 && at - from < 5 && isDigit(plain[from - 1]!) && places[from]! - places[from - 1]! <= WIDEST_GAP)
    from--;
  return plain.slice(from, at);
};
