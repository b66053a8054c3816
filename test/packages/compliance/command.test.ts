import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Matrix } from '@healthcare-ai/compliance/matrix';
import { htmlOf } from '@healthcare-ai/compliance/report/html';
import { evidenceCommand } from '@healthcare-ai/ops/commands/evidence';
import { OpsProgram } from '@healthcare-ai/ops/program';
import { loadStages } from '../../../lib/config/load.ts';
import { stages } from '../../../lib/config/stages.ts';
import { contextOf } from '../../../lib/context.ts';
import { synthesize } from '../../../lib/synth/synthesize.ts';
import { answers } from '../../lib/support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-evidence-'));
const templates = join(folder, 'templates');
const out = join(folder, 'out');
beforeAll(() => {
  const [config] = loadStages(stages, ['prod']);
  synthesize({ config: config!, folder: templates, context: contextOf('cdk.json') });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function evidence(...args: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const around = { env: {}, stdin, stdout, stderr, interrupted: new AbortController().signal, stages };
  const program = new OpsProgram({ name: 'ops', description: 'd', commands: [evidenceCommand] }, around);
  const code = await program.run(['evidence', '--out', out, ...args]);
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

const isCheckout = answers('git', 'rev-parse', '--verify', 'HEAD');
if (!isCheckout) console.warn('SKIPPED: the age of results. This is no git checkout');
const inCheckout = isCheckout ? it : it.skip;

/** Whatever clock a commit was made by, and whoever edits a file meanwhile. */
const afterAnyCommit = Date.parse('2999-01-01T00:00:00Z');

const written = (): Matrix => JSON.parse(readFileSync(join(out, 'controls-prod.json'), 'utf8'));

/** A report in which one test of a file was run, and nothing else. */
function resultsWith(status: 'passed' | 'failed', startTime: number): string {
  const path = join(folder, `${status}.json`);
  const test = { fullName: 'revoke ends a key, once', status };
  const file = { name: join(process.cwd(), 'test/service/commands/keys.test.ts'), status, assertionResults: [test] };
  const counts = { numFailedTests: status === 'failed' ? 1 : 0, numPassedTests: 1, numPendingTests: 0 };
  writeFileSync(path, JSON.stringify({ startTime, ...counts, success: status === 'passed', testResults: [file] }));
  return path;
}

const rowOf = (matrix: Matrix, id: string) => matrix.families.flatMap(({ rows }) => rows).find((row) => row.id === id)!;

describe('npm run ops -- evidence', () => {
  let html: string;

  it('shows a test that passed after the commit, and calls every other one not run', async () => {
    const { code, out: answer } = await evidence(
      '--templates',
      templates,
      '--results',
      resultsWith('passed', afterAnyCommit),
    );

    expect({ code, last: answer.match(/No claim is broken/)?.[0] }).toEqual({ code: 0, last: 'No claim is broken' });
    const matrix = written();
    const { tests } = rowOf(matrix, '164.308(a)(3)(ii)(C)');
    expect(tests.map(({ state }) => state)).toEqual(['passed', 'not run']);
    expect(rowOf(matrix, '164.312(b)').templates[0]).toMatchObject({
      type: 'AWS::CloudTrail::Trail',
      property: 'IsLogging',
      found: [{ template: 'prodaudit', value: 'true', holds: true }],
    });
    expect(matrix.counts.failed).toBe(0);
    html = readFileSync(join(out, 'controls-prod.html'), 'utf8');
  });

  it('writes one page that needs nothing beside it, with every row', () => {
    expect(html).not.toMatch(/<(script|link|img|iframe)|src=|url\(|@import/);
    expect(html).toContain('<code>npm run ops -- keys list --stage prod</code>');
    const rows = written().families.flatMap((family) => family.rows);
    expect(html.match(/<article class="row /g)).toHaveLength(rows.length);
    const ids = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(written().families.length);
    expect([...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(ids);
  });

  it('writes what comes from templates and tests as text and never as markup', () => {
    const matrix = written();
    const [first, ...rest] = matrix.families;
    const row = { ...first!.rows[0]!, how: '<img src=x onerror=alert(1)>', reasons: ['"><script>'] };
    const page = htmlOf({ ...matrix, families: [{ ...first!, rows: [row] }, ...rest] });
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page).not.toMatch(/<img|<script/);
  });

  inCheckout('calls results that are older than the commit stale, and shows no row by them', async () => {
    const { code, out: answer } = await evidence('--templates', templates, '--results', resultsWith('passed', 0));

    expect({ code, stale: answer.includes('STALE') }).toEqual({ code: 0, stale: true });
    expect(written().suite).toMatchObject({ stale: true });
    const byTests = written().families.flatMap(({ rows }) => rows.filter(({ tests }) => tests.length > 0));
    expect(byTests.filter(({ state }) => state === 'shown')).toEqual([]);
  });

  it('ends with 1 when a test failed or a template lost what a row claims, and says which', async () => {
    const broken = join(folder, 'broken');
    const [config] = loadStages(stages, ['prod']);
    synthesize({ config: config!, folder: broken, context: contextOf('cdk.json') });
    const file = join(broken, 'assembly-prod', 'prodauditB4A5824C.template.json');
    const template = JSON.parse(readFileSync(file, 'utf8'));
    template.Resources.Trail022F0CF2.Properties.IsLogging = false;
    writeFileSync(file, JSON.stringify(template));

    const {
      code,
      out: answer,
      err,
    } = await evidence(...['--templates', broken, '--results', resultsWith('failed', afterAnyCommit), '--json']);

    expect(code).toBe(1);
    expect(err).toMatch(/Evidence of prod does not hold; .*controls-prod\.html has every row/);
    const matrix: Matrix = JSON.parse(answer);
    expect(rowOf(matrix, '164.312(b)').state).toBe('failed');
    expect(rowOf(matrix, '164.312(b)').reasons[0]).toMatch(/IsLogging must be true; got Trail022F0CF2: false/);
    expect(rowOf(matrix, '164.308(a)(3)(ii)(C)').reasons[0]).toMatch(/test failed: "revoke ends a key, once"/);
    expect(rowOf(matrix, 'All tests passing').state).toBe('failed');
    expect(matrix.policyReport.findings.map(({ rule }) => rule)).toContain('trail');
  });

  it.each([
    [['--stage', 'moon'], /there is no stage "moon"/],
    [['--results', 'no-such.json'], /no-such\.json is not there; make it by npm test/],
    [['--templates', 'no-such'], /no folder no-such/],
    [['--stage', 'dev', '--templates', templates], /has the templates of prod; give --stage prod/],
    [['--nonsense'], /unknown option/],
  ])('used wrongly (%j) it says so in a line, and ends with 2', async (args, message) => {
    const { code, err } = await evidence(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
