import { conditionValues, type Statement } from '../core/statements.ts';

/**
 * Whether a principal is an account's root that a condition narrows to roles which IAM Identity Center made for a
 * permission set. Their sessions carry no sign of a second factor: Identity Center asks for it at sign-in. The role's
 * name ends with an id that changes, so it may end with `*`.
 */
export function isIdentityCenter(principal: string, statement: Statement): boolean {
  const account = /^AWS:arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1];
  const roles = conditionValues(statement, 'aws:PrincipalArn', 'ArnLike');
  const role = new RegExp(
    `^arn:[^:]+:iam::${account}:role/aws-reserved/sso\\.amazonaws\\.com/([\\w-]+/)?AWSReservedSSO_[\\w+=,.@-]+_(\\*|[0-9a-f]{16})$`,
  );
  const operators = Object.keys(statement.condition);
  return (
    account !== undefined &&
    statement.kind === 'trust' &&
    operators.length === 1 &&
    operators[0] === 'ArnLike' &&
    roles.length > 0 &&
    roles.every((arn) => role.test(arn))
  );
}
