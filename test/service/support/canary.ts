import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Words that occur nowhere else, to be put wherever a client can put words. Each place gets one of its own, so that a
 * leak names where it came from.
 */
export interface Canary {
  /** A word of ASCII letters and digits for this place. */
  word(place: string): string;
  /** Words with a blank and letters beyond ASCII for this place. */
  phrase(place: string): string;
  /** Where a canary is in these bytes, and in which form; nothing when none exists. */
  findIn(bytes: Uint8Array | string): string[];
}

export function createCanary(): Canary {
  const random = () =>
    randomBytes(12)
      .toString('hex')
      .replaceAll(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!);
  const word = `Zq${random()}`;
  const phrase = `Frau Müller-${random()}`;
  const forms = [...formsOf(word), ...formsOf(phrase)];
  const places: string[] = [];
  const numbered = (base: string, place: string) => `${base}${String(places.push(place) - 1).padStart(4, '0')}`;
  return {
    word: (place) => numbered(word, place),
    phrase: (place) => numbered(phrase, place),
    findIn(bytes) {
      const buffer =
        typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      return forms.flatMap(({ name, pattern }) => {
        const at = buffer.indexOf(pattern);
        if (at < 0) return [];
        const number = /^\d{4}/.exec(buffer.toString('latin1', at + pattern.length, at + pattern.length + 4))?.[0];
        const around = buffer.toString('latin1', Math.max(0, at - 60), at + pattern.length + 40);
        return [`${name} of ${places[Number(number)] ?? 'some place'}: …${around}…`];
      });
    },
  };
}

interface Form {
  readonly name: string;
  readonly pattern: Buffer;
}

/** How a text may stand in bytes: plain in several encodings, escaped, and as hex and base64 wherever it begins there. */
export function formsOf(text: string): Form[] {
  const utf8 = Buffer.from(text, 'utf8');
  const escaped = [...text].map((c) => (c < '\u0080' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`));
  const texts: [string, string][] = [
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
    ['JSON escapes', escaped.join('')],
    ['URL encoding', encodeURIComponent(text)],
    ['form encoding', new URLSearchParams({ a: text }).toString().slice(2)],
    ['hex', utf8.toString('hex')],
    ['upper hex', utf8.toString('hex').toUpperCase()],
    ['hex of latin1', Buffer.from(text, 'latin1').toString('hex')],
    ...[0, 1, 2].flatMap((offset): [string, string][] => [
      [`base64 at ${offset}`, base64At(utf8, offset, 'base64')],
      [`base64url at ${offset}`, base64At(utf8, offset, 'base64url')],
    ]),
  ];
  return [
    { name: 'UTF-8', pattern: utf8 },
    { name: 'Latin-1', pattern: Buffer.from(text, 'latin1') },
    { name: 'UTF-16', pattern: Buffer.from(text, 'utf16le') },
    { name: 'double UTF-8', pattern: Buffer.from(utf8.toString('latin1'), 'utf8') },
    ...texts.map(([name, form]) => ({ name, pattern: Buffer.from(form, 'utf8') })),
  ];
}

/** The characters of base64 that the bytes alone decide, when so many others stand before them. */
function base64At(bytes: Buffer, offset: number, encoding: 'base64' | 'base64url'): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString(encoding);
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/** Every file below a folder that holds a canary, and in which form. */
export function leaksIn(folder: string, canary: Canary): { leaks: string[]; bytes: number } {
  const leaks: string[] = [];
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const content = contentOf(path);
    bytes += content.length;
    leaks.push(...canary.findIn(content).map((leak) => `${path}: ${leak}`));
  }
  return { leaks, bytes };
}

/** Of a file that a server which runs has removed meanwhile, nothing is left to be found. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
