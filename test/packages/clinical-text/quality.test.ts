import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, f1Of, macroF1, prf, wilson } from '../../../packages/clinical-text/bench/statistics.ts';

const root = join(__dirname, '../../..');
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['packages/clinical-text/bench/quality.ts', ...args], {
    cwd: root,
    // Each process after the first takes half the time.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') },
    encoding: 'utf8',
    timeout: 60_000,
  });

describe('statistics', () => {
  test("Wilson's interval of 8 in 10 is the published one", () => {
    const { value, low, high } = wilson(8, 10);
    expect(value).toBe(0.8);
    expect(low).toBeCloseTo(0.4902, 4);
    expect(high).toBeCloseTo(0.9433, 4);
  });

  test('precision, recall and F1 are pooled over documents', () => {
    const figures = prf([
      { truePositive: 3, falsePositive: 1, falseNegative: 0 },
      { truePositive: 1, falsePositive: 1, falseNegative: 2 },
    ]);
    expect(figures.precision.value).toBeCloseTo(4 / 6);
    expect(figures.recall.value).toBeCloseTo(4 / 6);
    expect(figures.f1.value).toBeCloseTo(2 / 3);
    expect(figures.support).toBe(6);
  });

  test('macro F1 weighs a rare label like a common one', () => {
    expect(
      macroF1([
        ['a', 'a'],
        ['a', 'a'],
        ['a', 'a'],
        ['b', 'a'],
      ]),
    ).toBeCloseTo((6 / 7 + 0) / 2);
  });

  test('an interval is the same in every run and holds its value', () => {
    const documents = Array.from({ length: 40 }, (_, at) => ({
      truePositive: at % 3,
      falsePositive: at % 2,
      falseNegative: 1,
    }));
    const once = bootstrap(documents, (sample) => f1Of(sample[0]!));
    expect(bootstrap(documents, (sample) => f1Of(sample[0]!))).toEqual(once);
    expect(once.low).toBeLessThanOrEqual(once.value);
    expect(once.high).toBeGreaterThanOrEqual(once.value);
  });
});

describe('the command', () => {
  let folder: string;
  const write = (name: string, rows: readonly unknown[] | string): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof rows === 'string' ? rows : rows.map((row) => JSON.stringify(row)).join('\n'));
    return path;
  };
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'quality-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('knows the shape of a file by its fields and gives figures with baselines', () => {
    const file = write('any-name.txt', [
      {
        concept: 'Fever',
        sentence: 'He denies FEVER.',
        negation: 'negated',
        temporality: 'recent',
        experiencer: 'patient',
      },
      {
        concept: 'cough',
        sentence: 'She has a COUGH.',
        negation: 'affirmed',
        temporality: 'recent',
        experiencer: 'patient',
      },
    ]);
    const { status, stdout } = run(file, '--json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(report.files[0]).toMatchObject({ shape: 'concepts', rows: 2 });
    const negation = report.files[0].measures.filter(({ task }: { task: string }) => task === 'negation');
    expect(negation.map(({ system }: { system: string }) => system)).toEqual([
      'engine',
      'keyword anywhere in the sentence',
    ]);
    expect(negation[0].score.value).toBe(1);
  });

  test('shows no text of a note unless asked for', () => {
    const file = write('e.jsonl', [
      {
        text: 'He took Blortexine-Zeta daily. A 40-year-old man.',
        entities: [
          { type: 'Medication', start: 8, end: 23 },
          { type: 'Age', start: 33, end: 44 },
        ],
      },
    ]);
    const plain = run(file);
    expect(plain.status).toBe(0);
    expect(plain.stdout).toContain('medication: missed: 1');
    expect(plain.stdout).not.toContain('Blortexine');
    expect(run(file, '--errors').stdout).toContain('[Blortexine-Zeta]');
    expect(run(file, '--json', '--errors').stdout).not.toContain('Blortexine');
  });

  test.each([
    ['no file', () => []],
    ['a file that is not there', () => [join(folder, 'absent.jsonl')]],
    ['a file that is not JSON Lines', () => [write('bad.jsonl', 'patient SECRETNAME\n')]],
    ['an empty file', () => [write('empty.jsonl', '')]],
    ['fields of no known shape', () => [write('odd.jsonl', [{ SECRET: 1 }])]],
    ['rows of two shapes', () => [write('two.jsonl', [{ note_text: 'a' }, { text: 'SECRETNAME', section: 'CC' }])]],
    ['an unknown option', () => ['--nonsense']],
    ['a half that is none', () => [write('n.jsonl', [{ note_text: 'PLAN\n\nrest' }]), '--half', 'c']],
  ])('%s: one line, exit code 2, nothing of the file quoted', (_, args) => {
    const { status, stdout, stderr } = run(...args());
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/SECRETNAME|at .*\.ts:/);
  });
});
