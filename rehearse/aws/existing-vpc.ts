import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateFlowLogsCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import type { AwsClients } from '../../packages/ops/src/aws/clients.ts';

const endpoints = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager'];

/** Makes a VPC as a network team hands it out. @returns the settings that name it */
export async function existingVpc(
  { ec2, logs }: Pick<AwsClients, 'ec2' | 'logs'>,
  region: string,
): Promise<Record<string, unknown>> {
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
      DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/network-team',
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
}
