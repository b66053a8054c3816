import type { Policy } from '../core/finding.ts';
import { equals, optional, present, unmet } from '../core/requirements.ts';

export const eventRule: Policy = {
  id: 'event-rule',
  description: 'Event rules are on, match something, and tell targets of this deployment.',
  *check(assembly) {
    for (const rule of assembly.resources('AWS::Events::Rule')) {
      yield* unmet(rule, { State: optional(equals('ENABLED')), Targets: present });
      if (rule.get('EventPattern') === undefined && rule.get('ScheduleExpression') === undefined) {
        yield rule.fault('EventPattern', 'matches nothing; add a pattern');
      }
      for (const { path } of rule.items('Targets')) {
        if (rule.followAll(rule.get(`${path}.Arn`)).length === 0) {
          yield rule.fault(`${path}.Arn`, `got ${rule.text(`${path}.Arn`)}; refer to a target of this deployment`);
        }
      }
    }
  },
};
