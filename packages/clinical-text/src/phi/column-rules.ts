import { numberColumns, personColumns, personTables } from '../lexicon/name-context.ts';
import { NUMBER, type Tokens } from '../text/tokens.ts';
import { type Candidate, RANK } from './candidate.ts';
import type { NameLexicon } from './name-lexicon.ts';

/** Most tokens of a name in a cell, and most rows that one heading names. */
const LONGEST = 7;
const MOST_ROWS = 200;

interface Cell {
  readonly from: number;
  readonly to: number;
}

interface Column {
  readonly at: number;
  /** Of names; else of numbers. */
  readonly names: boolean;
}

/** Names in a column that a heading names: "| Surname | Ward |", or cells apart by tabs. */
export class ColumnRules {
  private readonly columns: ReadonlySet<string> = new Set(personColumns);
  private readonly numbers: ReadonlySet<string> = new Set(numberColumns);
  private readonly tables: ReadonlySet<string> = new Set(personTables);
  private readonly lexicon: NameLexicon;

  constructor(lexicon: NameLexicon) {
    this.lexicon = lexicon;
  }

  find(tokens: Tokens): Candidate[] {
    const found: Candidate[] = [];
    if (!tokens.source.includes('|') && !tokens.source.includes('\t')) return found;
    let columns: readonly Column[] = [];
    let rows = 0;
    for (let from = 0; from < tokens.count; ) {
      const { cells, next } = lineAt(tokens, from);
      from = next;
      if (cells.length < 2) {
        columns = [];
        continue;
      }
      const named = this.headings(tokens, cells);
      if (named.length > 0) {
        columns = named;
        rows = 0;
        continue;
      }
      if (++rows > MOST_ROWS || columns.some(({ at, names }) => names && this.isLabel(tokens, cells[at]))) columns = [];
      for (const { at, names } of columns) {
        const cell = cells[at];
        if (cell === undefined) continue;
        if (!names && digitsOf(tokens, cell) > 1)
          found.push({ ...cell, category: 'OTHER_ID', rule: 'column of numbers', rank: RANK.label });
        if (names && this.isName(tokens, cell))
          found.push({ ...cell, category: 'NAME', rule: 'column of names', rank: RANK.title });
      }
    }
    return found;
  }

  /** The columns that hold names. A table of drugs has a "Name" too: another heading must be about people. */
  private headings(tokens: Tokens, cells: readonly Cell[]): Column[] {
    const texts = cells.map(({ from, to }) => (to - from > 3 ? '' : tokens.lower.slice(from, to).join(' ')));
    const ofPeople = texts.some((text) => this.tables.has(text));
    if (!ofPeople) return [];
    const columns = texts.map((text, at) => ({ at, names: this.columns.has(text), numbers: this.numbers.has(text) }));
    return columns.some(({ names }) => names) ? columns.filter(({ names, numbers }) => names || numbers) : [];
  }

  /** "| Diagnosis | CAP |": another table, without headings. */
  private isLabel(tokens: Tokens, cell: Cell | undefined): boolean {
    return cell !== undefined && cell.to === cell.from + 1 && this.lexicon.isNoSurname(tokens, cell.from);
  }

  private isName(tokens: Tokens, { from, to }: Cell): boolean {
    if (to === from || to - from > LONGEST || !this.lexicon.isCapital(tokens, from)) return false;
    for (let at = from; at < to; at++) if (tokens.kinds[at] === NUMBER) return false;
    return true;
  }
}

const digitsOf = (tokens: Tokens, { from, to }: Cell): number => {
  let digits = 0;
  for (let at = from; at < to && at - from < LONGEST; at++)
    if (tokens.kinds[at] === NUMBER) digits += tokens.lower[at]!.length;
  return digits;
};

/** The cells of the line that begins at a token. */
const lineAt = (tokens: Tokens, first: number): { readonly cells: readonly Cell[]; readonly next: number } => {
  const cells: Cell[] = [];
  let from = tokens.lower[first] === '|' ? first + 1 : first;
  let at = from;
  for (; at < tokens.count && (at === first || tokens.breaks[at] === 0); at++) {
    const bar = tokens.lower[at] === '|';
    if (bar || (at > from && isTabBefore(tokens, at))) {
      cells.push({ from, to: at });
      from = bar ? at + 1 : at;
    }
  }
  if (at > from) cells.push({ from, to: at });
  return { cells, next: Math.max(at, first + 1) };
};

const isTabBefore = (tokens: Tokens, at: number): boolean => {
  for (let place = tokens.ends[at - 1]!; place < tokens.starts[at]!; place++)
    if (tokens.source.charCodeAt(place) === 9) return true;
  return false;
};
