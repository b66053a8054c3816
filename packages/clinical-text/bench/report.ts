import type { Evaluation, Measure } from './measure.ts';
import type { Interval } from './statistics.ts';

export interface FileReport extends Evaluation {
  readonly file: string;
  readonly shape: string;
  readonly rows: number;
}

const figure = ({ value, low, high }: Interval): string =>
  Number.isFinite(value) ? `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]` : 'none';

const line = ({ task, system, metric, score, precision, recall, support }: Measure): string[] => [
  task,
  system,
  metric,
  figure(score),
  precision === undefined ? '' : figure(precision),
  recall === undefined ? '' : figure(recall),
  String(support),
];

const table = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** For people. Examples quote the text, so they are printed only when asked for. */
export const asText = (reports: readonly FileReport[], withExamples: boolean): string =>
  reports
    .map(({ file, shape, rows, measures, errors, notes }) =>
      [
        `${file}: ${rows} rows of shape "${shape}"`,
        '',
        table([['task', 'system', 'metric', 'score [95 %]', 'precision', 'recall', 'n'], ...measures.map(line)]),
        '',
        ...errors.flatMap((error) => [
          `  ${error.task}: ${error.class}: ${error.count}`,
          ...(withExamples ? error.examples.map((example) => `      ${example}`) : []),
        ]),
        ...notes.map((note) => `  note: ${note}`),
      ].join('\n'),
    )
    .join('\n\n');

/** For machines: figures and counts, never text of a note. */
export const asJson = (reports: readonly FileReport[], engine: object): string =>
  JSON.stringify(
    {
      engine,
      files: reports.map(({ errors, ...report }) => ({
        ...report,
        errors: errors.map(({ task, class: errorClass, count }) => ({ task, class: errorClass, count })),
      })),
    },
    null,
    2,
  );
