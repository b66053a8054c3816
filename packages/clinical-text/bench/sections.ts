import { createHash } from 'node:crypto';
import { SectionClassifier } from '../src/sections/classifier.ts';
import { ErrorLog, type Evaluation, type Measure } from './measure.ts';
import { codeOf, labelOf, type SectionCode, sectionCodes } from './section-codes.ts';
import { ownExamples, trainSections } from './section-trainer.ts';
import type { SectionRow } from './shapes.ts';
import { bootstrap, labelCounts, macroF1, prf, wilson } from './statistics.ts';

type Pair = readonly [gold: string, got: string];
const FOLDS = 5;

const MARK = 8;
const markOf = (text: string): string => createHash('sha256').update(text.trim()).digest('hex').slice(0, MARK);

/** A few digits of each text's hash: enough to recognize a training text, too few to reconstruct it. */
export const marksOf = (rows: readonly SectionRow[]): string =>
  [...new Set(rows.map(({ text }) => markOf(text)))].sort().join('');

/** Share of rows that the model was trained on. */
const shareSeen = (rows: readonly SectionRow[], marks: string): number => {
  const known = new Set(marks.match(new RegExp(`.{${MARK}}`, 'g')) ?? []);
  return rows.filter(({ text }) => known.has(markOf(text))).length / rows.length;
};

/** Each row by a model that never saw its text: rows of the same text fall into the same fold. */
const crossValidate = (rows: readonly SectionRow[]): Pair[] => {
  const foldOf = ({ text }: SectionRow): number => createHash('sha256').update(text).digest()[0]! % FOLDS;
  const pairs: Pair[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const training = rows.filter((row) => foldOf(row) !== fold);
    const model = trainSections([
      ...training.map(({ section, text }) => ({ text, label: labelOf[section as SectionCode] })),
      ...ownExamples(),
    ]);
    const classifier = new SectionClassifier(model);
    for (const row of rows) if (foldOf(row) === fold) pairs.push([row.section, codeOf[classifier.classify(row.text)]]);
  }
  return pairs;
};

const keywords: readonly (readonly [SectionCode, RegExp])[] = [
  ['ALLERGY', /allerg/i],
  ['FAM/SOCHX', /smok|tobacco|alcohol|mother|father|family|lives|married/i],
  ['PASTSURGICAL', /ectomy|surger/i],
  ['ROS', /denies|negative for/i],
  ['EXAM', /soft|supple|clear to auscultation|regular rate/i],
  ['IMMUNIZATIONS', /immuni|vaccin|up.to.date/i],
  ['GENHX', /year-old|presents/i],
  ['MEDICATIONS', /\bmg\b|daily/i],
];
const byKeyword = (text: string): string => keywords.find(([, pattern]) => pattern.test(text))?.[0] ?? 'CC';

/** The text's section by the words alone, against the corpus's normalised headers. */
export const evaluateSections = (
  rows: readonly SectionRow[],
  classify: (text: string) => keyof typeof codeOf,
  trainedOn: string,
): Evaluation => {
  const unknown = rows.find(({ section }) => !(sectionCodes as readonly string[]).includes(section));
  const notes: string[] =
    unknown === undefined ? [] : [`header ${unknown.section} is not one of the corpus's 20: always counted as missed`];
  const known = rows.filter(({ section }) => (sectionCodes as readonly string[]).includes(section));
  const share = shareSeen(rows, trainedOn);
  const seen = share > 0.8;
  if (!seen && share > 0)
    notes.push(`${(100 * share).toFixed(1)} % of these texts also stand in the training data, word for word`);
  const predicted: Pair[] = rows.map(({ section, text }) => [section, codeOf[classify(text)]]);
  if (seen)
    notes.push('the model was trained on these very rows: "cross-validated" is the honest figure, "engine" is not');
  const systems: (readonly [string, Pair[]])[] = [];
  if (seen) systems.push(['engine, cross-validated', crossValidate(known)]);
  systems.push([seen ? 'engine (saw these rows in training)' : 'engine', predicted]);
  systems.push(['a few keywords', rows.map(({ section, text }) => [section, byKeyword(text)])]);
  systems.push(['always the commonest', majority(rows)]);
  const measures: Measure[] = [];
  for (const [system, pairs] of systems) {
    measures.push({
      task: 'section header',
      system,
      metric: 'macro F1',
      score: bootstrap(pairs, macroF1),
      support: pairs.length,
    });
    measures.push({
      task: 'section header',
      system,
      metric: 'accuracy',
      score: wilson(pairs.filter(([gold, got]) => gold === got).length, pairs.length),
      support: pairs.length,
    });
  }
  const [system, pairs] = systems[0]!;
  for (const label of [...new Set(pairs.map(([gold]) => gold))].sort()) {
    const one = prf(pairs.map((pair) => labelCounts([pair], label)));
    measures.push({
      task: `section header: ${label}`,
      system,
      metric: 'F1',
      score: one.f1,
      precision: one.precision,
      recall: one.recall,
      support: one.support,
    });
  }
  const errors = new ErrorLog();
  pairs.forEach(([gold, got], at) => {
    if (gold !== got) errors.add('section header', `${gold} taken for ${got}`, seen ? '' : rows[at]!.text);
  });
  return { measures, errors: errors.list(), notes };
};

const majority = (rows: readonly SectionRow[]): Pair[] => {
  const counts = new Map<string, number>();
  for (const { section } of rows) counts.set(section, (counts.get(section) ?? 0) + 1);
  const commonest = [...counts].sort((a, b) => b[1] - a[1])[0]![0];
  return rows.map(({ section }) => [section, commonest]);
};
