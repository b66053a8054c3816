import type { Answer, Item, ItemKind, TokenRange } from '../document.ts';
import type { Section } from '../engine.ts';
import { answers, bareAnswers } from '../lexicon/answers.ts';
import { afterGap, startsLine } from '../text/gaps.ts';
import { PhraseTrie } from '../text/phrase-trie.ts';
import { type Sentence, splitSentences, startsList } from '../text/sentences.ts';
import { NUMBER, type Tokens, touches, WORD } from '../text/tokens.ts';
import { type MarkedRange, markedRanges } from './marks.ts';

/** Words that a key or a question may have. */
const LONGEST_KEY = 8;

interface Pair {
  readonly key: TokenRange;
  readonly at: TokenRange;
  readonly answer: Answer;
}

const separators = new Set([':', '?', '-', '–', '—', '=']);
const endsAnswer = /^[.,;|)/!]$/;
const inKey = /^[-'’/&()]$/;

/** Divides a note into items: sentences, list entries, pairs of term and answer, boxes, rows of tables. */
export class ItemRules {
  private readonly answers = new PhraseTrie<Answer>();
  private readonly bare: ReadonlySet<string> = new Set(bareAnswers);

  constructor() {
    for (const answer of ['yes', 'no', 'unknown'] as const) this.answers.addAll(answers[answer], answer);
  }

  /** @param headings in order of place */
  divide(tokens: Tokens, headings: readonly TokenRange[], sections: readonly Section[]): Item[] {
    if (tokens.count === 0) return [];
    const cut = new Uint8Array(tokens.count + 1);
    for (const { from } of splitSentences(tokens)) cut[from] = 1;
    for (const { from } of headings) cut[from] = 1;
    const pairs: Pair[] = [];
    const marked: MarkedRange[] = [];
    const rows: TokenRange[] = [];
    for (let from = 0; from < tokens.count; ) {
      let to = from + 1;
      while (to < tokens.count && tokens.breaks[to] === 0) to++;
      this.readLine(tokens, { from, to }, cut, { pairs, marked, rows });
      from = to;
    }
    return build(tokens, cut, { pairs, marked, rows }, headings, sections, this);
  }

  private readLine(tokens: Tokens, line: TokenRange, cut: Uint8Array, found: Found): void {
    const { lower } = tokens;
    let bars = 0;
    let signs = false;
    for (let at = line.from; at < line.to; at++) {
      const mark = lower[at]!;
      if (tokens.kinds[at] === WORD || mark === '') continue;
      if (mark === '|') bars++;
      else if (mark === '(' || mark === '[' || mark === '+' || mark === '-' || mark > '\u2000') signs = true;
    }
    if (bars > 0) {
      cut[line.from] = 1;
      if (line.to < tokens.count) cut[line.to] = 1;
      for (let at = line.from + 1; at < line.to; at++) cut[at] = 0;
      found.rows.push(line);
      return;
    }
    enumerate(tokens, line, cut);
    if (signs) this.readMarks(tokens, line, cut, found);
    this.readPairs(tokens, line, cut, found.pairs);
  }

  private readMarks(tokens: Tokens, line: TokenRange, cut: Uint8Array, found: Found): void {
    const ranges = markedRanges(tokens, line.from, line.to);
    for (let index = 0; index < ranges.length; index++) {
      const range = ranges[index]!;
      const { mark } = range;
      const option = mark.box ? this.answers.longest(tokens, mark.to, range.to) : undefined;
      if (option !== undefined && endsOption(tokens, option.end, range.to)) {
        // "Fever: [ ] yes [x] no": the boxes are the answer's.
        const keyTo = lower(tokens, mark.from - 1) === ':' ? mark.from - 1 : mark.from;
        const keyFrom = keyStart(tokens, keyTo, lastCut(cut, mark.from - 1));
        let last = mark.answer === 'yes' ? option.value : undefined;
        let end = option.end;
        while (index + 1 < ranges.length) {
          const next = ranges[index + 1]!;
          const other = this.answers.longest(tokens, next.mark.to, next.to);
          if (next.from > end + 1 || other === undefined || !endsOption(tokens, other.end, next.to)) break;
          if (next.mark.answer === 'yes') last ??= other.value;
          end = other.end;
          index++;
        }
        cut[keyFrom] = 1;
        for (let at = keyFrom + 1; at < end; at++) cut[at] = 0;
        if (end < tokens.count) cut[end] = 1;
        found.pairs.push({
          key: { from: keyFrom, to: keyTo },
          at: { from: mark.from, to: end },
          answer: last ?? 'unknown',
        });
        continue;
      }
      cut[range.from] = 1;
      if (range.to < tokens.count) cut[range.to] = 1;
      found.marked.push(range);
    }
  }

  private readPairs(tokens: Tokens, line: TokenRange, cut: Uint8Array, pairs: Pair[]): void {
    let free = line.from;
    for (let at = line.from + 1; at < line.to - 1; at++) {
      const mark = tokens.lower[at]!;
      if (!separators.has(mark) || tokens.kinds[at] === WORD) continue;
      if (mark !== ':' && mark !== '?' && (touches(tokens, at) || touches(tokens, at + 1))) continue;
      const answer = this.answerAt(tokens, at + 1, line.to, mark);
      if (answer === undefined) continue;
      const from = keyStart(tokens, at, Math.max(free, lastCut(cut, at)));
      if (from >= at) continue;
      cut[from] = 1;
      for (let inner = from + 1; inner <= answer.end; inner++) if (inner < answer.end) cut[inner] = 0;
      pairs.push({ key: { from, to: at }, at: { from: at + 1, to: answer.end }, answer: answer.value });
      // "Diplopia - denied, headache - yes, at night": the next term is not part of this answer.
      if (/^[,;]$/.test(lower(tokens, answer.end)) && nextIsTerm(tokens, answer.end + 1, line.to))
        cut[answer.end + 1] = 1;
      free = answer.end;
      at = answer.end - 1;
    }
  }

  private answerAt(
    tokens: Tokens,
    from: number,
    to: number,
    separator: string,
  ): { readonly value: Answer; readonly end: number } | undefined {
    const match = this.answers.longest(tokens, from, to);
    if (match === undefined) return undefined;
    const { end } = match;
    const done = end >= to || afterGap(tokens, end);
    if (end === from + 1 && this.bare.has(tokens.lower[from]!))
      return done || endsPlain(tokens, end) ? match : undefined;
    if (done || endsAnswer.test(tokens.lower[end]!)) return match;
    if (separator === '-' || separator === '–' || separator === '—') return undefined;
    return nextIsKey(tokens, end, to) ? match : undefined;
  }

  /** The answer that a cell of a table is, if it is nothing else. */
  answerOf(tokens: Tokens, from: number, to: number): Answer | undefined {
    const match = this.answers.longest(tokens, from, to);
    return match !== undefined && match.end === to ? match.value : undefined;
  }
}

interface Found {
  readonly pairs: Pair[];
  readonly marked: MarkedRange[];
  readonly rows: TokenRange[];
}

const lower = (tokens: Tokens, at: number): string => tokens.lower[at] ?? '';

const endsPlain = (tokens: Tokens, at: number): boolean => /^[.,;]$/.test(lower(tokens, at));

const endsOption = (tokens: Tokens, end: number, to: number): boolean =>
  end >= to || (end === to - 1 && endsAnswer.test(lower(tokens, end)));

const lastCut = (cut: Uint8Array, before: number): number => {
  let at = before;
  while (at > 0 && cut[at] === 0) at--;
  return at;
};

/** The first word of the key before a separator. */
const keyStart = (tokens: Tokens, separator: number, first: number): number => {
  let from = separator;
  while (from > first && separator - from < LONGEST_KEY) {
    const before = from - 1;
    if (tokens.kinds[before] !== WORD && tokens.kinds[before] !== NUMBER && !inKey.test(lower(tokens, before))) break;
    if (from < separator && afterGap(tokens, from)) break;
    from--;
  }
  while (from < separator && tokens.kinds[from] !== WORD && tokens.kinds[from] !== NUMBER) from++;
  return from;
};

/** Whether a few words and a colon follow: "No Dyspnea: Yes". */
const nextIsTerm = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < Math.min(to, from + 5); at++) {
    if (separators.has(lower(tokens, at)) && !touches(tokens, at)) return at > from;
    if (tokens.kinds[at] !== WORD) return false;
  }
  return false;
};

