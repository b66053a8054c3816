import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { unsentCondition } from '../core/unsent-conditions.ts';

export const iamConditionSent: Policy = {
  id: 'iam-condition-sent',
  description:
    'No statement for a service has a condition on a key that the service does not send: its calls fail silently.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || Object.keys(statement.condition).length === 0) continue;
      for (const service of statement.principals) {
        const rule = unsentCondition(statement, service);
        if (rule === undefined) continue;
        yield statement.resource.fault(
          `${statement.path}.Condition`,
          `${service} sends no condition key here, so the statement never matches; give it a statement of its own without Condition (${rule.source})`,
        );
      }
    }
  },
};
