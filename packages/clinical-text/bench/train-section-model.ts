/**
 * Trains the section model and writes it. Run by hand when features or examples change:
 *   node packages/clinical-text/bench/train-section-model.ts FILE > packages/clinical-text/src/lexicon/section-model.ts
 * FILE is the training half of MTS-Dialog. Only weights of words and pairs of words of at least three texts are kept.
 */
import { labelOf, type SectionCode } from './section-codes.ts';
import { ownExamples, trainSections } from './section-trainer.ts';
import { marksOf } from './sections.ts';
import { readDataset } from './shapes.ts';

const path = process.argv[2];
if (path === undefined) {
  console.error('give the training file');
  process.exit(2);
}
const data = readDataset(path);
if (data.shape !== 'sections') {
  console.error(`${path}: is not of the shape {section, text}`);
  process.exit(2);
}
const model = trainSections([
  ...data.rows.map(({ section, text }) => ({ text, label: labelOf[section as SectionCode] })),
  ...ownExamples(),
]);
const marks = marksOf(data.rows);
console.log(`import type { SectionModel } from '../sections/classifier.ts';

/**
 * Weights learnt from the training half of MTS-Dialog (Ben Abacha et al. 2023, CC BY 4.0) and from examples written for
 * this project, by packages/clinical-text/bench/train-section-model.ts. Words and pairs of words of fewer than three texts are left out.
 */
export const sectionModel: SectionModel & { readonly trainedOn: string } = {
  trainedOn: '${marks}',
  labels: ${JSON.stringify(model.labels)},
  bias: ${JSON.stringify(model.bias)},
  weights: [
${model.weights
  .split('\n')
  .reduce((lines: string[], line) => {
    if (lines.length > 0 && lines.at(-1)!.length < 1500) lines[lines.length - 1] += `\n${line}`;
    else lines.push(line);
    return lines;
  }, [])
  .map((line) => `    ${JSON.stringify(line)},`)
  .join('\n')}
  ].join('\\n'),
};`);