const nextIsKey = (tokens: Tokens, from: number, to: number): boolean => {
  for (let at = from; at < Math.min(to, from + 5); at++) {
    if (lower(tokens, at) === ':') return at > from;
    if (tokens.kinds[at] !== WORD) return false;
  }
  return false;
};

/** Cuts before each number of a list that is written on one line: "1. fracture 2. pneumonia". */
const enumerate = (tokens: Tokens, { from, to }: TokenRange, cut: Uint8Array): void => {
  let expected = 1;
  for (let at = from; at < to - 2; at++) {
    if (tokens.kinds[at] !== NUMBER || tokens.lower[at] !== String(expected)) continue;
    const mark = tokens.lower[at + 1]!;
    if ((mark !== '.' && mark !== ')') || !touches(tokens, at + 1) || touches(tokens, at + 2)) continue;
    if (touches(tokens, at) && lower(tokens, at - 1) !== '(') continue;
    if (tokens.kinds[at + 2] !== WORD && lower(tokens, at + 2) !== '#') continue;
    const start = lower(tokens, at - 1) === '(' && touches(tokens, at) ? at - 1 : at;
    if (expected === 1 && start !== from && !/^[:.;,-]$/.test(lower(tokens, start - 1))) continue;
    if (expected > 1 || start === from) cut[start] = 1;
    cut[at + 1] = 0;
    if (at + 2 < to) cut[at + 2] = 0;
    if (expected > 1 && start !== at) cut[at] = 0;
    expected++;
  }
};

