import type { Assembly, Resource } from '../core/assembly.ts';
import {
  equals,
  matches,
  missing,
  on,
  optional,
  type Policy,
  present,
  refersTo,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { conditionValues, statementsOf } from '../core/statements.ts';
import { isWide } from './permissions.ts';

/** Where the routes of a subnet lead; `private` is a transit gateway, for private addresses alone. */
export type WayOut = 'internet' | 'nat' | 'private' | 'other' | 'none';

const gateways: { readonly [type: string]: WayOut } = {
  'AWS::EC2::InternetGateway': 'internet',
  'AWS::EC2::NatGateway': 'nat',
};

/** RFC 1918 and RFC 6598. */
const privateRange =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.).*\/([89]|[12]\d|3[0-2])$/;

export function wayOut(route: Resource): WayOut {
  if (route.get('TransitGatewayId') !== undefined) {
    return privateRange.test(route.text('DestinationCidrBlock')) ? 'private' : 'other';
  }
  for (const key of ['GatewayId', 'NatGatewayId']) {
    const type = route.target(key)?.type;
    if (type !== undefined) return gateways[type] ?? 'other';
  }
  return 'other';
}

/** The worst way out of a subnet. A subnet without a table of its own is unknown, hence `other`. */
function wayOutOf(subnet: Resource): WayOut {
  const { assembly } = subnet;
  const tables = assembly
    .resources('AWS::EC2::SubnetRouteTableAssociation')
    .filter((item) => item.target('SubnetId') === subnet)
    .map((item) => item.target('RouteTableId'));
  if (tables.length === 0) return 'other';
  const ways = routes(assembly)
    .filter((route) => tables.includes(route.target('RouteTableId')))
    .map(wayOut);
  const worst = (['internet', 'other', 'nat', 'private'] as const).find((way) => ways.includes(way));
  return worst ?? 'none';
}

export const routes = (assembly: Assembly): Resource[] => assembly.resources('AWS::EC2::Route');

const runbook = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

export const defaultGroupClosed: Policy = {
  id: 'default-group-closed',
  description: "A VPC's default security group is emptied: whatever is started without a group gets it.",
  *check(assembly) {
    const associations = assembly.resources('AWS::SSM::Association').filter((item) => item.get('Name') === runbook);
    for (const item of associations) {
      yield* unmet(item, {
        ScheduleExpression: matches(/^rate\((1 day|([1-9]|1\d|2[0-4]) hours?)\)$/, 'rate(1 day)'),
        // State Manager takes both or neither, and this is the documented form of an Automation runbook.
        AutomationTargetParameterName: equals('GroupId'),
        'Targets.0.Key': equals('ParameterValues'),
      });
    }
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      if (!associations.some((item) => item.followAll(item.get('Targets.0.Values')).includes(vpc))) {
        yield vpc.fault('', `no AWS::SSM::Association runs ${runbook} for it; add one`);
      }
    }
  },
};

export const endpointPolicy = resourcePolicy({
  id: 'endpoint-policy',
  description:
    "VPC endpoints serve this account's principals or named resources: else they are a way out for stolen data.",
  types: ['AWS::EC2::VPCEndpoint'],
  *check(endpoint) {
    yield* unmet(endpoint, { VpcEndpointType: equals('Interface', 'Gateway') });
    if (endpoint.get('VpcEndpointType') === 'Interface') {
      yield* unmet(endpoint, { PrivateDnsEnabled: on, SecurityGroupIds: present, SubnetIds: present });
    }
    if (!/^com\.amazonaws\./.test(endpoint.text('ServiceName'))) {
      yield endpoint.fault('ServiceName', `got "${endpoint.text('ServiceName')}"; use a service of AWS`);
    }
    const statements = [...statementsOf(endpoint)].filter(({ allows }) => allows);
    if (statements.length === 0) {
      yield endpoint.fault('PolicyDocument', 'got nothing, which allows everything to everybody; add a policy');
    }
    for (const statement of statements) {
      const isOurs = (key: string) => conditionValues(statement, key, 'Equals').some((id) => endpoint.isOwnAccount(id));
      const tied = isOurs('aws:PrincipalAccount');
      const named = statement.resources.length > 0 && !statement.resources.some(isWide);
      // Otherwise a principal of ours could write data to a foreign bucket.
      const kept = isOurs('aws:ResourceAccount');
      if (endpoint.text('ServiceName').endsWith('.s3') && !named && !kept) {
        yield endpoint.fault(statement.path, 'reaches buckets of any account; add a condition on aws:ResourceAccount');
      }
      if (!tied && !named) {
        yield endpoint.fault(
          statement.path,
          'serves any account; add a condition on aws:PrincipalAccount, or name the resources',
        );
      }
    }
  },
});

/** Whether there is a way out of the VPC. */
export const hasNat = (assembly: Assembly): boolean =>
  assembly.resources('AWS::EC2::NatGateway').length > 0 || assembly.isElsewhere('AWS::EC2::NatGateway');

/** What an isolated task calls: its image, its logs, its keys, its secrets, its buckets. */
const services = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager', 's3'];

