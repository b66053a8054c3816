import type { Resource } from '../core/assembly.ts';
import { between, optional, type Policy, unmet } from '../core/policy.ts';
import { allStatements, conditionValues, type Statement } from '../core/statements.ts';
import { pseudo } from '../core/template.ts';
import { tieableServices, unsentCondition } from '../core/unsent-conditions.ts';

/**
 * The account's own root as a principal: it only hands the decision over to the account's IAM policies.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function isOwnAccountRoot(principal: string, resource: Resource): boolean {
  const match = /^AWS:arn:(?:aws|aws-us-gov|aws-cn|\$\{AWS::Partition\}):iam::(.+):root$/.exec(principal);
  const named = match?.[1] ?? /^AWS:(\$\{AWS::AccountId\}|\d{12})$/.exec(principal)?.[1];
  return resource.isOwnAccount(named);
}

/** `kms:*` for the account's root in a key policy: without it a key can become unmanageable. */
export function isKeyAdministration(statement: Statement): boolean {
  return (
    ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'].includes(statement.resource.type) &&
    statement.principals.length > 0 &&
    statement.principals.every((principal) => isOwnAccountRoot(principal, statement.resource))
  );
}

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
  if (key.endsWith('Account')) return resource.isOwnAccount(value);
  const account = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(value.replaceAll(/\$\{AWS::(\w+)\}/g, '<$1>'))?.[1];
  return !account || resource.isOwnAccount(account.replace('<AccountId>', pseudo('AccountId')));
}

/** Whether a condition ties the caller to a known principal, by an operator that is not negated and a value that is not wide. */
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

/**
 * Whether a principal is an account's root that a condition narrows to roles which IAM Identity Center made for a
 * permission set. Their sessions carry no sign of a second factor: Identity Center asks for it at sign-in. The role's
 * name ends with an id that changes, so it may end with `*`.
 */
function isIdentityCenter(principal: string, statement: Statement): boolean {
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

function isOurs(principal: string, statement: Statement): boolean {
  if (principal.startsWith('Service:')) return !principal.includes('*');
  if (!principal.startsWith('AWS:')) return statement.kind === 'trust';
  if (isOwnAccountRoot(principal, statement.resource)) return true;
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
  description:
    'No resource or role is open to principals outside the account, unless a condition ties the caller to it.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || statement.kind === 'identity' || statement.resource.type === 'AWS::EC2::VPCEndpoint')
        continue;
      const { resource, path, principals } = statement;
      if (principals.length === 0) yield resource.fault(`${path}.Principal`, 'got no Principal; name it');
      for (const principal of principals) {
        // A condition on the caller does not limit a trust policy to known roles: they must be named.
        const tied = statement.kind !== 'trust' && principal === 'AWS:*' && isTied(statement);
        if (!isOurs(principal, statement) && !tied) {
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

/**
 * Load balancers write their logs without naming a source: AWS's own policy ties them by the path alone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const sourcelessDelivery = [
  'Service:logdelivery.elasticloadbalancing.amazonaws.com',
  'Service:delivery.logs.amazonaws.com',
];

export const iamServiceTied: Policy = {
  id: 'iam-service-tied',
  description: 'An AWS service uses a bucket, topic or log group only on behalf of this account (confused deputy).',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      const { resource, path } = statement;
      if (!statement.allows || statement.kind !== 'resource' || resource.type.startsWith('AWS::KMS::')) continue;
      const services = tieableServices(statement).filter((name) => !sourcelessDelivery.includes(name));
      if (services.length > 0 && !isTied(statement)) {
        yield resource.fault(
          path,
          `${services.join(', ')} is not tied to this account; add aws:SourceAccount or aws:SourceArn`,
        );
      }
    }
  },
};

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

export const iamConditionSent: Policy = {
  id: 'iam-condition-sent',
  description:
    'No statement for a service has a condition on a key that the service does not send: its calls fail silently.',
  *check(assembly) {
    for (const statement of allStatements(assembly)) {
      if (!statement.allows || Object.keys(statement.condition).length === 0) continue;
      for (const service of statement.principals) {
        const rule = unsentCondition(statement, service);
        if (rule === undefined) continue;
        yield statement.resource.fault(
          `${statement.path}.Condition`,
          `${service} sends no condition key here, so the statement never matches; give it a statement of its own without Condition (${rule.source})`,
        );
      }
    }
  },
};
