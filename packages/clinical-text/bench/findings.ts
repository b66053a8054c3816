import type { Analysis } from '../src/engine.ts';
import { ErrorLog, type Evaluation } from './measure.ts';
import { entitiesOf, matchSpans, overlaps, type Place } from './medications.ts';
import type { EntityRow } from './shapes.ts';
import { type Counts, prf } from './statistics.ts';

const naive =
  /\b(?:pain|fever|cough|nausea|vomiting|diarrhea|headache|cancer|pneumonia|hypertension|diabetes|tumor|fracture|infection|edema)\b/gi;

/** Findings against span annotations (`Sign_symptom`, `Disease_disorder`). The corpus marks far more than clinicians list: no aim was set. */
export const evaluateFindings = (rows: readonly EntityRow[], analyses: readonly Analysis[]): Evaluation => {
  const errors = new ErrorLog();
  const engine: Counts[] = [];
  const baseline: Counts[] = [];
  rows.forEach((row, at) => {
    const gold = [...entitiesOf(row, 'Sign_symptom'), ...entitiesOf(row, 'Disease_disorder')].sort(
      (a, b) => a.start - b.start,
    );
    const matched = matchSpans(gold, analyses[at]!.findings, overlaps);
    engine.push(matched.counts);
    const show = ({ start, end }: Place): string =>
      `${row.text.slice(Math.max(0, start - 30), start)}[${row.text.slice(start, end)}]${row.text.slice(end, end + 20)}`;
    for (const place of matched.missed) errors.add('finding', 'missed', show(place));
    for (const place of matched.spurious) errors.add('finding', 'false alarm', show(place));
    const places = [...row.text.matchAll(naive)].map(({ index, 0: text }) => ({
      start: index,
      end: index + text.length,
    }));
    baseline.push(matchSpans(gold, places, overlaps).counts);
  });
  return {
    measures: [
      { system: 'engine', counts: engine },
      { system: 'fifteen words', counts: baseline },
    ].map(({ system, counts }) => {
      const { f1, precision, recall, support } = prf(counts);
      return { task: 'finding', system, metric: 'F1 (overlap)', score: f1, precision, recall, support };
    }),
    errors: errors.list(),
    notes: [],
  };
};
