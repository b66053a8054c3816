import type { TokenRange } from '../document.ts';
import { relatives } from '../lexicon/medication-status.ts';
import type { Tokens } from '../text/tokens.ts';

/** In a note of a child these are the patient. */
const maybePatients: ReadonlySet<string> = new Set(['child', 'children', 'twin']);
const words: ReadonlySet<string> = new Set(
  relatives.flatMap((relative) => relative.split(' ')).filter((word) => !maybePatients.has(word)),
);
/** Tokens from the relative to what is said of it. */
const REACH = 7;
const attributes =
  /^(?:latest|last|most|recent|own|serum|fasting|blood|random|code|status|is|was|were|are|had|has|have|been|made|a|an|also|always|currently|with|:)$/;

/** "Her mother was DNR", "father's HbA1c": whether what is at a token is said of a relative. */
export const isOfRelative = (tokens: Tokens, { from }: TokenRange, at: number): boolean => {
  let said = false;
  // "Discussed with her daughter: DNR": what follows is of the patient.
  let colon = false;
  for (let before = at - 1; before >= Math.max(from, at - REACH); before--) {
    const word = tokens.lower[before]!;
    const possessive = word === 's' && /^['’]$/.test(tokens.lower[before - 1] ?? '') && before - 2 >= from;
    if (possessive) return words.has(tokens.lower[before - 2]!);
    if (words.has(word)) return said && !colon && !isSource(tokens, from, before);
    if (!attributes.test(word)) return false;
    colon ||= word === ':';
    said ||= /^(?:is|was|were|are|had|has|have)$/.test(word);
  }
  return false;
};

/** "Per wife is DNR": the relative only says so. */
const isSource = (tokens: Tokens, from: number, relative: number): boolean => {
  let at = relative - 1;
  while (at >= from && /^(?:his|her|their|the|patient|'|’|s)$/.test(tokens.lower[at]!)) at--;
  return at >= from && /^(?:per|with|by|from|to|of|via|and)$/.test(tokens.lower[at]!);
};
