import { type SectionLabel, type Span, sectionLabels } from '../engine.ts';
import {
  bareHeadings,
  headingQualifiers,
  headingTails,
  noteTitles,
  sectionHeadings,
} from '../lexicon/section-headings.ts';
import { afterGap } from '../text/gaps.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { tokenSpan } from '../text/spans.ts';
import { LOWER, NUMBER, type Tokens, touches, UPPER, WORD } from '../text/tokens.ts';

export interface Heading {
  readonly label: SectionLabel;
  readonly span: Span;
  /** Tokens of its words. */
  readonly from: number;
  readonly to: number;
  /** How sure it is: alone on a line, in capitals, or before a colon. */
  readonly style: 'line' | 'capitals' | 'colon' | 'bare';
  /** A blank line or the note's start is before it. */
  readonly apart: boolean;
}

/** After an abbreviation they continue a sentence, so the abbreviation is no heading. */
const continuation =
  /^(?:of|and|is|was|as|includes?|including|significant|notable|positive|remarkable|unchanged|reviewed|per|from|for)$/;
const decoration = new Set(['#', '*', '=', '-', '•', '_', '<', '[']);
/** Tokens of a date or a remark between a heading and its colon. */
const LONGEST_REMARK = 8;

/** Finds section headings by their words and by their place. Linear: each token begins a bounded number of look-ups. */
export class HeadingRules {
  private readonly headings = new PhraseTrie<SectionLabel>();
  private readonly qualifiers = new PhraseTrie<true>().addAll(headingQualifiers, true);
  private readonly tails = new PhraseTrie<true>().addAll(headingTails, true);

  private readonly bare = new PhraseTrie<true>().addAll(bareHeadings, true);
  private readonly titles = new PhraseTrie<true>().addAll(noteTitles, true);

  constructor() {
    for (const label of sectionLabels) this.headings.addAll(sectionHeadings[label], label);
  }

  find(tokens: Tokens): Heading[] {
    const found: Heading[] = [];
    let bare = 0;
    for (let at = 0; at < tokens.count; at++) {
      if (tokens.kinds[at] !== WORD) continue;
      const atLine = startsLine(tokens, at);
      if (!atLine && !endsClause(tokens, at)) continue;
      const match = this.match(tokens, at);
      if (match === undefined) continue;
      const plain = styleOf(tokens, at, match.end, atLine);
      const style = plain ?? (this.isBare(tokens, at, match.end) ? 'bare' : undefined);
      if (style === undefined) continue;
      if (style === 'bare') bare++;
      const apart = at === 0 || tokens.breaks[lineFirst(tokens, at)]! > 1 || lineFirst(tokens, at) === 0;
      if (style === 'line' && tokens.shapes[at] === LOWER && match.end - at < 2 && !apart) continue;
      found.push({ label: match.value, span: tokenSpan(tokens, at, match.end), from: at, to: match.end, style, apart });
      at = match.end - 1;
    }
    // One abbreviation alone may begin a sentence: "PMH and medicines were reviewed".
    return bare === 1 ? found.filter(({ style }) => style !== 'bare') : found;
  }

  /** "O/E dry. Imp gastroenteritis.": abbreviations that are headings wherever they begin a statement. */
  private isBare(tokens: Tokens, from: number, to: number): boolean {
    if (this.bare.longest(tokens, from, to)?.end !== to || tokens.shapes[from] === LOWER) return false;
    return (
      to < tokens.count && tokens.kinds[to] === WORD && tokens.breaks[to] === 0 && !continuation.test(tokens.lower[to]!)
    );
  }

  /** A heading of the list, with the words around it that leave its meaning. */
  private match(tokens: Tokens, at: number): { readonly value: SectionLabel; readonly end: number } | undefined {
    if (this.onLine(this.titles, tokens, at) !== undefined) return undefined;
    let from = at;
    let match = this.onLine(this.headings, tokens, from);
    for (let skipped = 0; match === undefined && skipped < 2; skipped++) {
      const qualifier = this.onLine(this.qualifiers, tokens, from);
      if (qualifier === undefined) return undefined;
      from = qualifier.end;
      match = this.onLine(this.headings, tokens, from);
    }
    if (match === undefined) return undefined;
    let { end } = match;
    const joint = tokens.lower[end];
    if (end + 1 < tokens.count && tokens.breaks[end] === 0 && (joint === '/' || joint === '&' || joint === 'and')) {
      const second = this.onLine(this.headings, tokens, end + 1);
      if (second !== undefined) end = second.end;
    }
    const tail = end < tokens.count && tokens.breaks[end] === 0 ? this.onLine(this.tails, tokens, end) : undefined;
    return { value: match.value, end: tail?.end ?? end };
  }

