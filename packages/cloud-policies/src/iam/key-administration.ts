import type { Statement } from '../core/statements.ts';
import { pseudo } from '../core/template.ts';

/**
 * The account's own root as a principal: it only hands the decision over to the account's IAM policies.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function isOwnAccountRoot(principal: string, account: string | undefined): boolean {
  const match = /^AWS:arn:(?:aws|aws-us-gov|aws-cn|\$\{AWS::Partition\}):iam::(.+):root$/.exec(principal);
  const named = match?.[1] ?? /^AWS:(\$\{AWS::AccountId\}|\d{12})$/.exec(principal)?.[1];
  return named === pseudo('AccountId') || (named !== undefined && named === account);
}

/** `kms:*` for the account's root in a key policy: without it a key can become unmanageable. */
export function isKeyAdministration(statement: Statement): boolean {
  return (
    ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'].includes(statement.resource.type) &&
    statement.principals.length > 0 &&
    statement.principals.every((principal) => isOwnAccountRoot(principal, statement.resource.template.account))
  );
}
