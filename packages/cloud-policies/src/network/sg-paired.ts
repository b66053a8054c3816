import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { portOf, type SecurityRule, securityRules } from './sg-ingress.ts';

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
