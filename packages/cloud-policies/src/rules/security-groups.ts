import { numberOf, type Resource } from '../core/assembly.ts';
import type { Policy, PolicyFault } from '../core/policy.ts';
import { recordOf, show, type Value } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';
import { hasNat } from './network.ts';

/** A rule of a security group, inline or on its own, with its path. */
export interface SecurityRule {
  readonly holder: Resource;
  readonly group: Resource | undefined;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };

  /** The path of a property of the rule. */
  at(key: string): string;
}

/** All rules of one direction, however a template writes them. */
function* securityRules(resources: readonly Resource[], direction: 'Ingress' | 'Egress'): Generator<SecurityRule> {
  for (const holder of resources) {
    if (holder.type === 'AWS::EC2::SecurityGroup') {
      for (const { path, value } of holder.items(`SecurityGroup${direction}`)) {
        yield { holder, group: holder, path, body: recordOf(value), at: (key) => `${path}.${key}` };
      }
    } else if (holder.type === `AWS::EC2::SecurityGroup${direction}`) {
      yield { holder, group: holder.target('GroupId'), path: '', body: holder.properties, at: (key) => key };
    }
  }
}

/** Whether a security group is that of a load balancer. */
function isBalancerGroup(group: Resource | undefined): boolean {
  if (group === undefined) return false;
  return group.assembly
    .resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .some((balancer) => balancer.followAll(balancer.get('SecurityGroups')).includes(group));
}

/** The port of a rule: a number, `database` for a cluster's own, undefined for a range or anything unknown. */
function portOf(rule: SecurityRule): number | 'database' | undefined {
  const { FromPort: from, ToPort: to, IpProtocol: protocol } = rule.body;
  if (!['tcp', '6', 6].includes(protocol as string) || show(from) !== show(to)) return undefined;
  const text = rule.holder.render(from);
  if (/\.Endpoint\.Port\}$/.test(text)) return 'database';
  const port = numberOf(from);
  return Number.isNaN(port) ? undefined : port;
}

/** Whether an address range is that of a VPC of this assembly. */
const isOwnVpc = (rule: SecurityRule, range: string): boolean =>
  rule.holder.assembly.resources('AWS::EC2::VPC').some((vpc) => vpc.text('CidrBlock') === range) ||
  rule.holder.assembly.mentioned(range)[0]?.type === 'AWS::EC2::VPC';

/** Ports that a deployment uses beside that of its database; any one port where nothing is known. */
type Ports = readonly number[] | undefined;

const isAllowed = (port: ReturnType<typeof portOf>, ports: Ports): boolean =>
  port === 'database' || (port !== undefined && (ports === undefined || [...ports, 443, 5432].includes(port)));

function* faultsOf(rule: SecurityRule, ports: Ports): Generator<PolicyFault> {
  const { holder, body, at } = rule;
  const port = portOf(rule);
  const edge = isBalancerGroup(rule.group);
  if (!(edge ? port === 443 || port === 80 : isAllowed(port, ports))) {
    yield holder.fault(
      at('FromPort'),
      `got ${show(body.IpProtocol)} ${show(body.FromPort)}-${show(body.ToPort)}; open one TCP port that the service uses`,
    );
  }
  for (const key of ['CidrIp', 'CidrIpv6'] as const) {
    if (body[key] === undefined || edge) continue;
    const range = holder.render(body[key]);
    if (!isOwnVpc(rule, range)) yield holder.fault(at(key), `got ${range}; name a security group of this deployment`);
    else if (port !== 443)
      yield holder.fault(at(key), 'the whole VPC may reach a port that is not an endpoint; name a security group');
  }
  const source = body.SourceSecurityGroupId;
  if (source !== undefined && holder.follow(source)?.type !== 'AWS::EC2::SecurityGroup') {
    yield holder.fault(at('SourceSecurityGroupId'), `got ${show(source)}; name a security group of this deployment`);
  }
  if (body.SourcePrefixListId !== undefined && !edge)
    yield holder.fault(at('SourcePrefixListId'), 'name a security group instead');
}

export const sgIngress = (ports?: Ports): Policy => ({
  id: 'sg-ingress',
  description: 'Only the load balancer is open to addresses, on 443 and 80; all else to one port from a named group.',
  *check(assembly) {
    for (const rule of securityRules(assembly.all, 'Ingress')) yield* faultsOf(rule, ports);
  },
});

/** CDK's way to write "no way out": ICMP to an address that does not exist. */
const nowhere = ['255.255.255.255/32', '252.252.252.252/32', '::1/128'];

