/**
 * The structure of a note, read before any rule: blocks hold items, items hold clauses. All places are token indices
 * (`[from, to)`) unless a member is a `Span`.
 *
 * How a rule reads it:
 * - Loop over `items`. A rule never looks beyond its item: a dose, a status word or a negation of one list entry, table
 *   cell, or question does not concern the next one.
 * - `item.key` is what the item is about ("Fever" in "Fever: none", "Creatinine" in a table row); `item.from` to
 *   `item.to` covers key and content. `item.content` is the first token after bullet, number, box and key.
 * - `item.answer` is the verdict that a form, a box or a sign gives on the item as a whole.
 * - `item.clauses` divide the item where an assertion ends: semicolons, contrasts, a new subject or verb.
 * - `sections[item.section]` is the section; `written` is false where the label was guessed from the words. A guessed
 *   section may rank candidates. It never asserts anything.
 */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

export type ItemKind = 'sentence' | 'list-item' | 'pair' | 'cell' | 'heading';

/** `yes` and `no` also stand for checked and unchecked boxes, for (+) and (-). */
export type Answer = 'yes' | 'no' | 'unknown';

export interface Item extends TokenRange {
  readonly kind: ItemKind;
  /** Index of the block: a run of lines without a blank line between them. */
  readonly block: number;
  /** Index in `Document.sections`; -1 before the first section. */
  readonly section: number;
  /** First token after bullet, number, box and key; equals `to` where the item has no content. */
  readonly content: number;
  readonly key: TokenRange | null;
  readonly answer: Answer | null;
  /** Where the answer stands; null where there is none. */
  readonly answerAt: TokenRange | null;
  readonly clauses: readonly TokenRange[];
}
