import type { Policy } from '../core/finding.ts';
import { allStatements, conditionValues } from '../core/statements.ts';
import { isKeyAdministration } from '../iam/key-administration.ts';

export const kmsCreateGrant: Policy = {
  id: 'kms-create-grant',
  description: 'Grants are made only by AWS services for their own resources: a grant outlives every policy.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || isKeyAdministration(statement)) continue;
      if (!statement.actions.some((action) => /^kms:(CreateGrant|Create.*\*|C\*|\*)$/i.test(action))) continue;
      const forServices = conditionValues(statement, 'kms:GrantIsForAWSResource', 'Bool').includes('true');
      const via = conditionValues(statement, 'kms:ViaService', 'StringEquals');
      if (!forServices && (via.length === 0 || via.some((name) => name.startsWith('*')))) {
        yield statement.resource.fault(
          statement.path,
          'kms:CreateGrant without limit; add kms:GrantIsForAWSResource true',
        );
      }
    }
  },
};
