import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { reviewedActions } from './reviewed-actions.ts';

/** A logical id without the hash that CDK appends. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

export const iamReviewedAction: Policy = {
  id: 'iam-reviewed-action',
  description: 'Each role holds only the actions that were reviewed for it.',
  *check(assembly) {
    for (const { allows, kind, actions, resource, path } of allStatements(assembly)) {
      if (!allows || kind !== 'identity') continue;
      const reviewed = reviewedActions.find(({ policy }) => policy === withoutHash(resource.logicalId));
      for (const action of actions) {
        if (!reviewed?.actions.includes(action)) {
          yield resource.fault(
            `${path}.Action`,
            `got "${action}", reviewed for no such role; leave it out, or add it to packages/cloud-policies/src/iam/reviewed-actions.ts`,
          );
        }
      }
    }
  },
};
