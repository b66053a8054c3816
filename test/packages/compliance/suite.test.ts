import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judgeTest } from '@healthcare-ai/compliance/suite/judge';
import { readResults } from '@healthcare-ai/compliance/suite/results';
import { titlesIn } from '@healthcare-ai/compliance/suite/titles';

const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-evidence-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = 'test/lib/some.test.ts';
const source = `
  const maybe = found ? describe : describe.skip;
  test('alone', () => {});
  describe('outer', () => {
    it('inner', async () => { other('not a test', () => {}); });
    it.each([1, 2])('takes %s of 100 %%', () => {});
    test.each(rows)('$what.name is refused (really)', () => {});
  });
  describeWith('PostgreSQL', true)('with a database', () => { test('works', () => {}); });
  describeWithNotes()('with notes', () => { test('works', () => {}); });
  maybe(\`on \${platform}\`, () => { test(titleOf(1), body); });
  for (const name of names) test(\`loops over \${name}\`, () => {});
`;
const titles = titlesIn(file, source);

describe('The titles of a file', () => {
  it('are those of its tests, with the blocks around them', () => {
    expect(titles.map(({ name }) => name)).toEqual([
      'alone',
      'outer inner',
      'outer takes %s of 100 %%',
      'outer $what.name is refused (really)',
      'with a database works',
      'with notes works',
      'on … …',
      'loops over …',
    ]);
  });

  it.each([
    ['outer takes %s of 100 %%', 'outer takes two of 100 %', 'outer takes two of 100'],
    [
      'outer $what.name is refused (really)',
      'outer a [bad] one is refused (really)',
      'outer a bad one is refused really',
    ],
    ['outer inner', 'outer inner', 'outer inner more'],
    ['loops over …', 'loops over anything', 'does not loop over anything'],
  ])('match the names that jest gives to the cases of "%s"', (name, yes, no) => {
    const { pattern } = titles.find((title) => title.name === name)!;
    expect(pattern.test(yes)).toBe(true);
    expect(pattern.test(no)).toBe(false);
  });
});

const report = (assertionResults: readonly { fullName: string; status: string }[], status = 'passed') => ({
  startTime: Date.parse('2026-11-23T10:00:00Z'),
  numFailedTests: assertionResults.filter((it) => it.status === 'failed').length,
  numPassedTests: assertionResults.filter((it) => it.status === 'passed').length,
  numPendingTests: assertionResults.filter((it) => it.status === 'pending').length,
  success: status === 'passed',
  testResults: [{ name: `/somewhere/${file}`, status, assertionResults }],
});

function resultsOf(content: unknown) {
  const path = join(folder, 'results.json');
  writeFileSync(path, JSON.stringify(content));
  return readResults(path);
}

describe('The last result of a test', () => {
  const cases = (...states: string[]) =>
    report(
      states.map((status, index) => ({ fullName: `outer takes ${index} of 100 %`, status })),
      states.includes('failed') ? 'failed' : 'passed',
    );
  const each = { file, name: 'outer takes %s of 100 %%' };

  it.each([
    ['passed', ['passed', 'passed']],
    ['failed', ['passed', 'failed']],
    ['failed', ['pending', 'failed']],
    ['skipped', ['passed', 'pending']],
    ['skipped', ['todo']],
    ['not run', []],
  ] as const)('is "%s" when its cases are %j', (state, states) => {
    expect(judgeTest(each, titles, resultsOf(cases(...states)))).toMatchObject({ state, cases: states.length });
  });

  it('is "not run" without results, and when they do not have its file', () => {
    expect(judgeTest(each, titles, undefined).state).toBe('not run');
    expect(judgeTest(each, titles, resultsOf({ ...report([]), testResults: [] })).state).toBe('not run');
  });

  it('is "missing" when no file declares the test, whatever the results say', () => {
    const results = resultsOf(report([{ fullName: 'outer gone', status: 'passed' }]));
    expect(judgeTest({ file, name: 'outer gone' }, titles, results).state).toBe('missing');
    expect(judgeTest({ file: 'test/other.test.ts', name: 'alone' }, titles, results).state).toBe('missing');
  });

  it('is "failed" when its file could not be run', () => {
    expect(judgeTest({ file, name: 'alone' }, titles, resultsOf(report([], 'failed'))).state).toBe('failed');
  });

  it('does not take the result of a test of the same name in another file', () => {
    const other = { ...report([{ fullName: 'alone', status: 'passed' }]) };
    const elsewhere = {
      ...other,
      testResults: [{ ...other.testResults[0], name: '/somewhere/test/lib/awesome.test.ts' }],
    };
    expect(judgeTest({ file, name: 'alone' }, titles, resultsOf(elsewhere)).state).toBe('not run');
  });
});

describe('Results', () => {
  it('that are not there, or no report of jest, are refused in one line', () => {
    const path = join(folder, 'other.json');
    expect(() => readResults(path)).toThrow(/is not there; make it by npm test/);
    for (const text of ['{', '[]', '{"testResults":[]}']) {
      writeFileSync(path, text);
      expect(() => readResults(path)).toThrow(/is no report of jest/);
    }
  });
});