export const endpointsComplete: Policy = {
  id: 'endpoints-complete',
  description:
    'Tasks without a way out have an endpoint for every service of AWS that they call, and its name resolves.',
  *check(assembly) {
    const names = assembly.resources('AWS::EC2::VPCEndpoint').map((endpoint) => endpoint.text('ServiceName'));
    const needed =
      assembly.resources('AWS::ECS::Service').length > 0 &&
      !hasNat(assembly) &&
      !assembly.isElsewhere('AWS::EC2::VPCEndpoint');
    const [first] = assembly.resources('AWS::EC2::VPC');
    for (const name of needed ? services : []) {
      const message = `has no endpoint of ${name}; add it`;
      if (names.some((given) => given.endsWith(`.${name}`))) continue;
      yield first === undefined ? missing(`the VPC ${message}`) : first.fault('', message);
    }
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      for (const key of ['EnableDnsSupport', 'EnableDnsHostnames']) {
        if (vpc.get(key) !== true)
          yield vpc.fault(key, 'is off, so private names of endpoints do not resolve; use true');
      }
    }
  },
};

/** Which resources may be in which subnets. */
const places: readonly { readonly type: string; readonly path: string; readonly allowed: readonly WayOut[] }[] = [
  { type: 'AWS::RDS::DBSubnetGroup', path: 'SubnetIds', allowed: ['none'] },
  {
    type: 'AWS::ECS::Service',
    path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
    allowed: ['none', 'nat', 'private'],
  },
  { type: 'AWS::EC2::VPCEndpoint', path: 'SubnetIds', allowed: ['none', 'nat', 'private'] },
  { type: 'AWS::Lambda::Function', path: 'VpcConfig.SubnetIds', allowed: ['none', 'nat', 'private'] },
  { type: 'AWS::Synthetics::Canary', path: 'VPCConfig.SubnetIds', allowed: ['none', 'nat', 'private'] },
];

/** A subnet of the deployment; the routes of any other are not known here. */
const isSubnet = (resource: Resource): boolean =>
  resource.type === 'AWS::EC2::Subnet' && resource.assembly.all.includes(resource);

export const subnetIsolated: Policy = {
  id: 'subnet-isolated',
  description:
    'Tasks and the database are in subnets without a route from the internet; the database without any way out.',
  *check(assembly) {
    for (const { type, path, allowed } of places) {
      for (const resource of assembly.resources(type)) {
        for (const subnet of resource.followAll(resource.get(path)).filter(isSubnet)) {
          const way = wayOutOf(subnet);
          if (!allowed.includes(way)) {
            yield resource.fault(path, `${subnet.logicalId} has the way out "${way}"; use isolated subnets`);
          }
        }
      }
    }
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const open = balancer.get('Scheme') === 'internet-facing';
      for (const subnet of balancer.followAll(balancer.get('Subnets')).filter(isSubnet)) {
        if ((wayOutOf(subnet) === 'internet') !== open) {
          yield balancer.fault(
            'Subnets',
            `${subnet.logicalId} has the way out "${wayOutOf(subnet)}"; ${open ? 'use public' : 'use isolated'} subnets`,
          );
        }
      }
    }
    for (const route of routes(assembly)) {
      if (wayOut(route) === 'other')
        yield route.fault(
          '',
          'leads to neither internet gateway, NAT gateway nor private addresses behind a transit gateway; remove it',
        );
    }
  },
};

export const twoZones: Policy = {
  id: 'two-zones',
  description: 'Database, tasks and load balancer are in two zones or more: one zone can fail.',
  *check(assembly) {
    const places = {
      'AWS::RDS::DBSubnetGroup': 'SubnetIds',
      'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
      'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Subnets',
    };
    for (const [type, path] of Object.entries(places)) {
      for (const resource of assembly.resources(type)) {
        const subnets = resource.followAll(resource.get(path));
        const zones = new Set(subnets.map((subnet) => subnet.text('AvailabilityZone')));
        if (subnets.length > 0 && zones.size < 2)
          yield resource.fault(path, `got ${zones.size} zone; use subnets of two zones or more`);
      }
    }
  },
};

export const vpcFlowLogs: Policy = {
  id: 'vpc-flow-logs',
  description: 'Every VPC logs all traffic, accepted and rejected, to a log group.',
  *check(assembly) {
    const logs = assembly.resources('AWS::EC2::FlowLog');
    for (const vpc of assembly.resources('AWS::EC2::VPC')) {
      if (!logs.some((log) => log.target('ResourceId') === vpc && log.get('ResourceType') === 'VPC')) {
        yield vpc.fault('', 'has no AWS::EC2::FlowLog; add one');
      }
    }
    for (const log of logs) {
      yield* unmet(log, {
        TrafficType: equals('ALL'),
        MaxAggregationInterval: optional(equals(60, 600)),
        LogDestinationType: optional(equals('cloud-watch-logs')),
        DeliverLogsPermissionArn: refersTo('AWS::IAM::Role'),
      });
      const group = log.target('LogGroupName') ?? log.target('LogDestination');
      if (group?.type !== 'AWS::Logs::LogGroup')
        yield log.fault('LogGroupName', 'refer to a log group of this deployment');
    }
  },
};
