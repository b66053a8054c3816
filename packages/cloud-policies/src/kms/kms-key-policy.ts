import type { Policy } from '../core/finding.ts';
import { type Statement, statementsOf } from '../core/statements.ts';
import { tieableServices } from '../core/unsent-conditions.ts';
import { isTied } from '../iam/iam-no-public-principal.ts';
import { isKeyAdministration, isOwnAccountRoot } from '../iam/key-administration.ts';

/** A condition that ties a service's use of the key to this account, to a service in it, or to one kind of data. */
const isLimited = (statement: Statement): boolean =>
  isTied(statement) ||
  Object.entries(statement.condition).some(
    ([operator, keys]) =>
      !/Not|IfExists|Null/i.test(operator) &&
      /"kms:(ViaService|EncryptionContext:|CallerAccount)/.test(JSON.stringify(keys)),
  );

const administration =
  /^kms:(\*|Put|Schedule|Disable|Delete|Create(?!Grant)|Update|Cancel|Enable|Import|Tag|Untag|Retire)/i;

export const kmsKeyPolicy: Policy = {
  id: 'kms-key-policy',
  description: 'A key is administered through the account alone; services use it only on behalf of this account.',
  *check(assembly) {
    for (const key of assembly.resources('AWS::KMS::Key', 'AWS::KMS::ReplicaKey')) {
      const statements = [...statementsOf(key)].filter(({ allows }) => allows);
      if (!statements.some((statement) => isKeyAdministration(statement) && statement.actions.includes('kms:*'))) {
        yield key.fault('KeyPolicy', 'the account itself may not administer the key; allow kms:* to the account root');
      }
      for (const statement of statements) {
        if (isKeyAdministration(statement)) continue;
        for (const action of statement.actions.filter((name) => administration.test(name))) {
          yield key.fault(`${statement.path}.Action`, `got "${action}" for others than the account; leave it to IAM`);
        }
        const tieable = tieableServices(statement);
        const outsiders = statement.principals.filter(
          (name) => tieable.includes(name) || (name.startsWith('AWS:') && name.includes('*')),
        );
        if (outsiders.length > 0 && !isLimited(statement)) {
          yield key.fault(
            statement.path,
            `${outsiders.join(', ')} is not tied to this account; add aws:SourceAccount, aws:SourceArn or kms:EncryptionContext`,
          );
        }
        if (
          statement.principals.some((name) => /:iam::\d/.test(name) && !isOwnAccountRoot(name, key.template.account))
        ) {
          yield key.fault(`${statement.path}.Principal`, 'another account may use the key; remove it');
        }
      }
    }
  },
};
