import type { Policy } from '../core/finding.ts';
import { between, optional, unmet } from '../core/requirements.ts';
import { allStatements, conditionValues, type Statement } from '../core/statements.ts';
import { tieableServices } from '../core/unsent-conditions.ts';
import { isTied } from './iam-no-public-principal.ts';
import { isIdentityCenter } from './identity-center.ts';

const trustActions = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession'];

const github = 'token.actions.githubusercontent.com';

function* faultsOf(statement: Statement): Generator<string> {
  for (const principal of statement.principals) {
    const [kind = '', ...rest] = principal.split(':');
    const name = rest.join(':');
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    if (tieableServices(statement).includes(principal) && !isTied(statement)) {
      yield `${name} is not tied to this account; add a condition on aws:SourceAccount or aws:SourceArn`;
    }
    if (kind === 'AWS') {
      const multiFactor = conditionValues(statement, 'aws:MultiFactorAuthPresent', 'Bool').includes('true');
      if (!multiFactor && !isTied(statement) && !isIdentityCenter(principal, statement))
        yield `"${name}" may assume the role without a second factor; demand it`;
    }
    if (kind === 'Federated') {
      const audience = conditionValues(statement, `${github}:aud`, 'StringEquals');
      const subject = conditionValues(statement, `${github}:sub`, 'String');
      const wide = subject.filter((value) => !/^repo:[^*?:]+\/[^*?:]+:[^*]/.test(value));
      if (!audience.includes('sts.amazonaws.com')) yield `${github}:aud is not sts.amazonaws.com; add the condition`;
      if (subject.length === 0 || wide.length > 0) yield `${github}:sub is too wide; name repository and environment`;
    }
    if (!['Service', 'AWS', 'Federated'].includes(kind)) yield `got principal "${principal}"; use Service or Federated`;
  }
}

export const iamTrust: Policy = {
  id: 'iam-trust',
  description: 'A role is assumed only by whom it is for, on behalf of this account (confused deputy).',
  *check(assembly) {
    for (const role of assembly.resources('AWS::IAM::Role')) {
      yield* unmet(role, { MaxSessionDuration: optional(between(3600, 14_400)) });
    }
    for (const statement of allStatements(assembly)) {
      if (statement.kind !== 'trust' || !statement.allows) continue;
      for (const message of faultsOf(statement)) yield statement.resource.fault(statement.path, message);
      for (const action of statement.actions) {
        if (!trustActions.includes(action)) {
          yield statement.resource.fault(`${statement.path}.Action`, `got "${action}"; use ${trustActions.join(', ')}`);
        }
      }
    }
  },
};
