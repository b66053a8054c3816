import type { Policy } from '../core/finding.ts';
import { allStatements, conditionValues } from '../core/statements.ts';

export const iamPassRole: Policy = {
  id: 'iam-pass-role',
  description:
    'Whoever may pass a role may pass named roles to named services only: else it can give itself any right.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || !statement.actions.some((action) => action.toLowerCase() === 'iam:passrole')) continue;
      const services = conditionValues(statement, 'iam:PassedToService', 'StringEquals');
      if (services.length === 0 || services.some((service) => service.includes('*'))) {
        yield statement.resource.fault(
          statement.path,
          'iam:PassRole to any service; add a condition on iam:PassedToService',
        );
      }
      if (statement.resources.some((arn) => /[*?]/.test(arn))) {
        yield statement.resource.fault(`${statement.path}.Resource`, 'iam:PassRole of any role; name the roles');
      }
    }
  },
};
