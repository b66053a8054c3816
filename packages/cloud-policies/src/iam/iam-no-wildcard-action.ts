import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { isKeyAdministration } from './key-administration.ts';
import { reviewedWildcards } from './reviewed-actions.ts';

export const iamNoWildcardAction: Policy = {
  id: 'iam-no-wildcard-action',
  description: 'A policy names the actions that it allows: a wildcard grows whenever AWS adds an action.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || isKeyAdministration(statement)) continue;
      // An endpoint's policy narrows what others allow; endpoint-policy judges it.
      if (statement.resource.type === 'AWS::EC2::VPCEndpoint') continue;
      if (statement.actions.length === 0 && statement.body.NotAction === undefined) {
        yield statement.resource.fault(statement.path, 'got no Action; name the actions');
      }
      for (const action of statement.actions) {
        if (/[*?]/.test(action) && !reviewedWildcards.includes(action)) {
          yield statement.resource.fault(`${statement.path}.Action`, `got "${action}"; name each action`);
        }
      }
    }
  },
};
