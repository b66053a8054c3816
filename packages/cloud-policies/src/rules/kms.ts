import { wildcards } from '../core/actions.ts';
import { isTrue, type Resource } from '../core/assembly.ts';
import { containers, environment } from '../core/containers.ts';
import {
  atLeast,
  between,
  equals,
  on,
  optional,
  type Policy,
  propertyPolicy,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable } from '../core/stage.ts';
import { allStatements, conditionValues, type Statement, statementsOf } from '../core/statements.ts';
import { listOf, pseudo } from '../core/template.ts';
import { tieableServices } from '../core/unsent-conditions.ts';
import { isKeyAdministration, isOwnAccountRoot, isTied } from './principals.ts';

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

export const kmsDataKeyRegions: Policy = {
  id: 'kms-data-key-regions',
  description:
    'The key that opens notes is multi-Region, which cannot be chosen later, and is wherever their backups are copied.',
  *check(assembly) {
    const dataKeys = new Set<Resource>();
    for (const container of containers(assembly)) {
      for (const { name, value } of environment(container)) {
        if (name !== 'KMS_KEY_ID') continue;
        for (const key of assembly.mentioned(value)) if (key.type === 'AWS::KMS::Key') dataKeys.add(key);
      }
    }
    const replicas = assembly.resources('AWS::KMS::ReplicaKey');
    for (const key of dataKeys) {
      if (!isTrue(key.get('MultiRegion'))) {
        yield key.fault('MultiRegion', 'opens notes, and could never open a copy in another region; use true');
      }
      for (const vault of assembly.resources('AWS::Backup::BackupVault')) {
        const { region } = vault.template;
        if (region === undefined || region === key.template.region) continue;
        const there = replicas.some(
          (replica) => replica.template.region === region && replica.target('PrimaryKeyArn') === key,
        );
        if (!there) {
          yield vault.fault('', `notes in its copies cannot be opened in ${region}; add a replica of ${key.logicalId}`);
        }
      }
    }
  },
};

export const kmsDeletionWindow: Policy = {
  id: 'kms-deletion-window',
  description: 'A key scheduled for deletion can be saved for 30 days: with it goes everything that it encrypts.',
  *check(assembly) {
    const days = isDisposable(assembly) ? 7 : 30;
    for (const key of assembly.resources('AWS::KMS::Key', 'AWS::KMS::ReplicaKey')) {
      yield* unmet(key, { PendingWindowInDays: optional(atLeast(days)) });
    }
  },
};

/** Symmetric for data at rest; Ed25519 for the audit trail's checkpoints; HMAC for keyed hashes. */
const specs = ['SYMMETRIC_DEFAULT', 'ECC_NIST_EDWARDS25519', 'HMAC_256', 'HMAC_384', 'HMAC_512'];

export const kmsEnabled = propertyPolicy({
  id: 'kms-enabled',
  description: 'Keys are enabled, of AWS-generated material, and of a strong specification.',
  types: ['AWS::KMS::Key'],
  require: {
    Enabled: optional(equals(true)),
    KeySpec: optional(equals(...specs)),
    // A key of an elliptic curve signs; an absent usage would be refused.
    KeyUsage: {
      expected: 'SIGN_VERIFY for a curve, GENERATE_VERIFY_MAC for an HMAC, else ENCRYPT_DECRYPT',
      holds: (value, key) => {
        const spec = String(key.get('KeySpec') ?? '');
        const needed = spec.startsWith('ECC')
          ? 'SIGN_VERIFY'
          : spec.startsWith('HMAC')
            ? 'GENERATE_VERIFY_MAC'
            : 'ENCRYPT_DECRYPT';
        return (value ?? 'ENCRYPT_DECRYPT') === needed;
      },
    },
    Origin: optional(equals('AWS_KMS')),
    BypassPolicyLockoutSafetyCheck: optional(equals(false)),
  },
});

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

export const kmsKeyPolicy = resourcePolicy({
  id: 'kms-key-policy',
  description: 'A key is administered through the account alone; services use it only on behalf of this account.',
  types: ['AWS::KMS::Key', 'AWS::KMS::ReplicaKey'],
  *check(key) {
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
      if (statement.principals.some((name) => /:iam::\d/.test(name) && !isOwnAccountRoot(name, key))) {
        yield key.fault(`${statement.path}.Principal`, 'another account may use the key; remove it');
      }
    }
  },
});

const needed = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt', 'kms:GenerateDataKey', 'kms:Describe'];

/** logs.<region>.amazonaws.com of the group's own region, literal or by reference. */
function isLogsService(principal: string, group: Resource): boolean {
  const region = /^Service:logs\.(.+?)\.(amazonaws\.com|\$\{AWS::URLSuffix\})$/.exec(principal)?.[1];
  return region !== undefined && (region === pseudo('Region') || region === (group.template.region ?? region));
}

/** Whether an ARN with wildcards covers the group by its name; a name that CloudFormation makes needs the widest. */
function admitsName(arn: string, group: Resource): boolean {
  const pattern = arn.split(/:log-group:|:\*$/)[1] ?? '*';
  return wildcards(pattern).test(group.text('LogGroupName'));
}

