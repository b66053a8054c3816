import { Assembly, evaluate, policiesFor, type TemplateBody } from '@healthcare-ai/cloud-policies';
import { gateProfile } from '@healthcare-ai/ops/gate-profile';
import { Draft } from './draft.ts';
import { templatesOf } from './stage.ts';

const reference = (name: string) => ['$', `{${name}}`].join('');

/** What the templates of production do not have: intrinsic functions that CDK does not write, and other types. */
const keys = {
  Resources: { Key: { Type: 'AWS::KMS::Key', Properties: {} } },
  Outputs: {
    Arn: {
      Value: { 'Fn::GetAtt': ['Key', 'Arn'] },
      Export: { Name: { 'Fn::Sub': [reference('Name'), { Name: 'key' }] } },
    },
  },
};
const assemblyOf = (Resources: object) =>
  new Assembly([
    { name: 'keys', body: keys as unknown as TemplateBody },
    { name: 'topics', body: { Resources } as unknown as TemplateBody },
  ]);
const topic = (KmsMasterKeyId: unknown) => ({ Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId } } });

const findings = (assembly: Assembly, id: string) =>
  evaluate(
    assembly,
    policiesFor(gateProfile).filter((policy) => policy.id === id),
  );

test.each([
  ['an import', { 'Fn::ImportValue': 'key' }],
  ['an import of a substitution', { 'Fn::ImportValue': { 'Fn::Sub': [reference('Name'), { Name: 'key' }] } }],
  ['a join around an import', { 'Fn::Join': ['', ['', { 'Fn::ImportValue': 'key' }]] }],
])('%s leads to the key of the other stack', (_what, value) => {
  const assembly = assemblyOf(topic(value));

  expect(assembly.resources('AWS::SNS::Topic')[0]!.target('KmsMasterKeyId')?.type).toBe('AWS::KMS::Key');
  expect(findings(assembly, 'references')).toEqual([]);
});

test.each([
  ['a substitution of nothing', { 'Fn::Sub': reference('Gone') }],
  ['an import of nothing', { 'Fn::ImportValue': 'gone' }],
])('%s is a finding', (_what, value) => {
  expect(findings(assemblyOf(topic(value)), 'references')).not.toEqual([]);
});

test('an escaped name of a substitution is no reference', () => {
  expect(findings(assemblyOf(topic({ 'Fn::Sub': `alias/${reference('!Name')}` })), 'references')).toEqual([]);
});

test('a function that every bucket may call is a finding', () => {
  const permission = { Type: 'AWS::Lambda::Permission', Properties: { Principal: 's3.amazonaws.com' } };

  expect(findings(assemblyOf({ permission }), 'iam-no-public-principal')).not.toEqual([]);
});

test('with deployments from GitHub no other identity provider is trusted', () => {
  const templates = templatesOf('dev', {
    githubRepository: 'owner/name',
    'accountBaseline.githubOidcProvider': 'true',
  });
  const draft = new Draft(templates);
  draft.set('AWS::IAM::OIDCProvider', 'Url', 'https://evil.example');

  expect(findings(new Assembly(templates), 'oidc-provider')).toEqual([]);
  expect(findings(new Assembly(draft.templates), 'oidc-provider')).not.toEqual([]);
});
