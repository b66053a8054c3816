import { Assembly } from '@healthcare-ai/cloud-policies/core/assembly';
import type { Finding } from '@healthcare-ai/cloud-policies/core/finding';
import { assess, type Material } from '@healthcare-ai/compliance/assess';
import type { Control } from '@healthcare-ai/compliance/control';
import { titlesIn } from '@healthcare-ai/compliance/suite/titles';
import { is } from '@healthcare-ai/compliance/template/expectation';
import { every } from '@healthcare-ai/compliance/template/selection';

const assembly = new Assembly([
  {
    name: 'healthcare-dev/audit',
    body: {
      Resources: {
        Key: { Type: 'AWS::KMS::Key', Properties: { EnableKeyRotation: true } },
        Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
      },
    },
  },
]);
const file = 'test/lib/keys.test.ts';
const results = (status: 'passed' | 'failed' | 'skipped'): Material['results'] => ({
  startedAt: new Date(0),
  success: status !== 'failed',
  passed: 1,
  failed: status === 'failed' ? 1 : 0,
  skipped: 0,
  casesOf: (path) => (path === file ? { broken: false, cases: [{ name: 'keys rotate', state: status }] } : undefined),
});
const material: Material = {
  assembly,
  findings: [],
  policies: new Set(['kms-rotation']),
  results: results('passed'),
  stale: false,
  titles: titlesIn(file, "test('keys rotate', () => {});"),
  exists: (path) => path === 'lib/key.ts',
};
const control: Control = {
  id: 'x',
  title: 'Keys',
  how: 'They rotate.',
  templates: [every('AWS::KMS::Key', 'EnableKeyRotation', is(true))],
  policies: ['kms-rotation'],
  code: ['lib/key.ts'],
  tests: [{ file, name: 'keys rotate' }],
};

describe('A row', () => {
  it('is shown when resource, policy, code and test are there and hold', () => {
    expect(assess(control, material)).toMatchObject({ state: 'shown', reasons: [] });
  });

  const finding: Finding = {
    gate: 'policies',
    rule: 'kms-rotation',
    severity: 'error',
    template: 'audit',
    resource: 'Key',
    property: '',
    message: 'does not rotate',
  };
  it.each<[string, Partial<Control>, Partial<Material>, RegExp]>([
    ['a resource is missing', { templates: [every('AWS::SNS::Topic', '', is(true))] }, {}, /no such resource/],
    [
      'a property differs',
      { templates: [every('AWS::KMS::Key', 'EnableKeyRotation', is(false))] },
      {},
      /does not hold.*Key: true/,
    ],
    [
      'there are too few resources',
      { templates: [every('AWS::KMS::Key', 'EnableKeyRotation', is(true), { least: 2 })] },
      {},
      /does not hold/,
    ],
    ['a policy has findings', {}, { findings: [finding] }, /kms-rotation has 1 findings/],
    ['a policy is missing', { policies: ['no-such'] }, {}, /no policy no-such/],
    ['a file is missing', { code: ['lib/gone.ts'] }, {}, /no file lib\/gone\.ts/],
    ['a test failed', {}, { results: results('failed') }, /test failed: "keys rotate"/],
    ['a test is missing', { tests: [{ file, name: 'keys are gone' }] }, {}, /no test "keys are gone"/],
    ['the suite failed', { wholeSuite: true }, { results: results('failed') }, /the suite failed: 1 passed, 1 failed/],
  ])('is failed when %s', (_what, change, given, reason) => {
    const row = assess({ ...control, ...change }, { ...material, ...given });
    expect(row.state).toBe('failed');
    expect(row.reasons.join('\n')).toMatch(reason);
  });

  it.each<[string, Partial<Material>, RegExp]>([
    ['a test was skipped', { results: results('skipped') }, /1 of its tests skipped/],
    ['nobody ran the tests', { results: undefined }, /1 of its tests not run/],
    ['the results are older than the commit', { stale: true }, /results are older than the code/],
  ])('is unproven when %s', (_what, given, reason) => {
    const row = assess(control, { ...material, ...given });
    expect(row.state).toBe('unproven');
    expect(row.reasons.join('\n')).toMatch(reason);
  });

  it('of the whole suite is shown by results that have every file, and by no others', () => {
    const suite = { ...control, tests: [], wholeSuite: true };
    expect(assess(suite, material)).toMatchObject({ state: 'shown', suite: { says: '1 passed, 0 failed, 0 skipped' } });

    const titles = [...material.titles, ...titlesIn('test/lib/more.test.ts', "test('more', () => {});")];
    const partly = assess(suite, { ...material, titles });
    expect(partly).toMatchObject({ state: 'unproven', suite: { state: 'not run' } });
    expect(partly.suite?.says).toMatch(/1 files not run/);
  });

  it('of the whole suite is unproven without results', () => {
    const { state } = assess({ ...control, tests: [], wholeSuite: true }, { ...material, results: undefined });
    expect(state).toBe('unproven');
  });

  it('is for the organisation when nothing here can show it; a document that is missing fails it all the same', () => {
    const { id, title, how } = control;
    const paper: Control = { id, title, how, code: ['lib/key.ts'], organisation: 'Sign it.' };
    expect(assess(paper, material).state).toBe('organisation');
    expect(assess({ ...paper, code: ['docs/gone.md'] }, material).state).toBe('failed');
  });

  it('shows what is asked of production alone, and does not judge it elsewhere', () => {
    const short = every('AWS::Logs::LogGroup', 'RetentionInDays', is(2192), { productionOnly: true });
    const named = (name: string) =>
      new Assembly(assembly.templates.map((template) => ({ ...template, name: `${name}/audit` })));

    const dev = assess({ ...control, templates: [short] }, { ...material, assembly: named('dev') });
    const prod = assess({ ...control, templates: [short] }, { ...material, assembly: named('prod') });

    expect(dev).toMatchObject({ state: 'shown', templates: [{ judged: false, holds: false }] });
    expect(prod.state).toBe('failed');
  });
});
