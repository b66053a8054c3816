import { names, World } from '../support/world/world.ts';
import { Account } from './account.ts';
import { complete, runDeploy, templateOf } from './run-deploy.ts';

const network = `${names.base}-network`;
const subnet = (CidrBlock: string, AvailabilityZone = 'us-east-1a') => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { CidrBlock, AvailabilityZone },
});
const three = {
  Resources: { Public: subnet('10.0.0.0/24'), Tasks: subnet('10.0.4.0/23'), Data: subnet('10.0.10.0/24') },
  Outputs: { Tasks: { Value: { Ref: 'Tasks' } } },
};
const { Public: _removed, ...kept } = three.Resources;
const two = { Resources: kept, Outputs: three.Outputs };
const reading = (OutputName: string) => ({
  Resources: {
    Balancer: { Type: 'Any', Properties: { Subnets: [{ 'Fn::GetStackOutput': { StackName: network, OutputName } }] } },
  },
});

/** Deploys these templates to a stage whose network has three subnets. */
async function deployOver(
  templates: Readonly<Record<string, object>>,
  deployed: Readonly<Record<string, object>> = {},
  networkStatus = 'UPDATE_COMPLETE',
) {
  const account = new Account(new World());
  const { digest } = account.world.images[0]!;
  for (const part of ['audit', 'account', 'network', 'registry', 'database', 'tasks', 'service', 'monitoring']) {
    const before: Readonly<Record<string, object>> = { network: three, service: { Resources: {} }, ...deployed };
    const template = before[part] === undefined ? templateOf(part) : JSON.stringify(before[part]);
    account.stack(part, part === 'network' ? networkStatus : 'UPDATE_COMPLETE', {
      template,
      digest: /tasks|service/.test(part) ? digest : undefined,
    });
  }
  account.resources.set(`${names.base}-service`, [['Edge', 'arn:edge', 'AWS::ElasticLoadBalancingV2::LoadBalancer']]);
  const server = await account.start();
  try {
    return await runDeploy(account, server.endpoint, { digest, templates, cdk: complete });
  } finally {
    await server.close();
  }
}

// https://repost.aws/knowledge-center/cloudformation-stack-cleanup-stuck
test('a network that loses subnets is deployed after the stacks that leave them', async () => {
  const { failure, cdk } = await deployOver({ network: two, service: reading('Tasks') });
  expect(failure).toBeUndefined();
  expect(cdk).toEqual(['service', 'network']);
});

test('a network that gains subnets is deployed before them', async () => {
  const more = { ...three, Resources: { ...three.Resources, More: subnet('10.0.1.0/24', 'us-east-1b') } };
  const { failure, cdk } = await deployOver({ network: more, service: reading('More') });
  expect(failure).toBeUndefined();
  expect(cdk).toEqual(['network', 'service']);
});

test('a change that both needs and removes something of the network is refused before it begins', async () => {
  const { failure, cdk } = await deployOver({ network: two, service: reading('New') });
  expect(failure).toMatch(/need its new output New, which must come first\. Make the two changes one after the other/);
  expect(cdk).toEqual([]);
});

// https://github.com/aws/aws-cdk/issues/6683
test('a subnet that moves is refused before it begins', async () => {
  const moved = { ...two, Resources: { ...kept, Tasks: subnet('10.0.2.0/23') } };
  const { failure, cdk } = await deployOver({ network: moved });
  expect(failure).toMatch(/moves the subnet Tasks .* at the end of availabilityZones/);
  expect(cdk).toEqual([]);
});

test('a network whose creation failed is made anew, with whatever subnets', async () => {
  const moved = { ...two, Resources: { ...kept, Tasks: subnet('10.0.2.0/23') } };
  const { failure, cdk } = await deployOver({ network: moved }, {}, 'ROLLBACK_COMPLETE');
  expect([failure, cdk[0]]).toEqual([undefined, 'network']);
});

const balancer = (id: string) => ({ Resources: { [id]: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' } } });

test('a load balancer that is protected is not replaced, and the command that takes the protection off is named', async () => {
  const { failure, cdk } = await deployOver(
    { network: two, service: balancer('InternalEdge') },
    { service: balancer('Edge') },
  );
  expect(failure).toMatch(
    /replaces the load balancer Edge, .*--load-balancer-arn arn:edge .*deletion_protection\.enabled,Value=false/,
  );
  expect(cdk).toEqual([]);
});

describe('a resource that is replaced, and that another stack uses', () => {
  const group = (GroupDescription: string) => ({
    Resources: { ...three.Resources, Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription } } },
    Outputs: { Tasks: { Value: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
  });
  const service = reading('Tasks');

  test('is refused while the template of that stack does not change', async () => {
    const { failure, cdk } = await deployOver({ network: group('new'), service }, { network: group('old'), service });
    expect(failure).toMatch(/network replaces Group, which service uses\. .* another construct id/);
    expect(cdk).toEqual([]);
  });

  test.each([
    ['that template changes, too', group('new'), { ...service, Description: 'of today' }],
    ['it is not replaced', { ...group('old'), Description: 'of today' }, service],
  ])('is deployed when %s', async (_what, network, next) => {
    const { failure } = await deployOver({ network, service: next }, { network: group('old'), service });
    expect(failure).toBeUndefined();
  });
});