function grants(statement: Statement, group: Resource): boolean {
  const context = conditionValues(statement, 'kms:EncryptionContext:aws:logs:arn', 'Arn');
  return (
    statement.allows &&
    statement.principals.some((principal) => isLogsService(principal, group)) &&
    needed.every((action) => statement.actions.some((given) => given.startsWith(action) || given === 'kms:*')) &&
    context.length > 0 &&
    context.every((arn) => /^arn:[^:]+:logs:[^:*]+(::[^:*]+)?:[^*]*:/.test(arn)) &&
    context.some((arn) => admitsName(arn, group))
  );
}

export const kmsLogsGrant = resourcePolicy({
  id: 'kms-logs-grant',
  description:
    "A log group's key admits logs.<region> for this account's groups: without it the deployment fails (aws-cdk#28304).",
  types: ['AWS::Logs::LogGroup'],
  *check(group) {
    const key = group.target('KmsKeyId');
    if (key?.type !== 'AWS::KMS::Key') return;
    if (![...statementsOf(key)].some((statement) => grants(statement, group))) {
      yield key.fault(
        'KeyPolicy',
        `does not admit logs.<region>.amazonaws.com, which ${group.logicalId} needs; allow ${needed.join('*, ')}* with ArnLike kms:EncryptionContext:aws:logs:arn`,
      );
    }
  },
});

const isSymmetric = (spec: unknown): boolean => spec === undefined || spec === 'SYMMETRIC_DEFAULT';

export const kmsRotation = propertyPolicy({
  id: 'kms-rotation',
  description: 'Symmetric customer keys rotate at least yearly.',
  types: ['AWS::KMS::Key'],
  where: (key) => isSymmetric(key.get('KeySpec')),
  require: { EnableKeyRotation: on, RotationPeriodInDays: optional(between(90, 365)) },
});

function admits(key: Resource, service: RegExp, action: RegExp): boolean {
  return [...statementsOf(key)].some(
    ({ allows, principals, actions }) =>
      allows && principals.some((name) => service.test(name)) && actions.some((name) => action.test(name)),
  );
}

const dataKey = /^kms:(GenerateDataKey\*?|\*)$/;

/** Who writes to what with a customer key, and cannot when the key's policy does not admit it. */
const writers = [
  { type: 'AWS::CloudTrail::Trail', property: 'KMSKeyId', service: 'cloudtrail.amazonaws.com' },
  { type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', service: 'cloudwatch.amazonaws.com' },
  { type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', service: 'events.amazonaws.com' },
] as const;

/** Whether an event rule publishes to a topic. */
const isEventTarget = (topic: Resource): boolean =>
  topic.assembly
    .resources('AWS::Events::Rule')
    .some((rule) => rule.items('Targets').some(({ path }) => rule.target(`${path}.Arn`) === topic));

export const kmsServiceGrant: Policy = {
  id: 'kms-service-grant',
  description:
    'The key of a trail or an alarm topic admits the service that writes to it: else events are lost silently.',
  *check(assembly) {
    for (const { type, property, service } of writers) {
      for (const resource of assembly.resources(type)) {
        const key = resource.target(property);
        if (key?.type !== 'AWS::KMS::Key') continue;
        if (service === 'events.amazonaws.com' && !isEventTarget(resource)) continue;
        if (!admits(key, new RegExp(`^Service:${service.replaceAll('.', '\\.')}$`), dataKey)) {
          yield key.fault(
            'KeyPolicy',
            `does not admit ${service}, which ${resource.logicalId} needs; allow kms:GenerateDataKey*`,
          );
        }
      }
    }
  },
};

export const kmsTaskContext: Policy = {
  id: 'kms-task-context',
  description:
    "The tasks use a key with its stage's encryption context, or through a service: never for anything else.",
  *check(assembly) {
    const roles = assembly
      .resources('AWS::ECS::TaskDefinition')
      .flatMap((task) => [task.target('TaskRoleArn'), task.target('ExecutionRoleArn')]);
    for (const { allows, resource, path, actions, condition } of allStatements(assembly)) {
      const holders = listOf(resource.get('Roles')).map((role) => resource.follow(role));
      if (!allows || !holders.some((holder) => holder !== undefined && roles.includes(holder))) continue;
      if (!actions.some((action) => /^kms:(Decrypt|GenerateDataKey|Encrypt|ReEncrypt)/.test(action))) continue;
      const equal = JSON.stringify(condition.StringEquals ?? {});
      if (!/"kms:EncryptionContext:stage":"(?!\*)|"kms:ViaService":("[a-z]|\{)/.test(equal)) {
        yield resource.fault(path, 'uses the key for anything; add kms:EncryptionContext:stage or kms:ViaService');
      }
      const text = JSON.stringify(condition);
      if (
        text.includes('kms:EncryptionContext:stage') &&
        !/"Null":\{"kms:EncryptionContext:purpose":"?false/.test(text)
      ) {
        yield resource.fault(path, 'does not demand kms:EncryptionContext:purpose; use Null false');
      }
    }
  },
};
