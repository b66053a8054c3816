import type { Section, SectionLabel } from './engine.ts';
import type { Tokens } from './text/tokens.ts';

/**
 * The structure of a note, read before any rule: sections hold items, items hold clauses. All places are token indices
 * (`[from, to)`) of `tokens` unless a member is a `Span`.
 *
 * How a rule reads it:
 * - Loop over `items`. A rule never looks beyond its item: a dose, a status word or a negation of one list entry, table
 *   row, or question does not concern the next one.
 * - `item.key` is what the item is about ("Fever" in "Fever: none", the first cell of a table row, a heading on the same
 *   line); `item.content` is the first token after bullet, number, box, sign and key.
 * - `item.answer` is the verdict that a form, a box or a sign gives on the item as a whole.
 * - `item.clauses` divide the item at semicolons and cell borders.
 * - `sections[item.section]` is the section. Its `heading` is null where its label was guessed from the words. A guessed
 *   section may rank candidates. It never asserts anything: use `writtenLabel`.
 * - `inHeading[token]` is 1 for the words of section headings, which are no findings.
 */
export interface Document {
  readonly tokens: Tokens;
  readonly sections: readonly Section[];
  readonly items: readonly Item[];
  readonly inHeading: Uint8Array;
}

export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** `box`: an item with a check box or a sign; `row`: a line of a table. */
export type ItemKind = 'sentence' | 'list-item' | 'pair' | 'box' | 'row';

/** `yes` and `no` also stand for checked and unchecked boxes, for (+) and (-). */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Item extends TokenRange {
  readonly kind: ItemKind;
  /** Index in `Document.items`. */
  readonly index: number;
  /** Index in `Document.sections`; -1 outside every section. */
  readonly section: number;
  /** First token after bullet, number, box, sign and key; equals `to` where the item has no content. */
  readonly content: number;
  readonly key: TokenRange | null;
  readonly answer: Answer | null;
  /** The words, box or sign of the answer; null if there is none. */
  readonly answerAt: TokenRange | null;
  readonly clauses: readonly TokenRange[];
}

/** The label of the section of an item, if the note wrote it; null if it was guessed or is missing. */
export const writtenLabel = ({ sections }: Document, { section }: Item): SectionLabel | null => {
  const of = sections[section];
  return of === undefined || of.heading === null ? null : of.label;
};
