import type { Policy } from '../core/finding.ts';
import { allStatements } from '../core/statements.ts';
import { actionsCovered } from './iam-data.ts';

export const iamRealAction: Policy = {
  id: 'iam-real-action',
  description: 'Every action exists: a misspelt one is accepted by AWS, and grants or denies nothing.',
  *check(assembly) {
    for (const { actions, resource, path } of allStatements(assembly)) {
      for (const action of actions) {
        if (action !== '*' && actionsCovered(action, assembly.actions).length === 0) {
          yield resource.fault(`${path}.Action`, `got "${action}", which AWS does not have; correct the spelling`);
        }
      }
    }
  },
};
