import type { Policy } from '../core/finding.ts';
import { absent, equals, on, present, unmet } from '../core/requirements.ts';
import { isRecord } from '../core/template.ts';
import { managedGroup, rulesOf } from './web-acl.ts';

/** What a service with a database behind it needs; others may be added. */
const required = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
];

export const wafManagedGroups: Policy = {
  id: 'waf-managed-groups',
  description: 'The web ACL holds the managed groups, each with its own actions: a group that counts stops nobody.',
  *check(assembly) {
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      yield* unmet(acl, {
        Scope: equals('REGIONAL'),
        'VisibilityConfig.CloudWatchMetricsEnabled': on,
        // Samples hold header values and query strings.
        'VisibilityConfig.SampledRequestsEnabled': equals(false),
        // Whatever no rule blocks is for the service to judge.
        'DefaultAction.Block': absent,
        DefaultAction: present,
      });
      const groups = rulesOf(acl).map(managedGroup);
      for (const name of required) {
        if (!groups.some((group) => group?.Name === name && group.VendorName === 'AWS')) {
          yield acl.fault('Rules', `lacks ${name}; add it`);
        }
      }
      for (const rule of rulesOf(acl)) {
        const visible = isRecord(rule.body.VisibilityConfig) ? rule.body.VisibilityConfig : {};
        if (!on.holds(visible.CloudWatchMetricsEnabled, acl) || visible.SampledRequestsEnabled !== false) {
          yield acl.fault(
            `${rule.path}.VisibilityConfig`,
            `${rule.name} has no metrics, or samples requests; metrics alone`,
          );
        }
        const group = managedGroup(rule);
        if (group === undefined) continue;
        if (JSON.stringify(rule.body.OverrideAction) !== '{"None":{}}') {
          yield acl.fault(`${rule.path}.OverrideAction`, `${rule.name} only counts; use None`);
        }
        for (const key of ['ScopeDownStatement', 'ExcludedRules', 'Version']) {
          if (group[key] !== undefined) {
            yield acl.fault(
              `${rule.path}.Statement.ManagedRuleGroupStatement.${key}`,
              `${rule.name} is narrowed; remove it`,
            );
          }
        }
      }
    }
  },
};
