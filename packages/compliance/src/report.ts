import type { Finding } from '@healthcare-ai/cloud-policies';
import type { AssessedFamily, Row, RowState } from './assess.ts';

/** The whole report: the JSON document, and the source of the HTML page and the text. */
export interface Matrix {
  readonly stage: string;
  readonly madeAt: string;
  readonly revision: { readonly commit?: string; readonly committedAt?: string; readonly changed: boolean };
  readonly gates: { readonly templates: number; readonly policies: number; readonly findings: readonly Finding[] };

  /** @default - the suite did not run */
  readonly suite?: {
    readonly startedAt: string;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly stale: boolean;
  };
  readonly counts: Readonly<Record<RowState, number>>;
  readonly families: readonly AssessedFamily[];
}

/** Whether no row failed and the gates found nothing. */
export const holds = ({ counts, gates }: Matrix): boolean => counts.failed === 0 && gates.findings.length === 0;

const MOST_REASONS = 3;

function line(row: Row): string[] {
  const more = row.reasons.length - MOST_REASONS;
  return [
    `  ${row.state === 'failed' ? 'FAILED' : 'unproven'}  ${row.id}${row.title === undefined ? '' : `  ${row.title}`}`,
    ...row.reasons.slice(0, MOST_REASONS).map((reason) => `      ${reason}`),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}

/** When the suite ran, and whether its results still count. */
export function suiteLine({ suite, revision }: Matrix): string {
  if (suite === undefined) return 'Tests: not run. Run npm test -- --json --outputFile=out/test-results.json';
  const age = suite.stale
    ? `STALE: older than ${revision.changed ? 'uncommitted changes' : `the commit of ${revision.committedAt}`}`
    : revision.committedAt === undefined
      ? 'of unknown age: this is not a git checkout'
      : 'newer than the commit';
  return `Tests of ${suite.startedAt}, ${age}: ${suite.passed} passed, ${suite.failed} failed, ${suite.skipped} skipped`;
}

/** The matrix for a terminal: counts, and every row that its evidence does not show. */
export function textOf(matrix: Matrix): string {
  const { stage, counts, gates, revision, families } = matrix;
  const open = families.flatMap(({ title, rows }) => {
    const rest = rows.filter(({ state }) => state === 'failed' || state === 'unproven');
    return rest.length === 0 ? [] : [title, ...rest.flatMap(line)];
  });
  return [
    `Controls of ${stage} at ${revision.commit?.slice(0, 12) ?? 'an unknown commit'}${revision.changed ? ', with uncommitted changes' : ''}`,
    suiteLine(matrix),
    `Gates: ${gates.findings.length} findings`,
    ...gates.findings.slice(0, MOST_REASONS).map(({ rule, message }) => `  ${rule}: ${message}`),
    ...(open.length > 0 ? ['', ...open, ''] : []),
    `${counts.shown} shown, ${counts.unproven} unproven, ${counts.failed} failed, ${counts.organisation} for the organisation alone`,
    holds(matrix) ? 'No control failed.' : 'Some controls failed.',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

const code = (text: string) => `<code>${escaped(text)}</code>`;

const states: Readonly<Record<RowState, string>> = {
  shown: 'no failure, and every test passed',
  unproven: 'no failure, but a test was skipped, not run, or is older than the code',
  failed: 'something named is missing, or failed',
  organisation: 'only the organisation that runs the service can show it',
};

const style = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
.row { border: 1px solid #8888; border-left: 5px solid var(--tone); border-radius: 4px; margin: .9rem 0; padding: .7rem 1rem; }
.shown { --tone: #1a7f37; } .unproven { --tone: #9a6700; } .failed { --tone: #cf222e; } .organisation { --tone: #0969da; }
h3 { font-size: 1rem; margin: 0; } dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem 1rem; } dd { margin: 0; }
@media print { @page { size: A4; margin: 14mm; } body { font-size: 9.5px; max-width: none; padding: 0; } .row { break-inside: avoid; } }
`;

const entry = (name: string, items: readonly string[]) =>
  items.length === 0 ? '' : `<dt>${name}</dt><dd>${items.join('<br>')}</dd>`;

function rowHtml(row: Row, stage: string): string {
  const { id, title, demand, state, how, reasons, policies = [], code: files = [], tests, suite, live = [] } = row;
  const name = `${id}${title === undefined ? '' : ` · ${title}`}${demand === undefined ? '' : ` (${demand})`}`;
  return `<article class="row ${state}"><h3>${escaped(name)}: ${state}</h3><p>${escaped(how)}</p><dl>${[
    entry('Open', reasons.map(escaped)),
    entry('Policies', policies.length === 0 ? [] : [policies.map(code).join(' ')]),
    entry('Code', files.length === 0 ? [] : [files.map(code).join(' ')]),
    entry(
      'Tests',
      tests.map((test) => `${test.state} (${test.cases} cases): ${escaped(test.file)}`),
    ),
    entry('Suite', suite === undefined ? [] : [escaped(suite)]),
    entry(
      'See it live',
      live.map(({ sees, command }) => `${escaped(sees)}: ${code(command.replaceAll('STAGE', stage))}`),
    ),
    entry('Organisation', row.organisation === undefined ? [] : [escaped(row.organisation)]),
  ].join('')}</dl></article>`;
}

/** The matrix as one HTML file without scripts or other files. */
export function htmlOf(matrix: Matrix): string {
  const { stage, madeAt, revision, gates, counts, families } = matrix;
  const changed = revision.changed ? ' The working tree has uncommitted changes.' : '';
  const findings = gates.findings.map(
    ({ rule, resource, message }) => `<li>${escaped(`${rule}: ${resource} ${message}`)}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Controls matrix: ${escaped(stage)}</title><style>${style}</style></head><body>
<h1>Controls matrix: ${escaped(stage)}</h1>
<p>Made ${escaped(madeAt)} from commit ${code(revision.commit ?? 'unknown')}: ${gates.templates} templates, ${gates.policies} policies
and cdk-nag, ${gates.findings.length} findings. ${escaped(suiteLine(matrix))}.${changed}</p>
<ul>${findings.join('')}${Object.entries(states)
    .map(([state, meaning]) => `<li><strong>${counts[state as RowState]} ${state}</strong>: ${meaning}`)
    .join('')}</ul>
<p>This is evidence for a review, not a certificate. Names in capitals are known only in the deployed stage. “Logs Insights”
names a saved query of the stage.</p>
${families
  .map(
    ({ title, source, rows }) =>
      `<section><h2>${escaped(title)}</h2><p>${escaped(source)}</p>${rows.map((row) => rowHtml(row, stage)).join('\n')}</section>`,
  )
  .join('\n')}
</body></html>
`;
}
