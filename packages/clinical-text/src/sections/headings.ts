import { type SectionLabel, type Span, sectionLabels } from '../engine.ts';
import { sectionHeadings } from '../lexicon/section-headings.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, type Tokens, UPPER, WORD } from '../text/tokens.ts';

export interface Heading {
  readonly label: SectionLabel;
  readonly span: Span;
  /** How sure it is: alone on a line, in capitals, or before a colon. */
  readonly style: 'line' | 'capitals' | 'colon';
}

const decoration = new Set(['#', '*', '=', '-', '•', '_', '<', '[']);

/** Finds section headings by their words and by how they stand. Linear: each token begins at most one look-up. */
export class HeadingRules {
  private readonly headings = new PhraseTrie<SectionLabel>();

  constructor() {
    for (const label of sectionLabels) this.headings.addAll(sectionHeadings[label], label);
  }

  find(tokens: Tokens): Heading[] {
    const found: Heading[] = [];
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kinds[at] !== WORD || tokens.shapes[at] === LOWER) continue;
      const atLine = startsLine(tokens, at);
      if (!atLine && !(tokens.shapes[at] === UPPER && endsClause(tokens, at))) continue;
      const match = this.headings.longest(tokens, at, tokens.count);
      if (match === undefined || tokens.breaks.subarray(at + 1, match.end).some((breaks) => breaks > 0)) continue;
      const style = styleOf(tokens, at, match.end, atLine);
      if (style === undefined) continue;
      found.push({ label: match.value, span: tokenSpan(tokens, at, match.end), style });
      at = match.end - 1;
    }
    return found;
  }
}

const startsLine = (tokens: Tokens, at: number): boolean => {
  let from = at;
  // "## Plan", "**Plan**", "3. Plan": marks and numbers before a heading are not part of it.
  for (let steps = 0; steps < 4 && from > 0 && tokens.breaks[from] === 0; steps++) {
    const before = tokens.lower[from - 1]!;
    if (!decoration.has(before) && before !== '.' && before !== ')' && tokens.kinds[from - 1] !== NUMBER) return false;
    from--;
  }
  return from === 0 || tokens.breaks[from]! > 0;
};

const endsClause = (tokens: Tokens, at: number): boolean => {
  const before = tokens.lower[at - 1]!;
  return before === '.' || before === ';' || before === ':' || tokens.starts[at]! - tokens.ends[at - 1]! > 2;
};

const isCapitals = (tokens: Tokens, from: number, to: number): boolean => {
  let letters = 0;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] !== WORD) continue;
    if (tokens.lower[at]!.length > 1 && tokens.shapes[at] !== UPPER) return false;
    letters += tokens.lower[at]!.length;
  }
  return letters > 1;
};

const styleOf = (tokens: Tokens, from: number, to: number, atLine: boolean): Heading['style'] | undefined => {
  let after = to;
  while (
    after < tokens.count &&
    tokens.breaks[after] === 0 &&
    decoration.has(tokens.lower[after]!) &&
    tokens.lower[after] !== '-'
  )
    after++;
  const short = tokens.ends[to - 1]! - tokens.starts[from]! === 1;
  const colon = tokens.lower[after] === ':' && tokens.breaks[after] === 0;
  const capitals = isCapitals(tokens, from, to);
  if (colon && !atLine) return capitals && !short ? 'colon' : undefined;
  if (colon) return 'colon';
  const alone = atLine && (after >= tokens.count || tokens.breaks[after]! > 0);
  if (!alone || short) return undefined;
  return capitals ? 'capitals' : 'line';
};
