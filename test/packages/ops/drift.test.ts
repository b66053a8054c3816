import { driftCommand } from '@healthcare-ai/ops/commands/drift';
import { stages } from '../../../lib/config/stages.ts';
import { type AwsEndpoint, AwsFault, startAwsEndpoint } from './support/aws-endpoint.ts';
import { runAgainst } from './support/run-command.ts';

let aws: AwsEndpoint;
afterEach(() => aws.stop());

type Drift = Readonly<Record<string, unknown>>;

/** Runs `ops drift` in an account where CloudFormation finds these differences in the service stack. */
async function drift(drifts: readonly Drift[], status: Drift = { DetectionStatus: 'DETECTION_COMPLETE' }) {
  const looks = new Map<string, number>();
  aws = await startAwsEndpoint({
    DescribeStacks: ({ StackName }) =>
      /-(service|database)$/.test(StackName)
        ? { Stacks: [{ StackName, StackStatus: 'UPDATE_COMPLETE', CreationTime: new Date(0) }] }
        : new AwsFault('ValidationError', `Stack with id ${StackName} does not exist`),
    DetectStackDrift: ({ StackName }) => ({ StackDriftDetectionId: StackName }),
    DescribeStackDriftDetectionStatus: ({ StackDriftDetectionId: id }) => {
      looks.set(id, (looks.get(id) ?? 0) + 1);
      const done = looks.get(id)! > 2;
      return {
        ...(done ? status : { DetectionStatus: 'DETECTION_IN_PROGRESS' }),
        StackId: id,
        StackDriftDetectionId: id,
      };
    },
    DescribeStackResourceDrifts: ({ StackName }) => ({
      StackResourceDrifts: StackName.endsWith('service') ? drifts : [],
    }),
  });
  return runAgainst(['drift', '--stage', 'staging', '--json'], { endpoint: aws.url, command: driftCommand, stages });
}

const group = (name: string, Weight: number) => ({ TargetGroupArn: `arn:${name}`, Weight });
const forward = (...TargetGroups: readonly object[]) => ({ Type: 'forward', ForwardConfig: { TargetGroups } });

function rule(expected: object, actual: object, path = '/Actions/0/ForwardConfig/TargetGroups/0/Weight'): Drift {
  return {
    LogicalResourceId: 'EdgeProduction',
    ResourceType: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    StackResourceDriftStatus: 'MODIFIED',
    ExpectedProperties: JSON.stringify({ Priority: 100, Actions: [expected] }),
    ActualProperties: JSON.stringify({ Priority: 100, Actions: [actual] }),
    PropertyDifferences: [{ PropertyPath: path, ExpectedValue: '100', ActualValue: '0', DifferenceType: 'NOT_EQUAL' }],
  };
}

const cluster = (expected: string, actual: string): Drift => ({
  LogicalResourceId: 'AuroraCluster',
  ResourceType: 'AWS::RDS::DBCluster',
  StackResourceDriftStatus: 'MODIFIED',
  ExpectedProperties: JSON.stringify({ EngineVersion: expected }),
  ActualProperties: JSON.stringify({ EngineVersion: actual }),
  PropertyDifferences: [
    { PropertyPath: '/EngineVersion', ExpectedValue: expected, ActualValue: actual, DifferenceType: 'NOT_EQUAL' },
  ],
});

const template = forward(group('blue', 100), group('green', 0));

// https://github.com/go-to-k/cdk-real-drift/issues/1730
test.each([
  ['weights that ECS shifted', rule(template, forward(group('blue', 0), group('green', 100)))],
  ['weights in the middle of a canary', rule(template, forward(group('blue', 90), group('green', 10)))],
  [
    'weights that CloudFormation reports as an action removed and added',
    rule(template, { ...forward(group('green', 100), group('blue', 0)), Order: 1 }, '/Actions/0'),
  ],
  ['a minor version that RDS chose', cluster('17', '17.7')],
  ['a minor version to which RDS upgraded', cluster('17.4', '17.7')],
])('is no drift, and is shown with its reason: %s', async (_what, found) => {
  const { code, out } = await drift([found]);
  const report = JSON.parse(out);
  expect({ code, drift: report.drift, ignored: report.ignored.length }).toEqual({ code: 0, drift: [], ignored: 1 });
  expect(report.ignored[0].reason).toMatch(/ECS shifts the weights|RDS chooses the minor version/);
});

test.each([
  ['another target group', rule(template, forward(group('blue', 0), group('other', 100)))],
  ['one more action', rule(template, forward(group('blue', 100)), '/Actions/0')],
  [
    'weights of a rule that ECS does not own',
    rule(forward(group('blue', 100)), forward(group('blue', 50), group('other', 50))),
  ],
  ['a condition of the production rule', rule(template, template, '/Conditions/0/PathPatternConfig/Values/0')],
  ['another major version', cluster('17', '18.1')],
  ['an older minor version', cluster('17.7', '17.4')],
  [
    'a deleted resource',
    { LogicalResourceId: 'Alarm', ResourceType: 'AWS::CloudWatch::Alarm', StackResourceDriftStatus: 'DELETED' },
  ],
])('is drift, and ends with 1: %s', async (_what, found) => {
  const { code, out, err } = await drift([found]);
  const report = JSON.parse(out);
  expect({ code, drift: report.drift.length, ignored: report.ignored }).toEqual({ code: 1, drift: 1, ignored: [] });
  expect(err).toMatch(/1 property differs\. Follow docs\/runbooks\/unexpected-change\.md/);
});

test('a stack that CloudFormation could not compare is a failure, and what it found is shown', async () => {
  const failed = { DetectionStatus: 'DETECTION_FAILED', DetectionStatusReason: 'AccessDenied for kms:DescribeKey' };
  const { code, out, err } = await drift([cluster('17', '17.7')], failed);
  expect(code).toBe(1);
  expect(err).toMatch(/2 stacks were not compared/);
  expect(JSON.parse(out)).toMatchObject({
    ignored: [{ actual: '17.7' }],
    unknown: [{ reason: expect.stringMatching(/AccessDenied/) }, {}],
  });
});
