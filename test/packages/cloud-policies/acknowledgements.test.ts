import { Assembly } from '@healthcare-ai/cloud-policies';
import { acknowledgedBy, acknowledgementFindings } from '@healthcare-ai/cloud-policies/gates/acknowledgements';
import { nagFindings, withoutReferences } from '@healthcare-ai/cloud-policies/gates/nag';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { assemblyFolder } from './folder.ts';
import { templatesOf } from './stage.ts';

const stages = {
  production: templatesOf('prod'),
  'production with a way out': templatesOf('prod', { 'network.egress': 'nat' }),
};

describe.each(Object.entries(stages))('%s', (_name, templates) => {
  const folder = assemblyFolder(templates);
  const loaded = templates.map((template) => ({ ...template, file: `${folder.path}/${template.name}.template.json` }));
  const assembly = new Assembly(templates);
  const given = assembly.all.flatMap((resource) =>
    acknowledgedBy(resource, gateProfile).map(({ id, reason }) => ({ resource, id, reason })),
  );
  afterAll(folder.remove);

  test('[164.308(a)(1)(ii)(B)] every acknowledgement was reviewed, and says why', () => {
    expect(given.length).toBeGreaterThan(20);
    expect(acknowledgementFindings(assembly.all, gateProfile)).toEqual([]);
  });

  test('no acknowledgement is stale: without it its finding comes back', () => {
    const findings = nagFindings(assembly, loaded, { ...gateProfile, acknowledgements: [] });

    const stale = given.filter(
      ({ resource, id }) =>
        !findings.some(
          (finding) =>
            finding.template === resource.template.name &&
            finding.resource === resource.logicalId &&
            withoutReferences(finding.rule) === withoutReferences(id),
        ),
    );

    expect(stale.map(({ resource, id }) => `${resource.logicalId} ${id}`)).toEqual([]);
  });

  test('with all of them nothing is left', () => {
    expect(nagFindings(assembly, loaded, gateProfile)).toEqual([]);
  });

  test('at most eight HIPAA rules are acknowledged', () => {
    const rules = new Set(given.map(({ id }) => id).filter((id) => id.startsWith('HIPAA.')));

    expect(rules.size).toBeLessThanOrEqual(8);
  });
});

test('[164.308(a)(1)(ii)(B)] what only a disposable stage may acknowledge is a finding in any other', () => {
  const sandbox = templatesOf('sandbox');
  const unmarked = sandbox.map(({ body, ...template }) => ({ ...template, body: { ...body, Metadata: undefined } }));
  const findings = (templates: typeof sandbox) => acknowledgementFindings(new Assembly(templates).all, gateProfile);

  expect(findings(sandbox)).toEqual([]);
  const refused = findings(unmarked).map(({ resource, message }) => `${resource} ${message}`);
  expect(refused.length).toBeGreaterThanOrEqual(5);
  expect(
    refused.filter((line) => !/(Edge|AuroraCluster)\w* acknowledges .*(DeletionProtection|RDS10)/.test(line)),
  ).toEqual([]);
});

test('every reviewed acknowledgement is used by some stage', () => {
  const all = Object.values(stages).flatMap((templates) => new Assembly(templates).all);
  const other = new Assembly(templatesOf('dev', { githubRepository: 'owner/name' })).all;
  const issuer = { issuer: 'https://x', audiences: 'a', keys: { uri: 'https://x/keys' }, tenant: 'n' };
  const third = new Assembly(templatesOf('dev', { 'service.issuers': JSON.stringify([issuer]) })).all;
  const sandbox = new Assembly(templatesOf('sandbox')).all;
  const given = [...all, ...other, ...third, ...sandbox].flatMap((resource) =>
    acknowledgedBy(resource, gateProfile).map(({ id }) => ({ resource, id })),
  );

  const unused = gateProfile.acknowledgements.filter(
    ({ rule, type, resource: id }) =>
      !given.some(
        ({ resource, id: rule2 }) => resource.type === type && id.test(resource.logicalId) && rule.test(rule2),
      ),
  );

  expect(unused).toEqual([]);
});
