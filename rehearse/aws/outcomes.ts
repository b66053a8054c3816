import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import {
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand, DescribeRulesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { DescribeDBClustersCommand, DescribeDBSubnetGroupsCommand } from '@aws-sdk/client-rds';
import { ACCOUNT_STACK } from '../../lib/config/names.ts';
import type { AwsClients } from '../../packages/ops/src/aws/clients.ts';
import { type StackResource, stackResources } from '../../packages/ops/src/aws/stack-resources.ts';
import type { Place } from './place.ts';

/** Fails unless an account has what a deployment promises. */
export type Outcome = (place: Place) => Promise<void>;

/** Every resource of a stage. */
export async function resourcesOf({ clients, names }: Place): Promise<StackResource[]> {
  const parts = ['audit', 'network', 'registry', 'database', 'tasks', 'service', 'monitoring'];
  const stacks = [ACCOUNT_STACK, ...parts.map((part) => `${names.base}-${part}`)];
  const found = await Promise.all(stacks.map((stack) => stackResources({ clients }, stack)));
  return found.flatMap((resources) => resources ?? []);
}

const typed = async (place: Place, pattern: RegExp): Promise<StackResource[]> =>
  (await resourcesOf(place)).filter(({ type }) => pattern.test(type));

async function serviceOf({ clients, names }: Place) {
  const request = new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] });
  return (await clients.ecs.send(request)).services![0]!;
}

/** What fails silently on AWS: events that are dropped, a canary that the web ACL blocks or no task answers. */
export const arrives: Outcome = async (place) => {
  const { clients, names, variant } = place;
  const { source, detailType } = names.deliveryTest;
  const { clusterArn } = await serviceOf(place);
  // To the topic, and to the log group.
  const test = { Source: source, DetailType: detailType, Detail: { stage: variant.stage } };
  const ended = { clusterArn, lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' };
  const task = { Source: 'aws.ecs', DetailType: 'ECS Task State Change', Detail: ended };
  const rules = await typed(place, /^AWS::Events::Rule$/);
  for (const [id, event] of Object.entries({ DeliveryTest: test, FailedTasks: task })) {
    const rule = rules.find(({ logicalId }) => logicalId.includes(id))!.physicalId;
    const count = async (metric: string) =>
      (await values(clients, 'AWS/Events', metric, 'RuleName', rule, 'Sum')).reduce((sum, one) => sum + one, 0);
    const before = await count('Invocations');
    const Entries = [{ ...event, Detail: JSON.stringify(event.Detail) }];
    await clients.events.send(new PutEventsCommand({ Entries }));
    equal(await count('Invocations'), before + 1, `the event did not match the rule ${id}`);
    equal(await count('FailedInvocations'), 0, `the event of the rule ${id} was dropped`);
  }
  for (const canary of await typed(place, /^AWS::Synthetics::Canary$/)) {
    const [space, metric] = ['CloudWatchSynthetics', 'SuccessPercent'];
    const worst = await values(clients, space, metric, 'CanaryName', canary.physicalId, 'Minimum');
    ok(worst.length > 0 && worst.every((percent) => percent === 100), `the canary succeeds by ${worst.join(', ')} %`);
  }
};

/** A statistic of a metric in the last hour, by minute. */
async function values(
  { cloudWatch }: AwsClients,
  Namespace: string,
  MetricName: string,
  Name: string,
  Value: string,
  statistic: 'Sum' | 'Minimum',
): Promise<number[]> {
  const now = Date.now();
  const { Datapoints } = await cloudWatch.send(
    new GetMetricStatisticsCommand({
      ...{ Namespace, MetricName, Dimensions: [{ Name, Value }], Period: 60, Statistics: [statistic] },
      ...{ StartTime: new Date(now - 3_600_000), EndTime: new Date(now + 60_000) },
    }),
  );
  return Datapoints!.map((point) => point[statistic]!);
}

export const makesLinkedRoles: Outcome = async (place) => {
  ok((await typed(place, /^AWS::IAM::ServiceLinkedRole$/)).length >= 2);
};

export const accountHasOneOfEach: Outcome = async (place) => {
  const { guardDuty, config } = place.clients;
  equal((await guardDuty.send(new ListDetectorsCommand({}))).DetectorIds!.length, 1);
  equal((await config.send(new DescribeConfigurationRecordersCommand({}))).ConfigurationRecorders!.length, 1);
  deepEqual(await typed(place, /^AWS::(GuardDuty::Detector|Config::(ConfigurationRecorder|DeliveryChannel))$/), []);
};

export const rolesHaveBoundary: Outcome = async (place) => {
  const roles = await typed(place, /^AWS::IAM::Role$/);
  for (const { physicalId: RoleName } of roles) {
    const { Role } = await place.clients.iam.send(new GetRoleCommand({ RoleName }));
    match(Role!.PermissionsBoundary?.PermissionsBoundaryArn ?? '', /:policy\/platform-boundary$/, RoleName);
  }
  ok(roles.length > 5);
};

export const makesNoVpc: Outcome = async (place) => {
  const { Vpcs } = await place.clients.ec2.send(new DescribeVpcsCommand({}));
  const [given, ...others] = Vpcs!.filter(({ IsDefault }) => !IsDefault);
  deepEqual(others, []);
  deepEqual(await typed(place, /^AWS::EC2::(VPC|Subnet|RouteTable|VPCEndpoint)$/), []);
  const { LoadBalancers } = await place.clients.elb.send(new DescribeLoadBalancersCommand({}));
  deepEqual(
    LoadBalancers!.map(({ VpcId }) => VpcId),
    [given!.VpcId],
  );
};

export const idlesCheaply: Outcome = async (place) => {
  const { autoScaling, ec2, rds } = place.clients;
  const { ScalableTargets } = await autoScaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }));
  equal(ScalableTargets![0]!.MinCapacity, 0);
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
  equal(DBClusters![0]!.ServerlessV2ScalingConfiguration!.MinCapacity, 0);
  equal(DBClusters![0]!.DeletionProtection, false);
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  for (const { SubnetIds, VpcEndpointType } of VpcEndpoints!) {
    if (VpcEndpointType === 'Interface') equal(SubnetIds!.length, 1);
  }
  deepEqual(await typed(place, /^AWS::(Synthetics::Canary|EC2::NatGateway)$/), []);
};

