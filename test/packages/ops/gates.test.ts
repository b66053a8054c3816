import type { Template } from '@healthcare-ai/cloud-policies';
import { cloudFormationGate } from '@healthcare-ai/cloud-policies/gates/cloudformation';
import { gatesCommand } from '@healthcare-ai/ops/commands/gates';
import { Draft } from '../cloud-policies/draft.ts';
import { assemblyFolder, type Folder, folderOf } from '../cloud-policies/folder.ts';
import { templatesOf } from '../cloud-policies/stage.ts';
import { runProgram } from './support/run-program.ts';

const production = templatesOf('prod');
const folders: Folder[] = [];
const engine = cloudFormationGate();
const shared = () => ({ check: engine.check, dispose: () => {} });
afterAll(() => {
  engine.dispose();
  for (const { remove } of folders) remove();
});

const run = (...args: readonly string[]) => runProgram(gatesCommand(shared), args);

function runOn(templates: readonly Template[], ...args: readonly string[]) {
  const folder = assemblyFolder(templates);
  folders.push(folder);
  return run(folder.path, ...args);
}

/** A draft of some templates. What they import from the others is a finding as well. */
const only = (...names: readonly string[]) => new Draft(production.filter(({ name }) => names.includes(name)));

test.each(['sandbox', 'dev', 'staging', 'prod'])(
  '[164.308(a)(1)(ii)(B)] every gate is content with %s',
  async (stage) => {
    const { code, out, err } = await runOn(templatesOf(stage));

    expect(out).toMatch(/^no findings in \d+ templates$/);
    expect([code, err]).toEqual([0, '']);
  },
);

test('a finding is one line that names gate, rule, template, resource and property, and the exit code is 1', async () => {
  const draft = new Draft(production);
  draft.set('AWS::ElasticLoadBalancingV2::Listener', 'SslPolicy', 'ELBSecurityPolicy-2016-08', /Https/);

  const { code, out } = await runOn(draft.templates);

  expect(code).toBe(1);
  expect(out.split('\n')).toEqual([
    expect.stringMatching(
      /^error healthcare-ai\/alb-listener-tls service EdgeHttps\w+ SslPolicy: got "ELBSecurityPolicy-2016-08"; use /,
    ),
    expect.stringMatching(/^1 finding in \d+ templates$/),
  ]);
});

test('--json prints the same for programs', async () => {
  const draft = only('service');
  draft.unset('AWS::Logs::LogGroup', 'RetentionInDays', /^ServiceLogs/);

  const { code, out } = await runOn(draft.templates, '--json');

  expect(code).toBe(1);
  const { templates, findings } = JSON.parse(out);
  expect(templates).toBe(1);
  expect(findings).toContainEqual(
    expect.objectContaining({ gate: 'healthcare-ai', rule: 'log-group-retention', template: 'service' }),
  );
  expect(findings).toContainEqual(expect.objectContaining({ gate: 'hipaa' }));
});

test('faults that only CloudFormation can know are found by its own validation', async () => {
  const draft = only('network', 'service');
  draft.set('AWS::ECS::TaskDefinition', 'Memory', '600', /^Task/);
  draft.set(
    'AWS::EC2::Subnet',
    'CidrBlock',
    draft.resource('AWS::EC2::Subnet', /^VpcdataSubnet2/).Properties.CidrBlock,
  );

  const { code, out } = await runOn(draft.templates);

  expect(code).toBe(1);
  expect(out).toMatch(/ cloudformation\/\S+ service Task\w+/);
  expect(out).toMatch(/ cloudformation\/\S+ network Vpc\w+Subnet/);
});

test('cdk-nag judges property overrides; an acknowledgement without a review is a finding, and hides none', async () => {
  const draft = only('database');
  draft.set('AWS::RDS::DBCluster', 'StorageEncrypted', false);
  const reason = 'This reason is long enough to be one, and is a lie all the same.';
  draft.set('AWS::RDS::DBCluster', '/Metadata', {
    'HealthcareAI::Acknowledged': [{ id: 'HIPAA.Security-RDSStorageEncrypted', reason }],
  });

  const { code, out } = await runOn(draft.templates);

  expect(code).toBe(1);
  expect(out).toMatch(
    /reviewed-acknowledgement database AuroraCluster\w+ Metadata: acknowledges HIPAA\.Security-RDSStorageEncrypted/,
  );
  expect(out).toMatch(/ hipaa\/HIPAA\.Security-RDSStorageEncrypted database AuroraCluster/);
  expect(out).toMatch(/ nist-800-53-r5\/NIST\.800\.53\.R5-RDSStorageEncrypted database AuroraCluster/);
});

test.each([
  ['a reference to nothing', { A: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Gone' } } } }],
  ['a resource without type', { A: { Properties: {} } }],
  ['a resource that is text', { A: 'AWS::SNS::Topic' }],
  ['resources that are a list', [{ Type: 'AWS::SNS::Topic' }]],
  [
    'properties of another shape',
    { A: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: 7, Tags: {} } } },
  ],
  [
    'a policy of another shape',
    { A: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: 'x' } } } },
  ],
])('%s is findings, not a crash', async (_what, Resources) => {
  const folder = folderOf({ 'x.template.json': { Resources } });
  folders.push(folder);

  const { code, out, err } = await run(folder.path);

  expect([code, err]).toEqual([1, '']);
  for (const text of out.split('\n').slice(0, -1)) expect(text).toMatch(/^(error|warning) [\w-]+\/\S+ /);
});

test('loose templates without a manifest are judged as well', async () => {
  const folder = folderOf({
    'x.template.json': { Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [] } } } } },
  });
  folders.push(folder);

  const { code, out } = await run(folder.path);

  expect(code).toBe(1);
  expect(out).toMatch(/healthcare-ai\/kms-rotation x Key EnableKeyRotation: got nothing; use true/);
});

test.each([
  { args: [], said: /missing required argument 'folder'/ },
  { args: ['a', 'b'], said: /too many arguments/ },
  { args: ['--what'], said: /unknown option '--what'/ },
  { args: ['/nowhere'], said: /no folder \/nowhere/ },
])('used wrongly ($args) it prints why, and the exit code is 2', async ({ args, said }) => {
  const { code, out, err } = await run(...args);

  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(said);
  expect(err).not.toMatch(/^\s+at /m);
});
