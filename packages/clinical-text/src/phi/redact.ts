import type { AnalysisOptions, Deidentified, PhiSpan, Replacement } from '../engine.ts';
import type { MovedDate } from './date-rules.ts';
import { replacementFor } from './surrogates.ts';

/** The text with its PHI replaced, and where each replacement stands in it. */
export const redact = (
  note: string,
  spans: readonly PhiSpan[],
  options: AnalysisOptions,
  movedDates: ReadonlyMap<number, MovedDate> = new Map(),
): Deidentified => {
  const parts: string[] = [];
  const replaced: Replacement[] = [];
  let length = 0;
  let at = 0;
  for (const span of spans) {
    const kept = note.slice(at, span.start);
    const moved = movedDates.get(span.start);
    const replacement = replacementFor(span, options, moved?.end === span.end ? moved.text : undefined);
    length += kept.length;
    parts.push(kept, replacement);
    replaced.push({ ...span, replacement, outputStart: length, outputEnd: length + replacement.length });
    length += replacement.length;
    at = span.end;
  }
  parts.push(note.slice(at));
  return { text: parts.join(''), mode: options.mode ?? 'balanced', spans: replaced };
};
