import type { Analysis } from '../src/engine.ts';
import { ErrorLog, type Evaluation } from './measure.ts';
import { entitiesOf, matchSpans, overlaps, type Place } from './medications.ts';
import type { EntityRow } from './shapes.ts';
import { type Counts, prf } from './statistics.ts';

const naive = { age: /\b\d{1,3}[- ]years?[- ]old\b/gi, sex: /\b(?:fe)?male\b|\b(?:wo)?man\b/gi } as const;

/** Age and sex against span annotations (`Age`, `Sex`). */
export const evaluateDemographics = (rows: readonly EntityRow[], analyses: readonly Analysis[]): Evaluation => {
  const errors = new ErrorLog();
  const measures = (['age', 'sex'] as const).flatMap((task) => {
    const type = task === 'age' ? 'Age' : 'Sex';
    const engine: Counts[] = [];
    const baseline: Counts[] = [];
    rows.forEach((row, at) => {
      const gold = entitiesOf(row, type);
      const matched = matchSpans(gold, task === 'age' ? analyses[at]!.ages : analyses[at]!.sexes, overlaps);
      engine.push(matched.counts);
      const show = ({ start, end }: Place): string =>
        `${row.text.slice(Math.max(0, start - 40), start)}[${row.text.slice(start, end)}]${row.text.slice(end, end + 30)}`;
      for (const place of matched.missed) errors.add(task, 'missed', show(place));
      for (const place of matched.spurious) errors.add(task, 'false alarm', show(place));
      const places = [...row.text.matchAll(naive[task])].map(({ index, 0: text }) => ({
        start: index,
        end: index + text.length,
      }));
      baseline.push(matchSpans(gold, places, overlaps).counts);
    });
    return [
      { task, system: 'engine', metric: 'F1 (overlap)', counts: engine },
      { task, system: 'one expression', metric: 'F1 (overlap)', counts: baseline },
    ].map(({ counts, ...rest }) => {
      const { f1, precision, recall, support } = prf(counts);
      return { ...rest, score: f1, precision, recall, support };
    });
  });
  return { measures, errors: errors.list(), notes: [] };
};
