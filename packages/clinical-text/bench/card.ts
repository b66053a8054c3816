import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Measure } from './measure.ts';
import type { FileReport } from './report.ts';
import { BadFile } from './shapes.ts';
import type { Interval } from './statistics.ts';

const BEGIN = '<!-- figures: begin (npm run quality -- FILE... --card docs/model-card.md) -->';
const END = '<!-- figures: end -->';

const figure = ({ value, low, high }: Interval): string =>
  Number.isFinite(value) ? `${value.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})` : 'none';
const row = ({ task, system, metric, score, precision, recall, support }: Measure): string =>
  `| ${[task, system, metric, figure(score), precision === undefined ? '' : figure(precision), recall === undefined ? '' : figure(recall), String(support)].join(' | ')} |`;

const section = ({ file, shape, rows, measures, errors, notes }: FileReport): string =>
  [
    `### ${basename(file)}: ${rows} rows of shape "${shape}"`,
    '',
    '| task | system | metric | score (95 % interval) | precision | recall | n |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...measures.map(row),
    '',
    ...(errors.length === 0 ? [] : ['What is wrong, by class:', '', ...commonest(errors), '']),
    ...notes.map((note) => `Note: ${note}.`),
  ]
    .join('\n')
    .trimEnd();

/** The table shows only the most frequent of 20 labels. */
const MOST = 25;
const commonest = (errors: FileReport['errors']): string[] =>
  [...errors]
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ task, class: errorClass, count }) => `- ${task}: ${errorClass}: ${count}`);

/** Replaces the figures of a model card. @throws BadFile when the card is not there or has no place for figures */
export const writeCard = (path: string, engine: string, reports: readonly FileReport[]): void => {
  let card: string;
  try {
    card = readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadFile(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  const begin = card.indexOf(BEGIN);
  const end = card.indexOf(END);
  if (begin < 0 || end < begin)
    throw new BadFile(`${path}: has no lines "${BEGIN}" and "${END}" between which figures belong`);
  const figures = [`Engine ${engine}.`, ...reports.map(section)].join('\n\n');
  writeFileSync(path, `${card.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${card.slice(end)}`);
};
