import type { Analysis } from '../src/engine.ts';
import { ErrorLog, type Evaluation, type Measure } from './measure.ts';
import type { Entity, EntityRow } from './shapes.ts';
import { type Counts, prf } from './statistics.ts';

export interface Place {
  readonly start: number;
  readonly end: number;
}

export const overlaps = (a: Place, b: Place): boolean => a.start < b.end && b.start < a.end;
const same = (a: Place, b: Place): boolean => a.start === b.start && a.end === b.end;

/** One to one, in order of place. */
export const matchSpans = (
  gold: readonly Place[],
  got: readonly Place[],
  equal: (a: Place, b: Place) => boolean,
): { readonly counts: Counts; readonly missed: readonly Place[]; readonly spurious: readonly Place[] } => {
  const free = new Set(got);
  const missed = gold.filter((item) => {
    const hit = [...free].find((other) => equal(item, other));
    if (hit !== undefined) free.delete(hit);
    return hit === undefined;
  });
  return {
    counts: { truePositive: gold.length - missed.length, falsePositive: free.size, falseNegative: missed.length },
    missed,
    spurious: [...free],
  };
};

export const entitiesOf = (row: EntityRow, type: string): Entity[] =>
  row.entities.filter((entity) => entity.type === type).sort((a, b) => a.start - b.start);

export interface Tie {
  readonly dose: Place;
  readonly drug: Place;
}

/** What parts a dose from a drug, in characters of distance: "antibiotics, and 2 g/kg immunoglobulin". */
const PARTING = 30;
const distance = (text: string, a: Place, b: Place): number => {
  const between = text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start));
  return (
    between.length +
    PARTING * (between.match(/[,;()]|\band\b/g)?.length ?? 0) -
    (/^\s+of\s/.test(between) ? PARTING : 0)
  );
};

/** The corpus does not say whose a dose is: it is taken to be of the nearest drug of its line, as a reader would take it. */
export const goldTies = (row: EntityRow): Tie[] => {
  const drugs = entitiesOf(row, 'Medication');
  return entitiesOf(row, 'Dosage').flatMap((dose) => {
    const near = drugs
      .filter((drug) => !row.text.slice(Math.min(drug.end, dose.end), Math.max(drug.start, dose.start)).includes('\n'))
      .map((drug) => ({ drug, gap: distance(row.text, drug, dose) }))
      .sort((a, b) => a.gap - b.gap)[0];
    return near === undefined ? [] : [{ dose, drug: near.drug }];
  });
};

const suffixOnly =
  /\b[a-z]{2,20}(?:pril|sartan|olol|statin|mycin|cillin|azole|floxacin|mab|nib|platin|prazole|ine|one|ol|ide)\b/gi;
const doseAnywhere = /\d+(?:[.,]\d+)?\s?(?:mg|g|mcg|µg|ml|units?)\b/gi;

const places = (pattern: RegExp, text: string): Place[] =>
  [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));

const measure = (task: string, system: string, metric: string, counts: readonly Counts[]): Measure => {
  const { f1, precision, recall, support } = prf(counts);
  return { task, system, metric, score: f1, precision, recall, support };
};

const context = (text: string, { start, end }: Place): string =>
  `${text.slice(Math.max(0, start - 50), start)}[${text.slice(start, end)}]${text.slice(end, end + 40)}`;

/** Medications, and doses tied to their drug, against span annotations (`Medication`, `Dosage`). */
export const evaluateMedications = (rows: readonly EntityRow[], analyses: readonly Analysis[]): Evaluation => {
  const errors = new ErrorLog();
  const counts: Record<'overlap' | 'exact' | 'suffix' | 'tied' | 'nearest', Counts[]> = {
    overlap: [],
    exact: [],
    suffix: [],
    tied: [],
    nearest: [],
  };
  rows.forEach((row, at) => {
    const gold = entitiesOf(row, 'Medication');
    const got = analyses[at]!.medications;
    const matched = matchSpans(gold, got, overlaps);
    counts.overlap.push(matched.counts);
    counts.exact.push(matchSpans(gold, got, same).counts);
    counts.suffix.push(matchSpans(gold, places(suffixOnly, row.text), overlaps).counts);
    for (const place of matched.missed) errors.add('medication', 'missed', context(row.text, place));
    for (const place of matched.spurious) errors.add('medication', 'false alarm', context(row.text, place));

    const ties = goldTies(row);
    const gotTies = got.flatMap((drug) => drug.doses.map((dose) => ({ dose, drug })));
    counts.tied.push(tieCounts(ties, gotTies, row.text, errors));
    const drugs = places(suffixOnly, row.text);
    const naive = places(doseAnywhere, row.text).flatMap((dose) => {
      const drug = drugs.filter((other) => other.end <= dose.start).at(-1);
      return drug === undefined ? [] : [{ dose, drug }];
    });
    counts.nearest.push(tieCounts(ties, naive, row.text));
  });
  return {
    measures: [
      measure('medication', 'engine', 'F1 (overlap)', counts.overlap),
      measure('medication', 'engine', 'F1 (exact)', counts.exact),
      measure('medication', 'name endings alone', 'F1 (overlap)', counts.suffix),
      measure('dose tied to its drug', 'engine', 'F1 (overlap)', counts.tied),
      measure('dose tied to its drug', 'any amount, drug before it', 'F1 (overlap)', counts.nearest),
    ],
    errors: errors.list(),
    notes: [
      'dose gold: each Dosage span belongs to the nearest Medication span of its line; the corpus gives no relation',
    ],
  };
};

const tieCounts = (gold: readonly Tie[], got: readonly Tie[], text: string, errors?: ErrorLog): Counts => {
  const free = new Set(got);
  let hits = 0;
  for (const tie of gold) {
    const dosed = [...free].filter((other) => overlaps(tie.dose, other.dose));
    const hit = dosed.find((other) => overlaps(tie.drug, other.drug));
    if (hit !== undefined) {
      free.delete(hit);
      hits++;
    } else
      errors?.add(
        'dose tied to its drug',
        dosed.length > 0 ? 'tied to another drug' : 'missed',
        context(text, tie.dose),
      );
  }
  for (const tie of free) errors?.add('dose tied to its drug', 'false alarm', context(text, tie.dose));
  return { truePositive: hits, falsePositive: free.size, falseNegative: gold.length - hits };
};