  private onLine<T>(
    trie: PhraseTrie<T>,
    tokens: Tokens,
    from: number,
  ): { readonly value: T; readonly end: number } | undefined {
    const match = trie.longest(tokens, from, tokens.count);
    if (match === undefined) return undefined;
    for (let at = from + 1; at < match.end; at++) if (tokens.breaks[at]! > 0) return undefined;
    return match;
  }
}

/** The first token of a heading's line: marks and numbers before a heading ("## Plan", "3. Plan") are not part of it. */
const lineFirst = (tokens: Tokens, at: number): number => {
  let from = at;
  for (let steps = 0; steps < 4 && from > 0 && tokens.breaks[from] === 0; steps++) {
    const before = tokens.lower[from - 1]!;
    if (!decoration.has(before) && before !== '.' && before !== ')' && tokens.kinds[from - 1] !== NUMBER) break;
    from--;
  }
  return from;
};

const startsLine = (tokens: Tokens, at: number): boolean => {
  const from = lineFirst(tokens, at);
  return from === 0 || tokens.breaks[from]! > 0;
};

const endsClause = (tokens: Tokens, at: number): boolean => {
  const before = tokens.lower[at - 1]!;
  if (before === '.' || before === ';' || before === ':') return true;
  return afterGap(tokens, at) || ((before === ',' || before === ')') && tokens.shapes[at] === UPPER);
};

const isCapitals = (tokens: Tokens, from: number, to: number): boolean => {
  let letters = 0;
  for (let at = from; at < to; at++) {
    if (tokens.kinds[at] !== WORD) continue;
    // "ADRs"
    const plural = /^[A-Z]{2,}s$/.test(tokens.source.slice(tokens.starts[at]!, tokens.ends[at]!));
    if (tokens.lower[at]!.length > 1 && tokens.shapes[at] !== UPPER && !plural) return false;
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
  const lower = tokens.shapes[from] === LOWER;
  const colon = colonAfter(tokens, after, atLine);
  const capitals = isCapitals(tokens, from, to);
  // "pmhx: copd; dhx: symbicort"
  const listed = tokens.lower[from - 1] === ';';
  if (colon && !atLine) return short || (lower && to - from < 2 && !listed) ? undefined : 'colon';
  if (colon) return 'colon';
  if (!atLine || short) return undefined;
  // "[Allergies] latex", "**Plan** rest"
  const opened = tokens.lower[from - 1];
  if (opened === '[' ? tokens.lower[to] === ']' : opened === '*' && tokens.lower[to] === '*') return 'colon';
  // "--- LABS ---"
  if (opened === '-') while (after < tokens.count && tokens.breaks[after] === 0 && tokens.lower[after] === '-') after++;
  const alone = after >= tokens.count || tokens.breaks[after]! > 0;
  if (alone) return capitals ? 'capitals' : 'line';
  // "PMH - asthma", "Management- rest"
  const dash = tokens.lower[after] === '-' || tokens.lower[after] === '–';
  return dash && !lower && !touches(tokens, after + 1) && tokens.breaks[after + 1] === 0 ? 'colon' : undefined;
};

/** A colon directly after, or after a date or a remark in brackets: "Labs (3/14):". */
const colonAfter = (tokens: Tokens, from: number, remarks: boolean): boolean => {
  const limit = Math.min(tokens.count, from + LONGEST_REMARK);
  for (let at = from; at < limit && tokens.breaks[at] === 0; at++) {
    if (tokens.lower[at] === ':') return true;
    if (!remarks) return false;
    const inside = tokens.lower[from] === '(' || tokens.kinds[from] === NUMBER;
    if (!inside || (tokens.kinds[at] === WORD && tokens.lower[from] !== '(')) return false;
  }
  return false;
};