export const isInternal =
  (internal: boolean): Outcome =>
  async (place) => {
    const { LoadBalancers } = await place.clients.elb.send(new DescribeLoadBalancersCommand({}));
    deepEqual(
      LoadBalancers!.map(({ Scheme }) => Scheme),
      [internal ? 'internal' : 'internet-facing'],
    );
    equal((await typed(place, /^AWS::EC2::InternetGateway$/)).length, internal ? 0 : 1);
  };

export const tasksReachTransitGateway: Outcome = async (place) => {
  const { subnets } = (await serviceOf(place)).networkConfiguration!.awsvpcConfiguration!;
  const RouteTableIds = (await typed(place, /^AWS::EC2::RouteTable$/)).map(({ physicalId }) => physicalId);
  const { RouteTables } = await place.clients.ec2.send(new DescribeRouteTablesCommand({ RouteTableIds }));
  const reaching = RouteTables!.filter(({ Routes }) => Routes!.some(({ TransitGatewayId }) => TransitGatewayId));
  equal(reaching.length, subnets!.length);
};

export const isInGovCloud: Outcome = async (place) => {
  deepEqual(await typed(place, /^AWS::(Budgets|Backup::RestoreTesting)/), []);
  const arns = (await resourcesOf(place)).filter(({ physicalId }) => physicalId.startsWith('arn:'));
  deepEqual(
    arns.filter(({ physicalId }) => !physicalId.startsWith('arn:aws-us-gov:')),
    [],
  );
};

/** By a canary deployment ECS shifts the traffic between two target groups; otherwise there is one. */
export const shiftsTraffic =
  (canary: boolean): Outcome =>
  async (place) => {
    equal((await serviceOf(place)).deploymentConfiguration!.strategy, canary ? 'CANARY' : 'ROLLING');
    const rules = await typed(place, /^AWS::ElasticLoadBalancingV2::ListenerRule$/);
    const RuleArns = rules.map(({ physicalId }) => physicalId);
    const { Rules } = await place.clients.elb.send(new DescribeRulesCommand({ RuleArns }));
    const forward = Rules![0]!.Actions!.find(({ Type }) => Type === 'forward')!;
    equal(forward.ForwardConfig?.TargetGroups?.length ?? 1, canary ? 2 : 1);
  };

export const usesZones =
  (count: number): Outcome =>
  async (place) => {
    const { ec2, rds } = place.clients;
    const ids = (await typed(place, /^AWS::EC2::Subnet$/)).map(({ physicalId }) => physicalId);
    const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: ids }));
    equal(new Set(Subnets!.map(({ AvailabilityZone }) => AvailabilityZone)).size, count);
    const { DBSubnetGroups } = await rds.send(new DescribeDBSubnetGroupsCommand({}));
    equal(DBSubnetGroups![0]!.Subnets!.length, count);
    equal((await serviceOf(place)).networkConfiguration!.awsvpcConfiguration!.subnets!.length, count);
  };
