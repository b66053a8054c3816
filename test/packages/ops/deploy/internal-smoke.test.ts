import { createClients } from '@healthcare-ai/ops/aws/clients';
import { systemClock } from '@healthcare-ai/ops/clock';
import type { DeployContext } from '@healthcare-ai/ops/deploy/context';
import { smokeStep } from '@healthcare-ai/ops/deploy/smoke';
import { loadStages } from '../../../../lib/config/load.ts';
import { stages } from '../../../../lib/config/stages.ts';
import { type AwsEndpoint, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { ACCOUNT, names } from '../support/world/world.ts';
import { CERTIFICATE } from './account.ts';

let aws: AwsEndpoint;
afterEach(() => aws.stop());

/** The smoke test of a stage whose load balancer accepts no connection: port 443 of this machine is closed. */
async function smoke(exposure: 'internal' | 'internet', health: string) {
  aws = await startAwsEndpoint({
    GetCallerIdentity: () => ({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/op`, UserId: 'A' }),
    DescribeStacks: ({ StackName }) => ({
      Stacks: [
        {
          StackName,
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: new Date(0),
          Outputs: [{ OutputKey: 'LoadBalancerDnsName', OutputValue: 'localhost' }],
        },
      ],
    }),
    ListStackResources: () => ({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Blue',
          PhysicalResourceId: 'arn:blue',
          ResourceType: 'AWS::ElasticLoadBalancingV2::TargetGroup',
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date(0),
        },
      ],
    }),
    DescribeTargetHealth: () => ({
      TargetHealthDescriptions: [{ Target: { Id: '10.20.1.7', Port: 8000 }, TargetHealth: { State: health } }],
    }),
  });
  const { signal } = new AbortController();
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const clients = createClients({ region: 'us-east-1', endpoint: aws.url, credentials, signal });
  const [config] = loadStages(stages, ['dev'], { 'edge.certificateArn': CERTIFICATE, 'network.exposure': exposure });
  const said: string[] = [];
  const output = { progress: (text: string) => void said.push(text) };
  const base = { stage: 'dev', config, names, region: 'us-east-1', clients, clientsOf: () => clients };
  const context = {
    ...base,
    signal,
    clock: systemClock,
    timeoutMs: 10_000,
    env: {},
    output,
  } as unknown as DeployContext;
  const { act } = await smokeStep(context, {}).look();
  const did = await act!().catch((error: Error) => error.message);
  return { did, said: said.join('\n') };
}

test('an internal load balancer out of reach is judged by its targets, and the command for a machine inside is named', async () => {
  const { did, said } = await smoke('internal', 'healthy');
  expect(did).toBe('no check made from here; targets: 1 healthy');
  expect(said).toMatch(/npm run smoke -- https:\/\/notes\.dev\.example\.org --address localhost/);
});

test('one without a healthy task fails', async () => {
  expect((await smoke('internal', 'unhealthy')).did).toMatch(/the load balancer has no healthy task: 0 healthy, 1 not/);
});

test('a load balancer that faces the internet and is out of reach fails', async () => {
  expect((await smoke('internet', 'healthy')).did).toMatch(/the smoke test failed/);
});
