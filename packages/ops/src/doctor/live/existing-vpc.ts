import {
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  type Route,
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
    const looks = [subnetFaults, endpointFaults, dnsFaults, flowLogFaults];
    const faults = (await Promise.all(looks.map((look) => look(context, vpc)))).flat();
    if (faults.length === 0) {
      return ok(`${vpc.id} has the subnets, routes, endpoints and flow logs that the stage relies on`);
    }
    return fault(faults.join('; '), 'ask the owner of the VPC, or correct network.vpc in lib/config/stages.ts');
  },
};

async function subnetFaults({ clients, config }: OpsContext, vpc: ExistingVpc): Promise<string[]> {
  const filters = { Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] };
  const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand(filters));
  const { RouteTables = [] } = await clients.ec2.send(new DescribeRouteTablesCommand(filters));
  const zones = new Map(Subnets.map(({ SubnetId, AvailabilityZone }) => [SubnetId, AvailabilityZone]));
  const { exposure, egress } = config.network;
  const faults: string[] = [];
  for (const [setting, ids] of [
    ['loadBalancerSubnets', vpc.loadBalancerSubnets],
    ['taskSubnets', vpc.taskSubnets],
    ['databaseSubnets', vpc.databaseSubnets],
  ] as const) {
    const missing = ids.filter((id) => !zones.has(id));
    if (missing.length > 0) faults.push(`${setting}: ${vpc.id} has no subnet ${missing.join(', ')}`);
    else if (ids.some((id, index) => zones.get(id) !== config.availabilityZones[index])) {
      const found = ids.map((id) => zones.get(id)).join(', ');
      faults.push(`${setting} are in ${found}, not in ${config.availabilityZones.join(', ')}`);
    }
    const isPublic = setting === 'loadBalancerSubnets' && exposure === 'internet';
    const wrong = ids.filter((id) => routesOf(id, RouteTables).some(leadsToInternet) !== isPublic);
    if (wrong.length > 0) {
      faults.push(`${setting}: ${wrong.join(', ')} has ${isPublic ? 'no' : 'a'} route to an internet gateway`);
    }
    if (setting !== 'taskSubnets' || egress === 'none') continue;
    const closed = ids.filter((id) => !routesOf(id, RouteTables).some(isDefault));
    if (closed.length > 0) {
      faults.push(`${setting}: ${closed.join(', ')} has no default route, and network.egress is ${egress}`);
    }
  }
  return faults;
}

/** A subnet without an association of its own uses the main route table. */
function routesOf(subnet: string, tables: readonly RouteTable[]): readonly Route[] {
  const own = tables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet));
  const used = own ?? tables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
  return used?.Routes ?? [];
}

const leadsToInternet = ({ GatewayId }: Route): boolean => GatewayId?.startsWith('igw-') ?? false;
const isDefault = ({ DestinationCidrBlock }: Route): boolean => DestinationCidrBlock === '0.0.0.0/0';

async function endpointFaults({ clients, config }: OpsContext, vpc: ExistingVpc): Promise<string[]> {
  // Shared endpoints are in another VPC: only a start of the service shows whether tasks reach them.
  if (vpc.endpoints === 'create' || vpc.endpointCidrs.length > 0 || config.network.egress === 'nat') return [];
  const { VpcEndpoints = [] } = await clients.ec2.send(
    new DescribeVpcEndpointsCommand({ Filters: [{ Name: 'vpc-id', Values: [vpc.id] }] }),
  );
  const there = VpcEndpoints.filter(({ State }) => State?.toLowerCase() === 'available');
  const find = (end: string) => there.filter(({ ServiceName }) => ServiceName?.endsWith(`.${end}`));
  const needed = [...neededEndpoints, ...(config.analysis.engine === 'bedrock' ? ['bedrock-runtime'] : [])];
  const missing = needed.filter((end) => find(end).length === 0);
  const faults = missing.length === 0 ? [] : [`${vpc.id} has no endpoint of ${missing.join(', ')}`];
  // Security groups of the tasks allow the addresses of interface endpoints; a gateway has none.
  const s3 = find('s3');
  if (vpc.s3PrefixList === undefined && s3.length > 0 && s3.every(({ VpcEndpointType: type }) => type === 'Gateway')) {
    faults.push('the endpoint of S3 is a gateway, and network.vpc.s3PrefixList is not set');
  }
  return faults;
}

/** Names of AWS services lead to endpoints by private DNS, which needs both settings of the VPC. */
async function dnsFaults({ clients }: OpsContext, { id: VpcId }: ExistingVpc): Promise<string[]> {
  const ask = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
    clients.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }));
  const [support, hostnames] = [await ask('enableDnsSupport'), await ask('enableDnsHostnames')];
  const off = [
    ...(support.EnableDnsSupport?.Value === false ? ['enableDnsSupport'] : []),
    ...(hostnames.EnableDnsHostnames?.Value === false ? ['enableDnsHostnames'] : []),
  ];
  return off.length === 0 ? [] : [`${VpcId} has ${off.join(' and ')} off`];
}

async function flowLogFaults({ clients }: OpsContext, { id }: ExistingVpc): Promise<string[]> {
  const { FlowLogs = [] } = await clients.ec2.send(
    new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [id] }] }),
  );
  return FlowLogs.length > 0 ? [] : [`${id} has no flow logs`];
}
