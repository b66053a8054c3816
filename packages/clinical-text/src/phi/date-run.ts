import type { Tokens } from '../text/tokens.ts';

/** A number or a month name of a date, at its place in the text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/**
 * How sure it is that a run of tokens is a date. `sure` may be moved. `likely` is masked. `partial` becomes sure where
 * the note holds a full date. `weak` is masked in `recall-first` alone.
 */
type Evidence = 'sure' | 'likely' | 'partial' | 'weak';

/** A run of tokens `[from, to)` that reads as a date. */
export interface DateRun {
  readonly from: number;
  readonly to: number;
  readonly rule: string;
  readonly evidence: Evidence;
  readonly year?: Piece;
  readonly month?: Piece;
  readonly day?: Piece;
  /** Two figures, day and month in an order that the run does not show. */
  readonly pair?: readonly [Piece, Piece];
  /** "th" of "4th". */
  readonly suffix?: { readonly start: number; readonly end: number };
  /** The mark between figures: the order is voted for per note, and dots are day-first. */
  readonly mark?: string;
  /** A named day or a range: masked, not shifted. */
  readonly fixed?: boolean;
  /** A date of birth. */
  readonly birth: boolean;
}

/** A day and a month with dots, as German notes write them; also a number that ends a sentence. */
export const DOTTED_PART = 'day and month with dots';

/** A day and a month in figures that are a date only where the note holds a full date with the same mark. */
export const PAIR_BESIDE = 'month and day beside a date';

export type DateShape = Omit<DateRun, 'from' | 'birth'>;

export const pieceAt = (tokens: Tokens, at: number): Piece => ({
  start: tokens.starts[at]!,
  end: tokens.ends[at]!,
  value: Number(tokens.lower[at]),
});

export const piecesOf = (parts: readonly string[], start: number, gap = 1): Piece[] => {
  let from = start;
  return parts.map((part) => {
    const piece = { start: from, end: from + part.length, value: Number(part) };
    from = piece.end + gap;
    return piece;
  });
};
