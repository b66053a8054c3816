import { notDrawn } from '@healthcare-ai/access-tokens/not-drawn';
import * as z from 'zod';

/** What shows nothing in any script, for a class of a regular expression. */
const nothing = String.raw`\s\p{Cc}\p{Cf}${notDrawn}`;
const blank = new RegExp(`[${nothing}]`, 'gu');
const visible = new RegExp(`[^${nothing}]`, 'u');

/** The text without what shows nothing. */
export const visibleText = (text: string): string => text.replaceAll(blank, '');

/**
 * Text that is kept byte for byte. What neither UTF-8 nor PostgreSQL can hold is refused here, as is what is blank.
 *
 * @param max longest text, in Unicode code points
 * @param moreFaults a further fault of the text, without its words
 */
export const keptText = (max: number, description: string, moreFaults?: (text: string) => string | undefined) =>
  z
    .string('must be a string')
    .superRefine((text, context) => {
      const fault = textFault(text, max) ?? moreFaults?.(text);
      if (fault) context.addIssue({ code: 'custom', message: fault });
    })
    .meta({ description, minLength: 1, maxLength: max });

function textFault(text: string, max: number): string | undefined {
  // The number of UTF-16 units bounds that of code points, so most texts need not be counted.
  if (text.length > max && codePoints(text) > max) return `must have at most ${max} characters`;
  if (!visible.test(text)) return 'must not be blank';
  if (text.includes('\u0000')) return 'must not contain the character U+0000';
  if (!text.isWellFormed()) return 'must be well-formed Unicode, without lone surrogates';
  return undefined;
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = text.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        count -= 1;
        index += 1;
      }
    }
  }
  return count;
}
