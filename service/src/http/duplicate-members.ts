/**
 * Whether an object of a JSON text has two members of one name, of which `JSON.parse` keeps the last alone: two readers
 * of the text could take two different notes from it (RFC 8259, 4).
 *
 * Each member has one colon outside of strings, so a text with more colons than the parsed value has members has one
 * twice. Strings are skipped with `indexOf`, which costs a note of 2 kB less than a microsecond.
 *
 * @param value what `JSON.parse` made of the text
 */
export function hasDuplicateMembers(text: string, value: unknown): boolean {
  return countColons(text) !== countMembers(value);
}

function countColons(text: string): number {
  let colons = 0;
  let at = 0;
  for (;;) {
    const open = text.indexOf('"', at);
    const until = open < 0 ? text.length : open;
    for (; at < until; at++) if (text.charCodeAt(at) === 0x3a) colons += 1;
    if (open < 0) return colons;
    at = endOfString(text, open) + 1;
  }
}

/** Index of the quotation mark that ends the string: the first one that is not escaped. */
function endOfString(text: string, open: number): number {
  for (let close = open; ; ) {
    close = text.indexOf('"', close + 1);
    if (close < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return close;
  }
}

/** Members of all objects within. Without recursion: a body may nest deeper than the stack. */
function countMembers(value: unknown): number {
  let members = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next !== 'object' || next === null) continue;
    const values = Object.values(next);
    if (!Array.isArray(next)) members += values.length;
    for (const inner of values) if (typeof inner === 'object') left.push(inner);
  }
  return members;
}
