import type { Policy } from '../core/finding.ts';
import { blocks, managedGroup, rulesOf } from './web-acl.ts';

export const wafNoShortcut: Policy = {
  id: 'waf-no-shortcut',
  description: 'Every rule of our own blocks: a rule that allows ends the judgement, one that counts stops nobody.',
  *check(assembly) {
    for (const acl of assembly.resources('AWS::WAFv2::WebACL')) {
      const priorities = new Set<number>();
      for (const rule of rulesOf(acl)) {
        if (managedGroup(rule) === undefined && !blocks(rule)) {
          yield acl.fault(`${rule.path}.Action`, `${rule.name} does not block; use Block`);
        }
        if (rule.body.Statement === undefined) yield acl.fault(rule.path, `${rule.name} has no statement; add one`);
        if (priorities.has(rule.priority))
          yield acl.fault(`${rule.path}.Priority`, `${rule.name} shares its priority; give it its own`);
        priorities.add(rule.priority);
      }
    }
    for (const group of assembly.resources('AWS::WAFv2::RuleGroup')) {
      yield group.fault('', 'own rule groups were not reviewed; write the rules into the web ACL');
    }
  },
};
