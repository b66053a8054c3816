import { createHmac } from 'node:crypto';
import type { AnalysisOptions, PhiSpan } from '../engine.ts';
import { standInFamily, standInGiven, standInInstitutions, standInPlaces } from '../lexicon/stand-ins.ts';

const label = ({ category }: PhiSpan): string => `[${category}]`;

/** Bytes that depend on the seed, the category and the words, and on nothing else. */
const bytesOf = (seed: string, category: string, text: string): Buffer =>
  createHmac('sha256', seed).update(category).update('\0').update(text.toLowerCase()).digest();

const pick = (list: readonly string[], byte: number): string => list[byte % list.length]!;

const likeCase = (text: string, word: string): string =>
  text.length > 1 && text === text.toUpperCase() ? word.toUpperCase() : word;

/** Word by word, so that "Ellen Fry" and a later "Fry" stay one person. */
const standInName = (text: string, seed: string): string => {
  const names = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  return text.replace(/[\p{L}\p{M}]+/gu, (word) => {
    const bytes = bytesOf(seed, 'NAME', word);
    if (word.length === 1) return String.fromCharCode(65 + (bytes[0]! % 26));
    const list = names.length > 1 && word === names[0] && !text.includes(',') ? standInGiven : standInFamily;
    return likeCase(word, pick(list, bytes[0]!));
  });
};

/** Digits for digits and letters for letters, so that a form stays a form. */
const likeForm = (text: string, bytes: Buffer): string => {
  let at = 0;
  return text.replace(/[0-9A-Za-z]/g, (character) => {
    const byte = bytes[at++ % bytes.length]!;
    if (character >= '0' && character <= '9') return String(byte % 10);
    return String.fromCharCode((character >= 'a' ? 97 : 65) + (byte % 26));
  });
};

/** The replacement of a span in the de-identified text. @param movedDate the date at the span, where dates are moved */
export const replacementFor = (
  span: PhiSpan,
  { replacement = 'mask', surrogateSeed = '' }: AnalysisOptions,
  movedDate?: string,
): string => {
  if (span.category === 'DATE') return movedDate ?? label(span);
  if (replacement === 'mask') return label(span);
  const bytes = bytesOf(surrogateSeed, span.category, span.text);
  switch (span.category) {
    case 'NAME':
      return standInName(span.text, surrogateSeed);
    case 'LOCATION':
      return likeCase(span.text, pick(standInPlaces, bytes[0]!));
    case 'INSTITUTION':
      return likeCase(span.text, pick(standInInstitutions, bytes[0]!));
    case 'AGE_OVER_89':
      return '90+';
    case 'EMAIL':
      return `person${bytes.readUInt16BE(0)}@example.org`;
    case 'URL':
      return `https://example.org/${bytes.readUInt16BE(0)}`;
    case 'IP':
      return `192.0.2.${bytes[0]!}`;
    default:
      return likeForm(span.text, bytes);
  }
};