const build = (
  tokens: Tokens,
  cut: Uint8Array,
  { pairs, marked, rows }: Found,
  headings: readonly TokenRange[],
  sections: readonly Section[],
  rules: ItemRules,
): Item[] => {
  const items: Item[] = [];
  const pairOf = new Map(pairs.map((pair) => [pair.key.from, pair]));
  const markOf = new Map(marked.map((range) => [range.from, range]));
  const rowOf = new Set(rows.map(({ from }) => from));
  const headingOf = new Map(headings.map((heading) => [heading.from, heading]));
  let section = 0;
  for (let from = 0; from < tokens.count; ) {
    let to = from + 1;
    while (to < tokens.count && cut[to] === 0) to++;
    while (section < sections.length && sections[section]!.end <= tokens.starts[from]!) section++;
    const within = section < sections.length && sections[section]!.start <= tokens.starts[from]! ? section : -1;
    const place = { index: items.length, from, to, section: within };
    if (rowOf.has(from)) items.push(row(tokens, place, rules));
    else items.push(line(tokens, place, pairOf.get(from), markOf.get(from), headingOf));
    from = to;
  }
  return items;
};

type Place = Pick<Item, 'index' | 'from' | 'to' | 'section'>;

const row = (tokens: Tokens, place: Place, rules: ItemRules): Item => {
  const cells: TokenRange[] = [];
  let from = place.from;
  for (let at = place.from; at <= place.to; at++) {
    if (at < place.to && lower(tokens, at) !== '|') continue;
    if (at > from) cells.push({ from, to: at });
    from = at + 1;
  }
  const key = cells[0] ?? null;
  let answer: Answer | null = null;
  let answerAt: TokenRange | null = null;
  for (const cell of cells.slice(1)) {
    const value: Answer | undefined = answer === null ? rules.answerOf(tokens, cell.from, cell.to) : undefined;
    if (value !== undefined) {
      answer = value;
      answerAt = cell;
    }
  }
  return {
    ...place,
    kind: 'row',
    content: cells[1]?.from ?? place.to,
    key,
    answer,
    answerAt,
    clauses: cells.length > 0 ? cells : [{ from: place.from, to: place.to }],
  };
};

const line = (
  tokens: Tokens,
  place: Place,
  pair: Pair | undefined,
  marked: MarkedRange | undefined,
  headingOf: ReadonlyMap<number, TokenRange>,
): Item => {
  const { index, from, to, section } = place;
  let content = from;
  let kind: ItemKind = 'sentence';
  if (startsLine(tokens, from) && startsList(tokens, from)) {
    kind = 'list-item';
    content = tokens.kinds[from] === NUMBER ? Math.min(to, from + 2) : from + 1;
  }
  let key = pair?.key ?? null;
  const heading = headingOf.get(from) ?? headingOf.get(content);
  if (heading !== undefined && heading.to < to) {
    key ??= heading;
    content = heading.to;
    while (content < to && tokens.kinds[content] !== WORD && tokens.kinds[content] !== NUMBER) {
      if (lower(tokens, content) === '(' || lower(tokens, content) === '?' || lower(tokens, content) === '[') break;
      content++;
    }
  }
  if (pair !== undefined) {
    kind = 'pair';
    content = pair.at.from;
  } else if (marked !== undefined) {
    kind = 'box';
    if (marked.mark.from === from) content = marked.mark.to;
  }
  // No spread of `place`: it takes 8 % of the time of an analysis.
  return {
    index,
    from,
    to,
    section,
    kind,
    content: Math.min(content, to),
    key,
    answer: pair?.answer ?? marked?.mark.answer ?? null,
    answerAt: pair?.at ?? marked?.mark ?? null,
    clauses: clausesOf(tokens, place),
  };
};

const clausesOf = (tokens: Tokens, { from, to }: Sentence): TokenRange[] => {
  const clauses: TokenRange[] = [];
  let start = from;
  for (let at = from; at < to; at++) {
    if (lower(tokens, at) !== ';' || at === start) continue;
    clauses.push({ from: start, to: at });
    start = at + 1;
  }
  if (start < to || clauses.length === 0) clauses.push({ from: start, to });
  return clauses;
};
