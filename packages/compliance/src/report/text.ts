import type { Row } from '../assess.ts';
import { holds, type Matrix } from '../matrix.ts';

const MOST_REASONS = 3;

function line(row: Row): string[] {
  const more = row.reasons.length - MOST_REASONS;
  return [
    `  ${row.state === 'failed' ? 'FAILED' : 'unproven'}  ${row.id}  ${row.title}`,
    ...row.reasons.slice(0, MOST_REASONS).map((reason) => `      ${reason}`),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}

/** When the results were made, and what they are worth. */
export function suiteLine({ suite, revision }: Matrix): string {
  if (suite === undefined)
    return 'Tests: not run. Make results by npm test -- --json --outputFile=out/test-results.json';
  const age = suite.stale
    ? `STALE: older than ${revision.changed ? 'changes of the code' : `the commit of ${revision.committedAt}`}`
    : revision.committedAt === undefined
      ? 'of unknown age: this is no checkout of git'
      : 'newer than the commit';
  return `Tests of ${suite.startedAt}, ${age}: ${suite.passed} passed, ${suite.failed} failed, ${suite.skipped} skipped`;
}

/** The matrix for a terminal: counts, and every row that is not shown by its evidence. */
export function textOf(matrix: Matrix): string {
  const { stage, counts, policyReport, revision, families } = matrix;
  const open = families.flatMap(({ title, rows }) => {
    const rest = rows.filter(({ state }) => state === 'failed' || state === 'unproven');
    return rest.length === 0 ? [] : [title, ...rest.flatMap(line)];
  });
  const findings = policyReport.findings.slice(0, MOST_REASONS).map(({ rule, message }) => `  ${rule}: ${message}`);
  return [
    `Controls of ${stage} at ${revision.commit?.slice(0, 12) ?? 'an unknown commit'}${revision.changed ? ', with changes that are not committed' : ''}`,
    suiteLine(matrix),
    `Gates: ${policyReport.findings.length} findings`,
    ...findings,
    ...(open.length > 0 ? ['', ...open, ''] : []),
    `${counts.shown} shown, ${counts.unproven} unproven, ${counts.failed} failed, ${counts.organisation} for the organisation alone`,
    holds(matrix) ? 'No claim is broken.' : 'Some claims do not hold.',
  ].join('\n');
}
