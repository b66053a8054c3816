import type { Assertion } from '../src/engine.ts';
import { ErrorLog, type Evaluation, type Measure } from './measure.ts';
import type { ConceptRow } from './shapes.ts';
import { type Counts, prf, wilson } from './statistics.ts';

export type Assert = (text: string, start: number, end: number) => Assertion;

/** The kit writes the concept in capitals in the sentence; its spacing may differ, and its tail may lie in the next one. */
export const locate = ({ concept, sentence }: ConceptRow): readonly [number, number] => {
  const words = concept.trim().split(/\s+/);
  const escaped = words.map((word) => word.replace(/[^\w]/g, '\\$&'));
  for (let length = escaped.length; length > 0; length--) {
    const pattern = `(?<!\\w)${escaped.slice(0, length).join('\\s+')}(?![\\w'])`;
    for (const [source, flags] of [
      [`(?<!\\w)${escaped.slice(0, length).join('\\s+').toUpperCase().replaceAll('\\S', '\\s')}(?![\\w'])`, ''],
      [pattern, 'i'],
    ] as const) {
      const match = new RegExp(source, flags).exec(sentence);
      if (match !== null) return [match.index, match.index + match[0].length];
    }
  }
  return [0, sentence.length];
};

const naiveNegation = /\b(?:no|not|denies|denied|without|negative)\b/i;

const temporalityOf = (gold: string): string =>
  gold === 'historical' ? 'historical' : gold === 'recent' ? 'recent' : 'hypothetical';
const experiencerOf = (gold: string): string => (gold === 'patient' ? 'patient' : 'other');

const negationCounts = (gold: boolean, got: boolean): Counts => ({
  truePositive: gold && got ? 1 : 0,
  falsePositive: !gold && got ? 1 : 0,
  falseNegative: gold && !got ? 1 : 0,
});

const accuracy = (task: string, system: string, hits: number, total: number): Measure => ({
  task,
  system,
  metric: 'accuracy',
  score: wilson(hits, total),
  support: total,
});

const negation = (system: string, counts: readonly Counts[]): Measure => {
  const { f1, precision, recall, support } = prf(counts);
  return { task: 'negation', system, metric: 'F1', score: f1, precision, recall, support };
};

/** Negation, temporality and experiencer of given concepts in given sentences. */
export const evaluateConcepts = (rows: readonly ConceptRow[], assert: Assert): Evaluation => {
  const errors = new ErrorLog();
  const engine: Counts[] = [];
  const naive: Counts[] = [];
  let temporality = 0;
  let recent = 0;
  let experiencer = 0;
  let patient = 0;
  for (const row of rows) {
    const [start, end] = locate(row);
    const got = assert(row.sentence, start, end);
    const negated = row.negation === 'negated';
    const example = `[${row.concept}] ${row.sentence}`;
    engine.push(negationCounts(negated, got.negation === 'negated'));
    naive.push(negationCounts(negated, naiveNegation.test(row.sentence)));
    if (negated !== (got.negation === 'negated')) errors.add('negation', negated ? 'missed' : 'false alarm', example);
    const goldTime = temporalityOf(row.temporality);
    if (goldTime === got.temporality) temporality++;
    else errors.add('temporality', `${goldTime} taken for ${got.temporality}`, example);
    if (goldTime === 'recent') recent++;
    const goldWho = experiencerOf(row.experiencer);
    if (goldWho === got.experiencer) experiencer++;
    else errors.add('experiencer', `${goldWho} taken for ${got.experiencer}`, example);
    if (goldWho === 'patient') patient++;
  }
  const total = rows.length;
  return {
    measures: [
      negation('engine', engine),
      negation('keyword anywhere in the sentence', naive),
      accuracy('temporality', 'engine', temporality, total),
      accuracy('temporality', 'always recent', recent, total),
      accuracy('experiencer', 'engine', experiencer, total),
      accuracy('experiencer', 'always the patient', patient, total),
    ],
    errors: errors.list(),
    notes: [],
  };
};
