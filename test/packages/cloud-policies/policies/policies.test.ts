import { Assembly, policies } from '@healthcare-ai/cloud-policies';
import { Draft } from '../gates/draft.ts';
import { deployment } from './fixture/index.ts';
import { compute } from './refusals/compute.ts';
import { data } from './refusals/data.ts';
import { edge } from './refusals/edge.ts';
import { identity } from './refusals/identity.ts';
import { network } from './refusals/network.ts';
import { observability } from './refusals/observability.ts';
import { templates } from './refusals/templates.ts';

const refusals = { ...templates, ...identity, ...data, ...network, ...edge, ...compute, ...observability };

/** Policies whose faults are planted in the real templates alone: test/packages/cloud-policies/gates/mutations. */
const plantedElsewhere = [
  'canary',
  'default-group-closed',
  'event-rule',
  'iam-condition-sent',
  'kms-service-grant',
  'log-resource-policy',
  'reviewed-property',
  'service-deployment',
];

describe.each(policies.filter(({ id }) => !plantedElsewhere.includes(id)))('$id', ({ id, check }) => {
  test('is content with a compliant deployment', () => {
    expect([...check(new Assembly(deployment()))]).toEqual([]);
  });

  test.each(refusals[id] ?? [])('refuses $what', ({ on, change }) => {
    // GIVEN
    const draft = new Draft(deployment());
    change(draft);

    // WHEN
    const faults = [...check(new Assembly(draft.templates))];

    // THEN
    expect(faults.map(({ resource }) => resource)).toContain(on);
    for (const { message } of faults) expect(message).toMatch(/^[^\n]{10,}$/);
  });
});
