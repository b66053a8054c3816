import type { Analysis, Span } from '@healthcare-ai/clinical-text/engine';

const overlapFaults = (kind: string, spans: readonly Span[]): string[] => {
  const faults: string[] = [];
  for (let at = 1; at < spans.length; at++) {
    if (spans[at]!.start < spans[at - 1]!.end) faults.push(`${kind} ${at} overlaps or precedes the one before it`);
  }
  return faults;
};

const spanFaults = (kind: string, note: string, spans: readonly Span[]): string[] =>
  spans.flatMap(({ start, end, text }, at) =>
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    start >= 0 &&
    start < end &&
    end <= note.length &&
    note.slice(start, end) === text
      ? []
      : [`${kind} ${at}: [${start}, ${end}) does not give its text`],
  );

/**
 * What is wrong with an analysis of a note, by kind and number, never quoting it; empty when every item's offsets give
 * its text, items of a kind stand in order without overlap, and the de-identified text is the note with its
 * replacements and nothing else changed.
 */
export const faultsOf = (note: string, analysis: Analysis): string[] => {
  const { sections, findings, medications, vitals, labs, ages, sexes, phi, deidentified, summary } = analysis;
  const kinds: Readonly<Record<string, readonly Span[]>> = {
    sections,
    findings,
    medications,
    vitals,
    labs,
    ages,
    sexes,
    phi,
    summary: summary.sentences,
    replacements: deidentified.spans,
  };
  const faults = Object.entries(kinds).flatMap(([kind, spans]) => [
    ...spanFaults(kind, note, spans),
    ...overlapFaults(kind, spans),
  ]);
  faults.push(
    ...spanFaults(
      'heading',
      note,
      sections.flatMap(({ heading }) => (heading === null ? [] : [heading])),
    ),
  );
  for (const { doses, routes, frequencies } of medications) {
    for (const [kind, parts] of Object.entries({ dose: doses, route: routes, frequency: frequencies }))
      faults.push(...spanFaults(kind, note, parts));
  }
  let rebuilt = '';
  let at = 0;
  for (const { start, end, replacement, outputStart, outputEnd } of deidentified.spans) {
    rebuilt += note.slice(at, start);
    if (rebuilt.length !== outputStart) faults.push(`replacement of [${start}, ${end}) is not where it says`);
    rebuilt += replacement;
    if (rebuilt.length !== outputEnd) faults.push(`replacement of [${start}, ${end}) does not end where it says`);
    at = end;
  }
  if (rebuilt + note.slice(at) !== deidentified.text)
    faults.push('the de-identified text is not the note with its replacements');
  return faults;
};
