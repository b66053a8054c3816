import type { Policy } from '../core/finding.ts';
import { statementsOf } from '../core/statements.ts';
import { tieableServices } from '../core/unsent-conditions.ts';
import { isTied } from '../iam/iam-no-public-principal.ts';

export const logResourcePolicy: Policy = {
  id: 'log-resource-policy',
  description: 'Services write logs only for this account, only by CreateLogStream and PutLogEvents.',
  *check(assembly) {
    for (const policy of assembly.resources('AWS::Logs::ResourcePolicy')) {
      const statements = [...statementsOf(policy)];
      if (statements.length === 0)
        yield policy.fault('PolicyDocument', 'holds no statement that can be read; use JSON');
      for (const statement of statements.filter(({ allows }) => allows)) {
        // delivery.logs delivers for EventBridge, and sends no source either.
        const tieable = tieableServices(statement).filter((name) => name !== 'Service:delivery.logs.amazonaws.com');
        if ((tieable.length > 0 || statement.principals.length === 0) && !isTied(statement))
          yield policy.fault(statement.path, 'is not tied to this account; add aws:SourceAccount');
        for (const action of statement.actions) {
          if (!['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:PutLogEventsBatch'].includes(action)) {
            yield policy.fault(statement.path, `got "${action}"; use logs:CreateLogStream and logs:PutLogEvents`);
          }
        }
      }
    }
  },
};
