import type { AssessedFamily, Row, RowState } from '../assess.ts';
import type { Matrix } from '../matrix.ts';
import type { TestState } from '../suite/judge.ts';
import type { TemplateEvidence } from '../template/look-up.ts';
import { style } from './style.ts';
import { suiteLine } from './text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character]!);

const code = (text: string) => `<code>${escaped(text)}</code>`;

const list = (items: readonly string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

const stateNames: Readonly<Record<RowState, string>> = {
  shown: '✓ shown',
  unproven: '? unproven',
  failed: '✗ failed',
  organisation: '○ organisation',
};

const explanations: Readonly<Record<RowState, string>> = {
  shown: 'everything named was found, and every test passed',
  unproven: 'nothing failed; a test was not run, skipped, or is older than the code',
  failed: 'something named is missing, does not hold, or failed',
  organisation: 'only the organisation that runs the service can show it',
};

const mark = (good: boolean) => (good ? '✓' : '<span class="bad">✗</span>');

const MANY = 4;

function foundIn(evidence: TemplateEvidence): string {
  const lines = evidence.found.map(({ template, logicalId, value, holds }) => {
    const text = `${escaped(template)} / ${code(logicalId)} = ${code(value)}`;
    return `<span class="found">${holds ? '' : '<span class="bad">✗ </span>'}${text}</span>`;
  });
  if (lines.length === 0) return '<span class="found bad">no such resource</span>';
  if (lines.length <= MANY || !evidence.holds) return lines.join('');
  return `${lines.slice(0, 1).join('')}<details><summary>and ${lines.length - 1} more, all holding</summary>${lines.slice(1).join('')}</details>`;
}

function templateItem(evidence: TemplateEvidence): string {
  const judged = evidence.judged ? mark(evidence.holds) : '–';
  const note = evidence.judged ? '' : ' <span class="soft">(asked of production alone)</span>';
  return `${judged} ${escaped(evidence.says)}${note}${foundIn(evidence)}`;
}

const testClass = (state: TestState) =>
  state === 'passed' ? '' : state === 'failed' || state === 'missing' ? 'bad' : 'doubt';

const term = (name: string, items: readonly string[]) =>
  items.length === 0 ? '' : `<dt>${name}</dt><dd>${list(items)}</dd>`;

/** Short items one after the other. */
const flow = (name: string, items: readonly string[]) =>
  items.length === 0 ? '' : `<dt>${name}</dt><dd class="flow">${list(items)}</dd>`;

function rowHtml(row: Row, { stage, stale }: { readonly stage: string; readonly stale: boolean }): string {
  const tests = row.tests.map(({ file, name, state, cases }) => {
    const result = `${state}${stale && state === 'passed' ? ', stale' : ''}${cases > 1 ? ` (${cases} cases)` : ''}`;
    return `<span class="${stale && state === 'passed' ? 'doubt' : testClass(state)}">${result}</span>: ${escaped(name)} <span class="soft">${escaped(file)}</span>`;
  });
  const policies = row.policies.map(
    ({ id, exists, findings }) =>
      `${mark(exists && findings === 0)} ${code(id)}${!exists ? ' is no policy' : findings > 0 ? `: ${findings} findings` : ''}`,
  );
  const files = row.code.map(({ path, exists }) => `${mark(exists)} ${code(path)}${exists ? '' : ' is not there'}`);
  const live = row.live.map(({ sees, command }) => `${escaped(sees)}: ${code(command.replaceAll('STAGE', stage))}`);
  const demand = row.demand === undefined ? '' : ` <span class="soft">(${row.demand})</span>`;
  const suite = row.suite === undefined ? [] : [`${row.suite.state}: ${escaped(row.suite.says)}`];
  return `<article class="row ${row.state}">
<div class="head"><h3>${escaped(row.id)} · ${escaped(row.title)}${demand}</h3><span class="state">${stateNames[row.state]}</span></div>
<p class="how">${escaped(row.how)}</p>
${row.reasons.length === 0 ? '' : `<ul class="reasons">${row.reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul>`}
<dl>${[
    term('Templates', row.templates.map(templateItem)),
    flow('Policies', policies),
    flow('Code', files),
    term('Tests', tests),
    term('Suite', suite),
    term('Seen live by', live),
    term('Organisation', row.organisation === undefined ? [] : [escaped(row.organisation)]),
  ].join('')}</dl>
</article>`;
}

const anchor = ({ title }: AssessedFamily) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

function warnings(matrix: Matrix): string {
  const { suite, revision, policyReport } = matrix;
  const texts = [
    ...(suite === undefined || suite.stale ? [['warn', suiteLine(matrix)]] : []),
    ...(revision.changed ? [['warn', 'The working tree has changes that are not committed.']] : []),
    ...policyReport.findings.map(({ rule, resource, message }) => [
      'warn broken',
      `Gate ${rule}: ${resource} ${message}`,
    ]),
  ];
  return texts.map(([kind, text]) => `<p class="${kind}">${escaped(text!)}</p>`).join('\n');
}

/** The matrix as one HTML file that needs nothing beside it. */
export function htmlOf(matrix: Matrix): string {
  const { stage, madeAt, revision, templates, policyReport, counts, families } = matrix;
  const stale = matrix.suite?.stale ?? false;
  const states = Object.keys(stateNames) as RowState[];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Controls matrix: ${escaped(stage)}</title><style>${style}</style></head><body>
<h1>Controls matrix: ${escaped(stage)}</h1>
<p class="soft">Made ${escaped(madeAt)} from commit ${code(revision.commit ?? 'unknown')}, ${templates} synthesized templates, ${policyReport.policies} policies of our own and cdk-nag (${policyReport.findings.length} findings). ${escaped(suiteLine(matrix))}.</p>
${warnings(matrix)}
<ul class="counts">${states.map((state) => `<li class="${state}"><strong>${counts[state]}</strong>${stateNames[state]}<br><span class="soft">${explanations[state]}</span></li>`).join('')}</ul>
<p>This is evidence for a review, and no certificate. Names in capitals stand for what only the deployed stage can tell. “Logs Insights” names a saved query of the stage.</p>
<nav aria-label="Families"><ul>${families.map((family) => `<li><a href="#${anchor(family)}">${escaped(family.title)}</a></li>`).join('')}</ul></nav>
${families
  .map(
    (family) =>
      `<section id="${anchor(family)}"><h2>${escaped(family.title)}</h2><p class="soft">${escaped(family.source)}</p>${family.rows.map((row) => rowHtml(row, { stage, stale })).join('\n')}</section>`,
  )
  .join('\n')}
</body></html>
`;
}
