import { contract } from '@healthcare-ai/contract';
import type { Fault, Policy } from '../core/finding.ts';
import { numberOf, type Resource } from '../core/resource.ts';
import { isRecord, show, type Value } from '../core/template.ts';

/** A rule of a security group, inline or on its own, with where it stands. */
export interface SecurityRule {
  readonly holder: Resource;
  readonly group: Resource | undefined;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };
}

/** All rules of one direction, however a template writes them. */
export function* securityRules(
  resources: readonly Resource[],
  direction: 'Ingress' | 'Egress',
): Generator<SecurityRule> {
  for (const holder of resources) {
    if (holder.type === 'AWS::EC2::SecurityGroup') {
      for (const { path, value } of holder.items(`SecurityGroup${direction}`)) {
        yield { holder, group: holder, path, body: isRecord(value) ? value : {} };
      }
    } else if (holder.type === `AWS::EC2::SecurityGroup${direction}`) {
      yield { holder, group: holder.target('GroupId'), path: '', body: holder.properties };
    }
  }
}

/** Whether a security group is that of a load balancer. */
export function isBalancerGroup(group: Resource | undefined): boolean {
  if (group === undefined) return false;
  return group.assembly
    .resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
    .some((balancer) => balancer.followAll(balancer.get('SecurityGroups')).includes(group));
}

/** The port of a rule: a number, `database` for a cluster's own, undefined for a range or anything unknown. */
export function portOf(rule: SecurityRule): number | 'database' | undefined {
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

const ports: readonly (number | string | undefined)[] = [443, contract.port, 5432, 'database'];

function* faultsOf(rule: SecurityRule): Generator<Fault> {
  const { holder, path, body } = rule;
  const port = portOf(rule);
  const at = (key: string) => (path === '' ? key : `${path}.${key}`);
  const edge = isBalancerGroup(rule.group);
  if (!(edge ? [443, 80] : ports).includes(port)) {
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
      yield holder.fault(at(key), 'the whole VPC may reach a port that is no endpoint; name a security group');
  }
  const source = body.SourceSecurityGroupId;
  if (source !== undefined && holder.follow(source)?.type !== 'AWS::EC2::SecurityGroup') {
    yield holder.fault(at('SourceSecurityGroupId'), `got ${show(source)}; name a security group of this deployment`);
  }
  if (body.SourcePrefixListId !== undefined && !edge)
    yield holder.fault(at('SourcePrefixListId'), 'name a security group instead');
}

export const sgIngress: Policy = {
  id: 'sg-ingress',
  description: 'Only the load balancer is open to addresses, on 443 and 80; all else to one port from a named group.',
  *check(assembly) {
    for (const rule of securityRules(assembly.all, 'Ingress')) yield* faultsOf(rule);
  },
};
