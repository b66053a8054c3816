import type { Policy } from '../core/finding.ts';
import { allStatements, conditionValues, type Statement } from '../core/statements.ts';
import { pseudo } from '../core/template.ts';
import { isIdentityCenter } from './identity-center.ts';
import { isOwnAccountRoot } from './key-administration.ts';

/** Condition keys that tie a caller to an account, an organization, or a resource of ours. */
const tying = [
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceVpce',
  'aws:SourceVpc',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:PrincipalOrgID',
  'aws:SourceOrgID',
  'kms:CallerAccount',
];

/** Whether the value of a tying key is of this account: itself, an ARN in it, or a resource of this deployment. */
function isOwn(key: string, value: string, { resource }: Statement): boolean {
  if (/^\*/.test(value)) return false;
  const own = [pseudo('AccountId'), resource.template.account];
  if (key.endsWith('Account')) return own.includes(value);
  const account = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(value.replaceAll(/\$\{AWS::(\w+)\}/g, '<$1>'))?.[1];
  return account === undefined || account === '' || own.includes(account.replace('<AccountId>', pseudo('AccountId')));
}

/** Whether a condition ties the caller to somebody, by an operator that is not negated and a value that is not wide. */
export function isTied(statement: Statement): boolean {
  return tying.some((key) => {
    const values = Object.keys(statement.condition)
      .filter((operator) => !/Not|IfExists|Null|ForAllValues/i.test(operator))
      .flatMap((operator) => conditionValues(statement, key, operator));
    return values.length > 0 && values.every((value) => isOwn(key, value, statement));
  });
}

/**
 * Accounts of AWS that deliver load balancer logs in regions opened before August 2022.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const logDelivery = [
  '127311923021',
  '033677994240',
  '027434742980',
  '797873946194',
  '098369216593',
  '754344448648',
  '589379963580',
  '718504428378',
  '383597477331',
  '600734575887',
  '114774131450',
  '783225319266',
  '582318560864',
  '985666609251',
  '054676820928',
  '156460612806',
  '652711504416',
  '635631232127',
  '009996457667',
  '897822967062',
  '076674570225',
  '507241528517',
  '048591011584',
  '190560391635',
];

function isOurs(principal: string, statement: Statement): boolean {
  if (principal.startsWith('Service:')) return !principal.includes('*');
  if (!principal.startsWith('AWS:')) return statement.kind === 'trust';
  if (isOwnAccountRoot(principal, statement.resource.template.account)) return true;
  if (isIdentityCenter(principal, statement)) return true;
  const mentioned = statement.resource.assembly.mentioned(principal);
  if (mentioned.length === 1 && mentioned[0]?.type === 'AWS::IAM::Role') return true;
  const role = /^AWS:arn:[^:]+:iam::(\$\{AWS::AccountId\}|\d{12}):role\/[^*?]+$/.exec(principal)?.[1];
  if (role !== undefined && (role.startsWith('$') || role === statement.resource.template.account)) return true;
  // Whom the account's owner names by role or user, in whatever account; iam-trust demands a second factor of them.
  if (statement.kind === 'trust' && /^AWS:arn:[^:]+:iam::\d{12}:(role|user)\/[^*?]+$/.test(principal)) return true;
  const delivery = /^AWS:arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? '';
  return statement.resource.type === 'AWS::S3::BucketPolicy' && logDelivery.includes(delivery);
}

export const iamNoPublicPrincipal: Policy = {
  id: 'iam-no-public-principal',
  description: 'A resource or role is opened to nobody outside the account unless a condition ties the caller to it.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || statement.kind === 'identity' || statement.resource.type === 'AWS::EC2::VPCEndpoint')
        continue;
      const { resource, path, principals } = statement;
      if (principals.length === 0) yield resource.fault(`${path}.Principal`, 'got no Principal; name it');
      for (const principal of principals) {
        if (!isOurs(principal, statement) && !(principal === 'AWS:*' && isTied(statement))) {
          yield resource.fault(`${path}.Principal`, `got "${principal}"; name a role, a service or this account`);
        }
      }
    }
    for (const permission of assembly.resources('AWS::Lambda::Permission')) {
      if (permission.get('SourceAccount') === undefined && permission.get('SourceArn') === undefined) {
        yield permission.fault('SourceArn', 'got nothing; say which resource may call the function');
      }
    }
  },
};
