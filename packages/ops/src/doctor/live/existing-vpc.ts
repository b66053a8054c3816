import {
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  type RouteTable,
} from '@aws-sdk/client-ec2';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { OpsContext } from '../../context.ts';
import { type DoctorCheck, fault, ok } from '../check.ts';

type ExistingVpc = NonNullable<StageConfig['network']['vpc']>;

/** Endpoints that tasks without a way to the internet need, by the end of the service's name. */
const neededEndpoints = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager', 's3'] as const;

/** Checks in the account what the configuration says of a VPC that others own. Nothing was looked up at synth. */
export const existingVpc: DoctorCheck = {
  name: 'existing VPC',
  async run({ context }) {
    const { vpc } = context.config.network;
    if (vpc === undefined) return ok('none: the network stack makes the VPC');
    const faults = (
      await Promise.all([subnetFaults(context, vpc), endpointFaults(context, vpc), flowLogFaults(context, vpc)])
    ).flat();
    if (faults.length === 0) return ok(`${vpc.id} has the subnets, endpoints and flow logs that the stage relies on`);
    return fault(faults.join('; '), 'ask the owner of the VPC, or correct network.vpc in lib/config/stages.ts');
  },
};

async function subnetFaults({ clients }: OpsContext, vpc: ExistingVpc): Promise<string[]> {
  const filters = { Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] };
  const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand(filters));
  const { RouteTables = [] } = await clients.ec2.send(new DescribeRouteTablesCommand(filters));
  const zones = new Map(Subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
  const faults: string[] = [];
  for (const [setting, ids] of [
    ['loadBalancerSubnets', vpc.loadBalancerSubnets],
    ['taskSubnets', vpc.taskSubnets],
    ['databaseSubnets', vpc.databaseSubnets],
  ] as const) {
    const missing = ids.filter((id) => !zones.has(id));
    if (missing.length > 0) faults.push(`${setting}: ${vpc.id} has no subnet ${missing.join(', ')}`);
    else if (new Set(ids.map((id) => zones.get(id))).size < 2) faults.push(`${setting} are in one zone`);
    if (setting === 'loadBalancerSubnets') continue;
    const open = ids.filter((id) => leadsToInternet(id, RouteTables));
    if (open.length > 0) faults.push(`${setting}: ${open.join(', ')} has a route to an internet gateway`);
  }
  return faults;
}

/** A subnet without an association of its own uses the main route table. */
function leadsToInternet(subnet: string, tables: readonly RouteTable[]): boolean {
  const own = tables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet));
  const used = own ?? tables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
  return used?.Routes?.some(({ GatewayId }) => GatewayId?.startsWith('igw-')) ?? false;
}

async function endpointFaults({ clients, config }: OpsContext, vpc: ExistingVpc): Promise<string[]> {
  // Shared endpoints are in another VPC: only a start of the service shows whether tasks reach them.
  if (vpc.endpoints === 'create' || vpc.endpointCidrs.length > 0 || config.network.egress === 'nat') return [];
  const { VpcEndpoints = [] } = await clients.ec2.send(
    new DescribeVpcEndpointsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] }),
  );
  const there = VpcEndpoints.filter(({ State }) => State?.toLowerCase() === 'available');
  const missing = neededEndpoints.filter((end) => !there.some(({ ServiceName }) => ServiceName?.endsWith(`.${end}`)));
  return missing.length === 0 ? [] : [`${vpc.id} has no endpoint of ${missing.join(', ')}`];
}

async function flowLogFaults({ clients }: OpsContext, { id }: ExistingVpc): Promise<string[]> {
  const { FlowLogs = [] } = await clients.ec2.send(
    new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [id] }] }),
  );
  return FlowLogs.length > 0 ? [] : [`${id} has no flow logs`];
}
