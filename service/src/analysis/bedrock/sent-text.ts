import type { Deidentified, Span } from '@healthcare-ai/clinical-text/engine';

/** The text that a model gets, and where its places are in the note. */
export interface SentText {
  readonly text: string;
  toNote(place: Span): Span;
}

export const wholeNote = (note: string): SentText => ({ text: note, toNote: (place) => place });

/** The de-identified text. A place that touches a replacement covers all of what was replaced. */
export function deidentifiedText(note: string, { text, spans }: Pick<Deidentified, 'text' | 'spans'>): SentText {
  /** Index of the last replacement that begins at or before a place of the sent text; -1 before the first. */
  const before = (at: number): number => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (spans[middle]!.outputStart <= at) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const place = (at: number, edge: 'start' | 'end'): number => {
    const span = spans[before(edge === 'start' ? at : at - 1)];
    if (span === undefined) return at;
    if (edge === 'start' ? at < span.outputEnd : at <= span.outputEnd) return edge === 'start' ? span.start : span.end;
    return at - span.outputEnd + span.end;
  };
  return {
    text,
    toNote: ({ start, end }) => {
      const [from, to] = [place(start, 'start'), place(end, 'end')];
      return { start: from, end: to, text: note.slice(from, to) };
    },
  };
}
