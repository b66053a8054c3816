import type { Finding } from '@healthcare-ai/cloud-policies';
import { assess, type Material } from '@healthcare-ai/compliance/assess';
import type { Control } from '@healthcare-ai/compliance/control';
import { type JestReport, namedIn } from '@healthcare-ai/compliance/results';

const file = 'test/lib/keys.test.ts';

/** A report in which the test of `file` has this status. */
const results = (status: string, more: Partial<JestReport> = {}): JestReport => ({
  startTime: 0,
  numFailedTests: status === 'failed' ? 1 : 0,
  numPassedTests: status === 'passed' ? 1 : 0,
  numPendingTests: status === 'pending' ? 1 : 0,
  success: status !== 'failed',
  testResults: [
    {
      name: `/somewhere/${file}`,
      status: status === 'failed' ? 'failed' : 'passed',
      assertionResults: [{ fullName: 'Keys [x.1] rotate', status }],
    },
  ],
  ...more,
});

const material: Material = {
  findings: [],
  policies: new Set(['kms-rotation']),
  results: results('passed'),
  stale: false,
  testFiles: new Map([[file, namedIn("it('[x.1] rotate', () => {})")]]),
  exists: (path) => path === 'lib/key.ts',
};
const control: Control = {
  id: 'x.1',
  title: 'Keys',
  how: 'They rotate.',
  policies: ['kms-rotation'],
  code: ['lib/key.ts'],
  tested: true,
};
const finding: Finding = {
  ...{ gate: 'policies', rule: 'kms-rotation', severity: 'error' },
  ...{ template: 'audit', resource: 'Key', property: '', message: 'does not rotate' },
};

describe('A row', () => {
  it('is shown when policy, code and test exist and nothing failed', () => {
    expect(assess(control, material)).toMatchObject({ state: 'shown', reasons: [] });
  });

  it.each<[string, Partial<Control>, Partial<Material>, RegExp]>([
    ['a policy has findings', {}, { findings: [finding] }, /kms-rotation has 1 findings/],
    ['a policy is missing', { policies: ['no-such'] }, {}, /no policy is called no-such/],
    ['a file is missing', { code: ['lib/gone.ts'] }, {}, /lib\/gone\.ts does not exist/],
    ['a test failed', {}, { results: results('failed') }, /a test in test\/lib\/keys\.test\.ts failed/],
    ['its test file did not load', {}, { results: results('failed', broken()) }, /a test in .* failed/],
    ['no test names it', {}, { testFiles: new Map([[file, new Set<string>()]]) }, /no test names x\.1/],
    ['no test names a control that it sees', { see: ['x.2'] }, {}, /no test names x\.2/],
    ['the suite failed', { wholeSuite: true }, { results: results('failed') }, /the suite failed: 0 passed, 1 failed/],
  ])('is failed when %s', (_what, change, given, reason) => {
    const row = assess({ ...control, ...change }, { ...material, ...given });
    expect(row.state).toBe('failed');
    expect(row.reasons.join('\n')).toMatch(reason);
  });

  it.each<[string, Partial<Material>, RegExp]>([
    ['a test was skipped', { results: results('pending') }, /tests in 1 files were skipped/],
    ['the suite did not run', { results: undefined }, /the tests in 1 files did not run/],
    ['the run left its file out', { results: results('passed', { testResults: [] }) }, /did not run/],
    ['the results are older than the commit', { stale: true }, /results are older than the code/],
  ])('is unproven when %s', (_what, given, reason) => {
    const row = assess(control, { ...material, ...given });
    expect(row.state).toBe('unproven');
    expect(row.reasons.join('\n')).toMatch(reason);
  });

  it('of the whole suite is shown by results of every file, and by no others', () => {
    const suite = { ...control, tested: false, wholeSuite: true };
    expect(assess(suite, material)).toMatchObject({ state: 'shown', suite: '1 passed, 0 failed, 0 skipped' });

    const more = new Map([...material.testFiles, ['test/lib/more.test.ts', new Set<string>()]]);
    const partly = assess(suite, { ...material, testFiles: more });
    expect(partly).toMatchObject({ state: 'unproven', suite: '1 passed, 0 failed, 0 skipped, 1 files not run' });
    expect(assess(suite, { ...material, results: undefined }).state).toBe('unproven');
  });

  it('is for the organisation when nothing here can show it; a missing document fails it all the same', () => {
    const { id, title, how } = control;
    const paper: Control = { id, title, how, code: ['lib/key.ts'], organisation: 'Sign it.' };
    expect(assess(paper, material).state).toBe('organisation');
    expect(assess({ ...paper, code: ['docs/gone.md'] }, material).state).toBe('failed');
  });

  it('does not take a test of another control, or of a file of a longer name', () => {
    const other = results('passed');
    const [only] = other.testResults;
    const elsewhere = { ...only!, name: '/somewhere/test/lib/other-keys.test.ts' };
    const renamed = { ...only!, assertionResults: [{ fullName: 'Keys [x.12] rotate', status: 'passed' }] };
    for (const result of [elsewhere, renamed])
      expect(assess(control, { ...material, results: { ...other, testResults: [result] } }).state).toBe('unproven');
  });
});

/** A report of a file that failed before its tests. */
function broken(): Partial<JestReport> {
  return { testResults: [{ name: `/somewhere/${file}`, status: 'failed', assertionResults: [] }] };
}

test('controls are read from the beginning of titles alone', () => {
  const ids = namedIn("it('[x.1] [x.2] a', f); it.each(x)(`[Box (not code)] x`, f); const z = ['[no]', '[a] b'];");
  expect([...ids]).toEqual(['x.1', 'x.2', 'Box (not code)', 'a']);
});
