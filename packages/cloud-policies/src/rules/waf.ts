import type { Resource } from '../core/assembly.ts';
import { absent, equals, on, type Policy, present, resourcePolicy, unmet } from '../core/policy.ts';
import { isRecord, listOf, recordOf, show, type Value, walk } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';

/** One rule of a web ACL. */
export interface WafRule {
  readonly acl: Resource;
  readonly path: string;
  readonly body: { readonly [key: string]: Value };
  readonly name: string;
  readonly priority: number;
}

function rulesOf(acl: Resource): WafRule[] {
  return acl.items('Rules').map(({ path, value }) => {
    const body = recordOf(value);
    return { acl, path, body, name: String(body.Name), priority: Number(body.Priority) };
  });
}

/** The managed group that a rule brings in, or undefined. */
function managedGroup(rule: WafRule): { readonly [key: string]: Value } | undefined {
  const { ManagedRuleGroupStatement: group } = recordOf(rule.body.Statement);
  return isRecord(group) ? group : undefined;
}

/** Whether a rule ends a matching request with a refusal. */
export const blocks = (rule: WafRule): boolean => Object.keys(recordOf(rule.body.Action)).join() === 'Block';

/** The labels that a statement looks for. */
const labelsIn = (statement: Value): string[] =>
  [...walk(statement)].flatMap(({ value }) =>
    isRecord(value) && isRecord(value.LabelMatchStatement) ? [String(value.LabelMatchStatement.Key)] : [],
  );

/**
 * The exact paths that a statement matches, when it is one exact match of the path, or several joined by Or;
 * undefined for any other statement.
 */
function exactPaths(statement: Value): string[] | undefined {
  if (!isRecord(statement)) return undefined;
  if (isRecord(statement.OrStatement)) {
    const parts = listOf(statement.OrStatement.Statements).map(exactPaths);
    return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
  }
  const match = statement.ByteMatchStatement;
  if (!isRecord(match) || match.PositionalConstraint !== 'EXACTLY') return undefined;
  if (recordOf(match.FieldToMatch).UriPath === undefined) return undefined;
  const transformations = listOf(match.TextTransformations);
  const plain = transformations.every((item) => recordOf(item).Type === 'NONE');
  return plain ? [String(match.SearchString)] : undefined;
}

/** The statement that a NotStatement negates, or undefined. */
export const negated = (statement: Value): Value => recordOf(recordOf(statement).NotStatement).Statement;

/** Whether a rule blocks a label everywhere but on the note routes: And(label(s), Not(exact note routes)). */
function blocksElsewhere(rule: WafRule, label: string, paths: string): boolean {
  const parts = listOf(recordOf(recordOf(rule.body.Statement).AndStatement).Statements);
  const [other, ...more] = parts.filter((part) => negated(part) !== undefined);
  const labelled = parts.filter((part) => isLabel(part) && labelsIn(part).includes(label));
  const exempt = exactPaths(negated(other))?.sort().join();
  return blocks(rule) && parts.length === 2 && labelled.length === 1 && more.length === 0 && exempt === paths;
}

/** One label match, or several joined by Or, and nothing else. */
function isLabel(part: Value): boolean {
  if (!isRecord(part)) return false;
  if (isRecord(part.OrStatement)) return listOf(part.OrStatement.Statements).every(isLabel);
  return recordOf(part.LabelMatchStatement).Scope === 'LABEL';
}

export const wafExceptionsReviewed = ({ wafExceptions, wafExceptionPaths }: Profile): Policy => {
  const paths = [...wafExceptionPaths].sort().join();
  return {
    id: 'waf-exceptions',
    description:
      'Managed rules are set aside only as packages/contract/src/waf-exceptions.ts lists, and block again off the note routes.',
    *check(assembly) {
      for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
        const rules = rulesOf(acl);
        for (const { group, rule } of wafExceptions) {
          const holder = rules.map(managedGroup).find((item) => item?.Name === group);
          const counted = listOf(holder?.RuleActionOverrides).some(
            (item) => recordOf(item).Name === rule && JSON.stringify(recordOf(item).ActionToUse) === '{"Count":{}}',
          );
          if (holder !== undefined && !counted)
            yield acl.fault('Rules', `${rule} refuses clinical notes; set it to count`);
        }
        for (const rule of rules) {
          const group = managedGroup(rule);
          const at = `${rule.path}.Statement.ManagedRuleGroupStatement.RuleActionOverrides`;
          for (const item of listOf(group?.RuleActionOverrides)) {
            const override = recordOf(item);
            const action = Object.keys(recordOf(override.ActionToUse)).join();
            if (action === 'Block') continue;
            const reviewed = wafExceptions.find((known) => known.group === group?.Name && known.rule === override.Name);
            if (reviewed === undefined || action !== 'Count') {
              yield acl.fault(
                at,
                `${override.Name} is set to ${action}, which packages/contract/src/waf-exceptions.ts does not list; remove it`,
              );
            } else if (
              !rules.some((later) => later.priority > rule.priority && blocksElsewhere(later, reviewed.label, paths))
            ) {
              yield acl.fault(
                at,
                `${override.Name} counts on every route; block ${reviewed.label} where the path is none of ${paths}`,
              );
            }
          }
        }
      }
    },
  };
};

