import type { TokenRange } from '../document.ts';
import { NUMBER, PUNCTUATION, type Tokens, touches, WORD } from '../text/tokens.ts';
import type { Substance } from './allergy-draft.ts';

export const afterBullet = (tokens: Tokens, from: number, limit: number): number => {
  let at = from;
  while (
    at < limit &&
    (/^[•\-*–·▪◦#>:.)]$/.test(tokens.lower[at]!) ||
      (tokens.kinds[at] === NUMBER && /^[.)]$/.test(tokens.lower[at + 1] ?? '')))
  )
    at++;
  return at;
};

/** A key at the start of a sentence: "Allergies:", "Drug allergies -", "ADRs:"; another key ends a list of allergies. */
export const listKeyOf = (
  tokens: Tokens,
  { from, to }: TokenRange,
): { readonly allergies: boolean; readonly drugs: boolean; readonly to: number } | null => {
  const start = afterBullet(tokens, from, to);
  let allergies = false;
  let drugs = false;
  for (let at = start; at < Math.min(to, start + 7); at++) {
    const word = tokens.lower[at]!;
    if (/^(?:allerg(?:y|ies|ic|ien)|intolerances?|adrs?|sensitivities|adverse)$/.test(word)) allergies = true;
    if (/^(?:drugs?|medications?|medicines?)$/.test(word)) drugs = true;
    if (word === ':' || ((word === '-' || word === '–') && allergies && !touches(tokens, at)))
      return at === start ? null : { allergies, drugs: drugs && allergies, to: at + 1 };
    if (
      tokens.kinds[at] === PUNCTUATION &&
      word !== '/' &&
      word !== '&' &&
      word !== '-' &&
      word !== '(' &&
      word !== ')'
    )
      return null;
  }
  return null;
};

/** Where another key begins within the sentence: "Allergies: penicillin Meds: aspirin". */
export const otherKeyFrom = (tokens: Tokens, from: number, to: number, substances: readonly Substance[]): number => {
  for (let at = from + 1; at < to; at++) {
    if (tokens.lower[at] !== ':') continue;
    const before = at - 1;
    if (substances.some((substance) => substance.from <= before && before < substance.to)) continue;
    if (
      /^(?:meds|medications?|medicines|drugs|history|hx|pmh|plan|dh|sh|fh|diagnosis|exam|vitals|obs|oe|pc|hpc|social|family|medicine|treatment|tta|ttos?)$/.test(
        tokens.lower[before]!,
      )
    ) {
      let key = before;
      while (
        key > from &&
        tokens.kinds[key - 1] === WORD &&
        tokens.starts[key]! - tokens.ends[key - 1]! < 2 &&
        before - key < 2 &&
        tokens.shapes[key] !== 1
      )
        key--;
      return key;
    }
  }
  return to;
};

/** "I reviewed this lady", "HOSPITAL DAY 1": begins a statement that is no entry of a list. */
export const beginsProse = (tokens: Tokens, from: number, to: number): boolean => {
  const first = tokens.lower[from];
  if (to - from < 3) return false;
  if (/^(?:i|we|he|she|they|this|mr|mrs|ms|miss|today|thank|dear|dictated|electronically)$/.test(first!)) return true;
  return (
    tokens.lower[from + 1] === 'day' && tokens.kinds[from + 2] === NUMBER && /^(?:hospital|post|icu)$/.test(first!)
  );
};

/** Whether a sentence of several words begins after a blank line. */
export const isNewParagraph = (tokens: Tokens, { from, to }: TokenRange): boolean => {
  if (tokens.breaks[from]! < 2 || tokens.lower[to - 1] !== '.') return false;
  let words = 0;
  for (let at = from; at < to; at++) if (tokens.kinds[at] === WORD) words++;
  return words > 3;
};
