import type { Policy } from '../core/finding.ts';
import { allStatements, conditionValues, statementsOf } from '../core/statements.ts';
import { isKeyAdministration } from '../iam/key-administration.ts';

export const kmsCreateGrant: Policy = {
  id: 'kms-create-grant',
  description: 'Grants are made only by AWS services for their own resources: a grant outlives every policy.',
  *check(assembly) {
    for (const key of assembly.resources('AWS::KMS::Key', 'AWS::KMS::ReplicaKey')) {
      const refuses = [...statementsOf(key)].some(
        (statement) =>
          !statement.allows &&
          statement.actions.includes('kms:CreateGrant') &&
          statement.principals.includes('AWS:*') &&
          statement.resources.includes('*') &&
          conditionValues(statement, 'kms:GrantIsForAWSResource', 'Bool').join() === 'false' &&
          ['', 'false'].includes(conditionValues(statement, 'aws:PrincipalIsAWSService', 'Bool').join()),
      );
      if (!refuses)
        yield key.fault('KeyPolicy', 'nothing denies kms:CreateGrant to those who are no AWS service; add it');
    }
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
