import { wafExceptionPaths, wafExceptions } from '@healthcare-ai/contract/waf-exceptions';
import type { Policy } from '../core/finding.ts';
import { isRecord, listOf, type Value } from '../core/template.ts';
import { blocks, exactPaths, labelsIn, managedGroup, negated, rulesOf, type WafRule } from './web-acl.ts';

const paths = [...wafExceptionPaths].sort().join();

/** Whether a rule blocks a label everywhere but on the note routes: And(label(s), Not(exact note routes)). */
function blocksElsewhere(rule: WafRule, label: string): boolean {
  const statement = isRecord(rule.body.Statement) ? rule.body.Statement : {};
  const parts = isRecord(statement.AndStatement) ? listOf(statement.AndStatement.Statements) : [];
  const [other, ...more] = parts.filter((part) => negated(part) !== undefined);
  const labelled = parts.filter((part) => isLabel(part) && labelsIn(part).includes(label));
  const exempt = exactPaths(negated(other))?.sort().join();
  return blocks(rule) && parts.length === 2 && labelled.length === 1 && more.length === 0 && exempt === paths;
}

/** One label match, or several joined by Or, and nothing else. */
function isLabel(part: Value): boolean {
  if (!isRecord(part)) return false;
  if (isRecord(part.OrStatement)) return listOf(part.OrStatement.Statements).every(isLabel);
  return isRecord(part.LabelMatchStatement) && part.LabelMatchStatement.Scope === 'LABEL';
}

export const wafExceptionsReviewed: Policy = {
  id: 'waf-exceptions',
  description:
    'Managed rules are set aside only as packages/contract/src/waf-exceptions.ts lists, and block again off the note routes.',
  *check(assembly) {
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      const rules = rulesOf(acl);
      for (const { group, rule } of wafExceptions) {
        const holder = rules.map(managedGroup).find((item) => item?.Name === group);
        const counted = listOf(holder?.RuleActionOverrides).some(
          (item) => isRecord(item) && item.Name === rule && JSON.stringify(item.ActionToUse) === '{"Count":{}}',
        );
        if (holder !== undefined && !counted)
          yield acl.fault('Rules', `${rule} refuses clinical notes; set it to count`);
      }
      for (const rule of rules) {
        const group = managedGroup(rule);
        const at = `${rule.path}.Statement.ManagedRuleGroupStatement.RuleActionOverrides`;
        for (const item of listOf(group?.RuleActionOverrides)) {
          const override = isRecord(item) ? item : {};
          const action = isRecord(override.ActionToUse) ? Object.keys(override.ActionToUse).join() : '';
          if (action === 'Block') continue;
          const reviewed = wafExceptions.find((known) => known.group === group?.Name && known.rule === override.Name);
          if (reviewed === undefined || action !== 'Count') {
            yield acl.fault(
              at,
              `${override.Name} is set to ${action}, which packages/contract/src/waf-exceptions.ts does not list; remove it`,
            );
          } else if (!rules.some((later) => later.priority > rule.priority && blocksElsewhere(later, reviewed.label))) {
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
