import { Assembly, evaluate, policies } from '@healthcare-ai/cloud-policies';
import { actionReader } from '@healthcare-ai/cloud-policies/iam/iam-data';
import { Draft } from './draft.ts';
import { mutations } from './mutations/index.ts';
import { templatesOf } from './stage.ts';

const production = templatesOf('prod');
const actions = actionReader();
const all = Object.values(mutations).flat();

/** What one policy says of a draft. */
const findings = (draft: Draft, id: string) =>
  evaluate(
    new Assembly(draft.templates, actions),
    policies.filter((policy) => policy.id === id),
  );

test('the templates of production have no finding', () => {
  expect(evaluate(new Assembly(production, actions), policies)).toEqual([]);
});

describe.each(Object.entries(mutations))('%s', (_area, faults) => {
  test.each(faults)('[164.308(a)(1)(ii)(B)] $fault -> $caughtBy', ({ put, caughtBy }) => {
    const draft = new Draft(production);

    put(draft);

    expect(findings(draft, caughtBy)).not.toEqual([]);
  });
});

test('no fault is listed twice', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ fault }) => fault)).size).toBe(all.length);
});

test('[164.308(a)(1)(ii)(B)] every policy catches a fault, or judges what production does not have', () => {
  const speaking = new Set(all.map(({ caughtBy }) => caughtBy));

  const silent = policies.map(({ id }) => id).filter((id) => !speaking.has(id));

  // Deploying from GitHub is a matter of configuration.
  expect(silent).toEqual(['oidc-provider']);
});
