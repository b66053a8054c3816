import type { Deidentified } from '../api/types.ts';

export type Replaced = Deidentified['spans'][number];

/** A stretch of a line that is drawn alike. */
export interface Piece {
  readonly text: string;
  /** The identifier that stands here, or the text in its place. */
  readonly replaced?: Replaced;
  /** True for words that may be an identifier, and were not replaced. */
  readonly kept?: boolean;
}

export interface AlignedLine {
  /** From 1. */
  readonly number: number;
  readonly original: readonly Piece[];
  readonly deidentified: readonly Piece[];
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly outputStart: number;
  readonly outputEnd: number;
  readonly replaced?: Replaced;
}

/**
 * Puts original and de-identified text side by side, line by line of the original. An identifier that goes over the end of
 * a line is on both lines of the original; the text in its place is on the first.
 *
 * @param kept places of the original that may be identifiers and were not replaced
 */
export function alignLines(
  text: string,
  deidentified: Pick<Deidentified, 'text' | 'spans'>,
  kept: readonly { readonly start: number; readonly end: number }[],
): AlignedLine[] {
  const runs = runsOf(text, deidentified, kept);
  const isKept = (start: number, end: number) => kept.some((one) => one.start <= start && end <= one.end);
  return linesOf(text).map(({ start, end }, index) => {
    const original: Piece[] = [];
    const output: Piece[] = [];
    for (const run of runs) {
      const from = Math.max(run.start, start);
      const to = Math.min(run.end, end);
      if (from >= to) continue;
      const words = text.slice(from, to);
      if (run.replaced) {
        original.push({ text: words, replaced: run.replaced });
        if (run.start >= start) {
          output.push({ text: deidentified.text.slice(run.outputStart, run.outputEnd), replaced: run.replaced });
        }
        continue;
      }
      const piece = { text: words, kept: isKept(from, to) };
      original.push(piece);
      output.push({
        ...piece,
        text: deidentified.text.slice(run.outputStart + from - run.start, run.outputStart + to - run.start),
      });
    }
    return { number: index + 1, original, deidentified: output };
  });
}

/** The whole text in order: what was replaced, and what was not, cut where something is kept. */
function runsOf(
  text: string,
  { text: output, spans }: Pick<Deidentified, 'text' | 'spans'>,
  kept: readonly { readonly start: number; readonly end: number }[],
): Run[] {
  const runs: Run[] = [];
  const cuts = kept.flatMap(({ start, end }) => [start, end]).sort((a, b) => a - b);
  const unchanged = (start: number, end: number, outputStart: number) => {
    const inside = cuts.filter((cut) => cut > start && cut < end);
    for (const [index, from] of [start, ...inside].entries()) {
      const to = inside[index] ?? end;
      if (from < to) {
        runs.push({
          start: from,
          end: to,
          outputStart: outputStart + from - start,
          outputEnd: outputStart + to - start,
        });
      }
    }
  };
  let [at, outputAt] = [0, 0];
  for (const replaced of spans.toSorted((a, b) => a.start - b.start)) {
    unchanged(at, replaced.start, outputAt);
    const { start, end, output_start: outputStart, output_end: outputEnd } = replaced;
    runs.push({ start, end, outputStart, outputEnd, replaced });
    [at, outputAt] = [end, outputEnd];
  }
  unchanged(at, text.length, outputAt);
  if (output.length - outputAt !== text.length - at)
    throw new Error('The spans do not lead from one text to the other.');
  return runs;
}

/** The lines without their ends, whichever form these have. */
function linesOf(text: string): { readonly start: number; readonly end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: index });
    start = index + end.length;
  }
  if (start < text.length || lines.length === 0) lines.push({ start, end: text.length });
  return lines;
}
