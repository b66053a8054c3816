import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { show } from '../core/template.ts';
import { isBalancerGroup, portOf, securityRules } from './sg-ingress.ts';

/** CDK's way to write "no way out": ICMP to an address that does not exist. */
const nowhere = ['255.255.255.255/32', '252.252.252.252/32', '::1/128'];

const ports: readonly (number | string | undefined)[] = [443, contract.port, 5432, 'database'];

export const sgEgress: Policy = {
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
    const hasWayOut = assembly.resources('AWS::EC2::NatGateway').length > 0;
    for (const rule of securityRules(assembly.all, 'Egress')) {
      const { holder, path, body } = rule;
      const range = holder.render(body.CidrIp ?? body.CidrIpv6 ?? '');
      if (nowhere.includes(range)) continue;
      const at = (key: string) => (path === '' ? key : `${path}.${key}`);
      if (!ports.includes(portOf(rule))) {
        yield holder.fault(
          at('FromPort'),
          `got ${show(body.IpProtocol)} ${show(body.FromPort)}-${show(body.ToPort)}; name one TCP port`,
        );
      }
      const everywhere = /^(0\.0\.0\.0|::)\/|\/[0-7]$/.test(range);
      if (everywhere && (isBalancerGroup(rule.group) || !hasWayOut || portOf(rule) !== 443)) {
        yield holder.fault(at('CidrIp'), `got ${range}; name a security group, a prefix list or the VPC`);
      }
    }
  },
};