/** Headers that hold credentials. */
const redacted = ['authorization', 'x-api-key', 'cookie'];

export const wafLogged: Policy = {
  id: 'waf-logged',
  description: 'The web ACL logs every request it judges, with the headers that hold credentials redacted.',
  *check(assembly) {
    const configurations = assembly.resources('AWS::WAFv2::LoggingConfiguration');
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      if (!configurations.some((item) => item.target('ResourceArn') === acl))
        yield acl.fault('', 'has no LoggingConfiguration; add one');
    }
    for (const item of configurations) {
      const group = item.followAll(item.get('LogDestinationConfigs'))[0];
      if (group?.type !== 'AWS::Logs::LogGroup') {
        yield item.fault('LogDestinationConfigs', 'is not a log group of this deployment; refer to one');
      } else if (!/^aws-waf-logs-/.test(group.text('LogGroupName'))) {
        yield group.fault('LogGroupName', 'must begin with aws-waf-logs-, or WAF refuses it');
      }
      const names = item.items('RedactedFields').map(({ value }) => {
        const header = recordOf(recordOf(value).SingleHeader);
        return String(header.Name ?? header.name).toLowerCase();
      });
      for (const name of redacted) {
        if (!names.includes(name)) {
          yield item.fault('RedactedFields', `does not redact the header ${name}; add it`);
        }
      }
      if (item.get('LoggingFilter') !== undefined) yield item.fault('LoggingFilter', 'leaves requests out; remove it');
    }
  },
};

/** What a service with a database behind it needs; others may be added. */
const required = [
  'AWSManagedRulesAmazonIpReputationList',
  'AWSManagedRulesCommonRuleSet',
  'AWSManagedRulesKnownBadInputsRuleSet',
  'AWSManagedRulesSQLiRuleSet',
];

export const wafManagedGroups = resourcePolicy({
  id: 'waf-managed-groups',
  description: 'The web ACL holds the managed groups, each with its own actions: a group that counts blocks nothing.',
  types: ['AWS::WAFv2::WebACL'],
  *check(acl) {
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
      const visible = recordOf(rule.body.VisibilityConfig);
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
  },
});

export const wafRateLimit = ({ contract }: Profile): Policy => {
  // A hospital behind one address: a hundred times what one client needs.
  const most = contract.edgeRateLimit.perSecond * 60 * 100;
  return {
    id: 'waf-rate-limit',
    description:
      'Each address has a rate, counted over 60 seconds and refused with 429; only the health path is exempt.',
    *check(assembly) {
      for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
        const rated = rulesOf(acl).flatMap((rule) => {
          const statement = recordOf(rule.body.Statement).RateBasedStatement;
          return isRecord(statement) ? [{ rule, statement, at: `${rule.path}.Statement.RateBasedStatement` }] : [];
        });
        if (!rated.some(({ rule }) => blocks(rule))) yield acl.fault('Rules', 'no rate-based rule blocks; add one');
        for (const { rule, statement, at } of rated) {
          const limit = Number(statement.Limit);
          if (!(limit >= 10 && limit <= most))
            yield acl.fault(`${at}.Limit`, `got ${show(statement.Limit)}; use 10 to ${most}`);
          if (statement.EvaluationWindowSec !== 60) {
            yield acl.fault(`${at}.EvaluationWindowSec`, `got ${show(statement.EvaluationWindowSec)}; use 60`);
          }
          if (statement.AggregateKeyType !== 'IP') {
            yield acl.fault(
              `${at}.AggregateKeyType`,
              `got ${show(statement.AggregateKeyType)}; use IP, which no client can choose`,
            );
          }
          const exempt =
            statement.ScopeDownStatement === undefined ? [] : exactPaths(negated(statement.ScopeDownStatement));
          if (exempt === undefined || exempt.some((path) => path !== contract.paths.health)) {
            yield acl.fault(
              `${at}.ScopeDownStatement`,
              `exempts more than ${contract.paths.health}; use Not(exact path)`,
            );
          }
          const response = JSON.stringify(rule.body.Action);
          if (blocks(rule) && !/"ResponseCode":429\b/.test(response)) {
            yield acl.fault(`${rule.path}.Action`, 'does not answer 429; add the custom response');
          }
        }
      }
    },
  };
};
