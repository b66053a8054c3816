import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFlowLogsCommand,
  CreateSubnetCommand,
  CreateTransitGatewayCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { stackResources } from '../../packages/ops/src/aws/stack-resources.ts';
import { deployTemplate } from './change-set.ts';
import type { Place } from './place.ts';

/** Makes what other teams have made before the first deployment. @returns the settings that name it */
export type MadeByOthers = (place: Place) => Promise<Readonly<Record<string, unknown>>>;

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager'];

/** A VPC as a network team hands it out. */
export const existingVpc: MadeByOthers = async ({ clients: { ec2, logs }, region, account }) => {
  const CidrBlock = '10.77.0.0/16';
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock }));
  const VpcId = Vpc!.VpcId!;
  let next = 0;
  const pair = () =>
    Promise.all(
      ['a', 'b'].map(async (zone) => {
        const range = `10.77.${next++}.0/24`;
        const request = { VpcId, CidrBlock: range, AvailabilityZone: `${region}${zone}` };
        return (await ec2.send(new CreateSubnetCommand(request))).Subnet!.SubnetId!;
      }),
    );
  const [loadBalancerSubnets, taskSubnets, databaseSubnets] = [await pair(), await pair(), await pair()];
  for (const service of endpoints) {
    const ServiceName = `com.amazonaws.${region}.${service}`;
    const request = { VpcId, ServiceName, VpcEndpointType: 'Interface' as const, SubnetIds: taskSubnets };
    await ec2.send(new CreateVpcEndpointCommand(request));
  }
  const gateway = { VpcId, ServiceName: `com.amazonaws.${region}.s3`, VpcEndpointType: 'Gateway' as const };
  await ec2.send(new CreateVpcEndpointCommand(gateway));
  const LogGroupName = '/network-team/flow';
  await logs.send(new CreateLogGroupCommand({ logGroupName: LogGroupName }));
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceIds: [VpcId],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogGroupName,
      DeliverLogsPermissionArn: `arn:aws:iam::${account}:role/network-team`,
    }),
  );
  return {
    'network.vpc.id': VpcId,
    'network.vpc.cidr': CidrBlock,
    'network.vpc.loadBalancerSubnets': loadBalancerSubnets,
    'network.vpc.taskSubnets': taskSubnets,
    'network.vpc.databaseSubnets': databaseSubnets,
    'network.vpc.endpoints': 'existing',
    'network.vpc.s3PrefixList': 'pl-63a5400a',
  };
};

/** The transit gateway of a hospital. */
export const transitGateway: MadeByOthers = async ({ clients: { ec2 } }) => {
  const { TransitGateway } = await ec2.send(new CreateTransitGatewayCommand({}));
  return {
    'network.transitGateway.id': TransitGateway!.TransitGatewayId,
    'network.transitGateway.cidrs': ['172.16.0.0/12'],
  };
};

/** The public zone of a domain. */
export const hostedZone: MadeByOthers = async ({ clients }) => {
  const Name = 'example.org';
  const Zone = { Type: 'AWS::Route53::HostedZone', Properties: { Name } };
  await deployTemplate(clients, 'domain', { Resources: { Zone } });
  const [made] = (await stackResources({ clients }, 'domain'))!;
  return { 'edge.hostedZone.id': made!.physicalId, 'edge.hostedZone.name': Name };
};

/** The permissions boundary and the bootstrap qualifier of a platform team. */
export const platformTeam: MadeByOthers = async ({ clients: { iam } }) => {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new CreatePolicyCommand({ PolicyName: 'platform-boundary', PolicyDocument }));
  return { permissionsBoundary: 'platform-boundary', bootstrapQualifier: 'platform' };
};
