import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EvidenceInputError, runEvidence } from '@healthcare-ai/compliance';
import { htmlOf, type Matrix } from '@healthcare-ai/compliance/report';
import { evidenceCommand } from '@healthcare-ai/ops/commands/evidence';
import { UsageError } from '@healthcare-ai/ops/errors';
import { gateProfile as profile } from '@healthcare-ai/ops/gate-profile';
import { globalOptions } from '@healthcare-ai/ops/options';
import { loadStages } from '../../../lib/config/load.ts';
import { stages } from '../../../lib/config/stages.ts';
import { contextOf, synthesize } from '../../../lib/synthesize.ts';
import { answers, run } from '../../lib/support/program.ts';
import { runProgram } from './support/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-evidence-'));
const templates = join(folder, 'templates');
const out = join(folder, 'out');
beforeAll(() => {
  const [config] = loadStages(stages, ['prod']);
  synthesize({ config: config!, folder: templates, context: contextOf('cdk.json') });
});
afterAll(() => rmSync(folder, { recursive: true }));

const command = evidenceCommand(async ({ config, templates: folder, progress: _, ...request }) => {
  try {
    return runEvidence({ stage: config.stage, root: '.', profile, templates: folder!, ...request });
  } catch (error) {
    throw error instanceof EvidenceInputError ? new UsageError(error.message) : error;
  }
});

/** `npm run ops -- evidence` in this process. */
const evidence = (...args: string[]) =>
  runProgram(command, ['evidence', '--out', out, ...args], { options: globalOptions() });

/** The same in its own process. */
const startEvidence = (...args: string[]) => run(process.execPath, ['bin/ops.ts', 'evidence', '--out', out, ...args]);

const isCheckout = answers('git', 'rev-parse', '--verify', 'HEAD');
if (!isCheckout) console.warn('SKIPPED: the age of results. This is no git checkout');
const inCheckout = isCheckout ? it : it.skip;

/** After every commit and every edit of a file. */
const afterAnyCommit = Date.parse('2999-01-01T00:00:00Z');

const written = (): Matrix => JSON.parse(readFileSync(join(out, 'controls-prod.json'), 'utf8'));
const rowOf = (matrix: Matrix, id: string) => matrix.families.flatMap(({ rows }) => rows).find((row) => row.id === id)!;

/** A report in which one test of a file ran, and nothing else. */
function resultsWith(status: 'passed' | 'failed', startTime: number): string {
  const path = join(folder, `${status}.json`);
  const test = { fullName: 'a key [164.308(a)(3)(ii)(C)] revoke ends a key, once', status };
  const file = { name: join(process.cwd(), 'test/service/commands/keys.test.ts'), status, assertionResults: [test] };
  const counts = { numFailedTests: status === 'failed' ? 1 : 0, numPassedTests: 1, numPendingTests: 0 };
  writeFileSync(path, JSON.stringify({ startTime, ...counts, success: status === 'passed', testResults: [file] }));
  return path;
}

describe('npm run ops -- evidence', () => {
  it('joins controls with tests by the clause in their titles, and writes one page and one JSON document', async () => {
    const results = resultsWith('passed', afterAnyCommit);
    const { code, out: answer } = startEvidence('--templates', templates, '--results', results);

    expect({ code, last: answer.match(/No control failed/)?.[0] }).toEqual({ code: 0, last: 'No control failed' });
    const matrix = written();
    const { tests } = rowOf(matrix, '164.308(a)(3)(ii)(C)');
    expect(tests.map(({ state }) => state).sort()).toEqual(['not run', 'passed']);
    expect(matrix.counts.failed).toBe(0);
    const html = readFileSync(join(out, 'controls-prod.html'), 'utf8');
    expect(html).not.toMatch(/<(script|link|img|iframe)|src=|url\(|@import/);
    expect(html).toContain('<code>npm run ops -- keys list --stage prod</code>');
    expect(html.match(/<article class="row /g)).toHaveLength(matrix.families.flatMap((family) => family.rows).length);
  });

  it('writes text of templates and tests as text, never as markup', () => {
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
    const byTests = written().families.flatMap(({ rows }) => rows.filter(({ tests }) => tests.length > 0));
    expect(byTests.filter(({ state }) => state === 'shown')).toEqual([]);
  });

  it('exits with 1 when a test failed or a policy found a fault, and says which', async () => {
    const broken = join(folder, 'broken');
    cpSync(templates, broken, { recursive: true });
    const file = join(broken, readdirSync(broken).find((name) => /^prodaudit\w+\.template\.json$/.test(name))!);
    const template = JSON.parse(readFileSync(file, 'utf8'));
    // biome-ignore lint/suspicious/noExplicitAny: read by path
    const trail: any = Object.values(template.Resources).find((one: any) => one.Type === 'AWS::CloudTrail::Trail');
    trail.Properties.IsLogging = false;
    writeFileSync(file, JSON.stringify(template));

    const ended = await evidence('--templates', broken, '--results', resultsWith('failed', afterAnyCommit), '--json');

    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/Controls of prod failed\. .*controls-prod\.html shows every row/);
    const matrix: Matrix = JSON.parse(ended.out);
    expect(rowOf(matrix, '164.312(b)').reasons[0]).toMatch(/policy trail has 1 findings/);
    expect(rowOf(matrix, '164.308(a)(3)(ii)(C)').reasons[0]).toMatch(
      /a test in test\/service\/commands\/keys.* failed/,
    );
    expect(rowOf(matrix, 'All tests passing').state).toBe('failed');
  });

  it.each([
    [['--stage', 'moon'], /there is no stage "moon"/],
    [['--results', 'no-such.json'], /no-such\.json does not exist\. Write it with npm test/],
    [['--results', 'package.json'], /package\.json is not a report of jest/],
    [['--templates', 'no-such'], /no folder no-such/],
    [['--stage', 'dev', '--templates', templates], /has the templates of prod\. Give --stage prod/],
    [['--nonsense'], /unknown option/],
  ])('used wrongly (%j) it prints why, and exits with 2', async (args, message) => {
    const { code, err } = await evidence(...args);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it('as its own process prints one line about unusable input, and exits with 2', () => {
    const { code, err } = startEvidence('--templates', 'no-such');
    expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 2, lines: 2 });
    expect(err).toContain('no folder no-such');
  });
});
