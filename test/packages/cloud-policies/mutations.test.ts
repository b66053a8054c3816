import { Assembly, evaluate, failing, policiesFor } from '@healthcare-ai/cloud-policies';
import { actionReader } from '@healthcare-ai/cloud-policies/core/actions';
import { nagFindings } from '@healthcare-ai/cloud-policies/gates/nag';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { Draft } from './draft.ts';
import { assemblyFolder } from './folder.ts';
import { mutations } from './mutations/index.ts';
import { optional } from './mutations/optional.ts';
import { templatesOf } from './stage.ts';

const production = templatesOf('prod');
const policies = policiesFor(gateProfile);
const actions = actionReader();
const all = Object.values(mutations).flat();

const isPublicRule = (id: string) => /^(HIPAA|NIST|PCI|AwsSolutions)/.test(id);

/** The findings of one rule: a policy of ours by its id, or a rule of cdk-nag. */
function findings(draft: Draft, id: string) {
  const assembly = new Assembly(draft.templates, actions);
  if (!isPublicRule(id))
    return failing(
      evaluate(
        assembly,
        policies.filter((policy) => policy.id === id),
      ),
    );
  const folder = assemblyFolder(draft.templates);
  try {
    const loaded = draft.templates.map((one) => ({ ...one, file: `${folder.path}/${one.name}.template.json` }));
    return nagFindings(assembly, loaded, gateProfile).filter(({ rule }) => rule.startsWith(id));
  } finally {
    folder.remove();
  }
}

test('the templates of production have no finding', () => {
  expect(failing(evaluate(new Assembly(production, actions), policies))).toEqual([]);
});

describe.each(Object.entries(mutations))('%s', (_area, faults) => {
  test.each(faults)('[164.308(a)(1)(ii)(B)] $fault -> $caughtBy', ({ put, caughtBy }) => {
    const draft = new Draft(production);

    put(draft);

    expect(findings(draft, caughtBy)).not.toEqual([]);
  });
});

describe.each(Object.entries(optional))('%s', (_name, { stage, settings, faults }) => {
  const templates = templatesOf(stage, settings);

  test('without a fault nothing is found', () => {
    expect(failing(evaluate(new Assembly(templates, actions), policies))).toEqual([]);
  });

  test.each(faults)('[164.308(a)(1)(ii)(B)] $fault -> $caughtBy', ({ put, caughtBy }) => {
    const draft = new Draft(templates);

    put(draft);

    expect(findings(draft, caughtBy)).not.toEqual([]);
  });
});

test('no fault is listed twice', () => {
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(new Set(all.map(({ fault }) => fault)).size).toBe(all.length);
});

test('[164.308(a)(1)(ii)(B)] every policy catches a fault', () => {
  const faults = [...all, ...Object.values(optional).flatMap((part) => part.faults)];
  const speaking = new Set(faults.map(({ caughtBy }) => caughtBy));

  const silent = policies.map(({ id }) => id).filter((id) => !speaking.has(id));

  expect(silent).toEqual([]);
});