export const sgEgress = (ports?: Ports): Policy => ({
  id: 'sg-egress',
  description:
    'Every security group says where it may connect to, and to which one port: without a rule it is everywhere.',
  *check(assembly) {
    // EC2's own rule to everywhere goes away when a template adds any rule, inline or not (aws-cdk#998).
    const ruled = new Set([...securityRules(assembly.all, 'Egress')].map(({ group }) => group));
    for (const group of assembly.resources('AWS::EC2::SecurityGroup')) {
      if (!ruled.has(group)) {
        yield group.fault('SecurityGroupEgress', 'got nothing, which allows everything; set allowAllOutbound: false');
      }
    }
    for (const rule of securityRules(assembly.all, 'Egress')) {
      const { holder, body, at } = rule;
      const range = holder.render(body.CidrIp ?? body.CidrIpv6 ?? '');
      if (nowhere.includes(range)) continue;
      if (!isAllowed(portOf(rule), ports)) {
        yield holder.fault(
          at('FromPort'),
          `got ${show(body.IpProtocol)} ${show(body.FromPort)}-${show(body.ToPort)}; name one TCP port`,
        );
      }
      const everywhere = /^(0\.0\.0\.0|::)\/|\/[0-7]$/.test(range);
      if (everywhere && (isBalancerGroup(rule.group) || !hasNat(assembly) || portOf(rule) !== 443)) {
        yield holder.fault(at('CidrIp'), `got ${range}; name a security group, a prefix list or the VPC`);
      }
    }
  },
});

const peerOf = (rule: SecurityRule, direction: 'Ingress' | 'Egress'): Resource | undefined =>
  rule.holder.follow(rule.body[direction === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId']);

/** `from -> to: port` of a rule between two groups. */
function keyOf(rule: SecurityRule, direction: 'Ingress' | 'Egress'): string | undefined {
  const peer = peerOf(rule, direction);
  if (peer === undefined || rule.group === undefined) return undefined;
  const [from, to] = direction === 'Ingress' ? [peer, rule.group] : [rule.group, peer];
  return `${from.logicalId} -> ${to.logicalId}: ${String(portOf(rule))}`;
}

export const sgPaired: Policy = {
  id: 'sg-paired',
  description: 'What one security group may send another takes, and the reverse: half a pair is an outage.',
  *check(assembly) {
    const [ingress, egress] = (['Ingress', 'Egress'] as const).map((direction) =>
      [...securityRules(assembly.all, direction)].map((rule) => ({ rule, key: keyOf(rule, direction) })),
    );
    for (const [ours, theirs, missing] of [
      [ingress, egress, 'egress'],
      [egress, ingress, 'ingress'],
    ] as const) {
      const keys = new Set(theirs?.map(({ key }) => key));
      for (const { rule, key } of ours ?? []) {
        if (key !== undefined && !keys.has(key))
          yield rule.holder.fault(rule.path, `${key} has no ${missing}; add it, or remove this`);
      }
    }
  },
};

export const reachable = ({ contract }: Profile): Policy => ({
  id: 'reachable',
  description: 'Clients reach the load balancer, it the tasks, and they the database.',
  *check(assembly) {
    const rules = [...securityRules(assembly.all, 'Ingress')];
    const admits = (to: readonly Resource[], from: readonly Resource[], ports: readonly unknown[]): boolean =>
      rules.some((rule) => {
        const source = rule.holder.follow(rule.body.SourceSecurityGroupId);
        return (
          rule.group !== undefined &&
          to.includes(rule.group) &&
          source !== undefined &&
          from.includes(source) &&
          ports.includes(portOf(rule))
        );
      });
    const groupsOf = (types: string, path: string): Resource[] =>
      assembly.resources(types).flatMap((resource) => resource.followAll(resource.get(path)));
    const balancers = groupsOf('AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups');
    const databases = groupsOf('AWS::RDS::DBCluster', 'VpcSecurityGroupIds');
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const own = balancer.followAll(balancer.get('SecurityGroups'));
      if (!rules.some((rule) => rule.group !== undefined && own.includes(rule.group) && portOf(rule) === 443)) {
        yield balancer.fault('SecurityGroups', 'no rule allows clients on port 443; add one');
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      const path = 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups';
      const tasks = service.followAll(service.get(path));
      if (balancers.length > 0 && !admits(tasks, balancers, [contract.port])) {
        yield service.fault(path, `no rule admits the load balancer on ${contract.port}; add it`);
      }
      if (databases.length > 0 && !admits(databases, tasks, [5432, 'database'])) {
        yield service.fault(path, 'no rule of the database admits the tasks on 5432; add it');
      }
    }
  },
});
