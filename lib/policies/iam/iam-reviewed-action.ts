import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { reviewedActions, reviewedWildcards } from './reviewed-actions.ts';

export const iamReviewedAction: Policy = {
  id: 'iam-reviewed-action',
  description: 'An identity holds only actions that were reviewed for this deployment.',
  *check(assembly) {
    for (const { allows, kind, actions, resource, path } of allStatements(assembly)) {
      if (!allows || kind !== 'identity') continue;
      for (const action of actions) {
        if (![...reviewedActions, ...reviewedWildcards].includes(action)) {
          yield resource.fault(
            `${path}.Action`,
            `got "${action}", which nobody reviewed; leave it out, or add it to lib/policies/iam/reviewed-actions.ts`,
          );
        }
      }
    }
  },
};
