import type { Json } from '../synth/templates.ts';
import type { References, Resource } from './references.ts';

/** What a store can hold of a patient. */
export type Content = 'PHI, as ciphertext of the service' | 'keyed hashes of patients' | 'no PHI';

/** A place where data lies. */
export interface Store {
  readonly resource: Resource;

  /** Name for people. */
  readonly title: string;

  /** What lies in it, in words. */
  readonly holds: string;
  readonly content: Content;

  /** Alias of the customer key that encrypts it, without the stage; none where AWS' own key does. */
  readonly key?: string;

  /** For how long. */
  readonly kept: string;
}

interface Kind {
  readonly type: string;

  /** Which of the type. */
  readonly is?: (resource: Resource) => boolean;
  readonly title: string;
  readonly holds: string;
  readonly content: Content;
  readonly key: (properties: Resource['properties']) => Json;
  readonly kept: (properties: Resource['properties']) => string;
}

const logGroup = (pattern: RegExp, title: string, holds: string, content: Content): Kind => ({
  type: 'AWS::Logs::LogGroup',
  is: ({ properties }) => pattern.test(properties.LogGroupName),
  title,
  holds,
  content,
  key: (p) => p.KmsKeyId,
  kept: (p) => `${p.RetentionInDays} days`,
});

const bucketKey = (p: Resource['properties']): Json =>
  p.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID;

const vault = (copy: boolean, title: string): Kind => ({
  type: 'AWS::Backup::BackupVault',
  is: ({ stack }) => (stack === 'backup-copy') === copy,
  title,
  holds: 'backups of the database',
  content: 'PHI, as ciphertext of the service',
  key: (p) => p.EncryptionKeyArn,
  kept: ({ LockConfiguration: lock }) => `${lock.MinRetentionDays} to ${lock.MaxRetentionDays} days, locked`,
});

/**
 * What lies where. What a store holds is said by the service and stands in no template: notes and patient ids leave the
 * process only encrypted (docs/architecture-decisions), logs have an allow-list of fields, events name patients by hash.
 */
const kinds: readonly Kind[] = [
  {
    type: 'AWS::RDS::DBCluster',
    title: 'Aurora PostgreSQL',
    holds: 'notes, analyses, audit events, hashed API keys',
    content: 'PHI, as ciphertext of the service',
    key: (p) => p.KmsKeyId,
    kept: (p) => `until deleted; point in time for ${p.BackupRetentionPeriod} days`,
  },
  vault(false, 'Backup vault'),
  vault(true, 'Backup vault, other region'),
  {
    type: 'AWS::S3::Bucket',
    is: ({ properties }) => properties.ObjectLockConfiguration !== undefined,
    title: 'Audit bucket',
    holds: 'audit events, signed checkpoints, CloudTrail',
    content: 'keyed hashes of patients',
    key: bucketKey,
    kept: ({
      ObjectLockConfiguration: {
        Rule: {
          DefaultRetention: { Days, Mode },
        },
      },
    }) => `${Days} days, locked (${Mode.toLowerCase()})`,
  },
  {
    type: 'AWS::S3::Bucket',
    is: ({ properties }) => properties.ObjectLockConfiguration === undefined,
    title: 'Access-log bucket',
    holds: 'who called which path, never a patient id',
    content: 'no PHI',
    key: bucketKey,
    kept: ({ LifecycleConfiguration: { Rules } }) => `${Rules[0].ExpirationInDays} days`,
  },
  logGroup(/\/audit$/, 'Log group of audit events', 'audit events, signed checkpoints', 'keyed hashes of patients'),
  logGroup(/\/trail$/, 'Log group of CloudTrail', 'calls of AWS', 'no PHI'),
  logGroup(/\/service$/, 'Log group of the service', 'an allow-list of fields, metrics', 'no PHI'),
  logGroup(/\/migrate$/, 'Log group of the migration', 'names of migrations, commands for keys', 'no PHI'),
  logGroup(/\/flow$/, 'Flow log', 'addresses and ports', 'no PHI'),
  logGroup(/\/task-events$/, 'Log group of task events', 'tasks that failed', 'no PHI'),
  logGroup(/^aws-waf-logs-/, 'WAF log', 'requests without bodies, queries and secret headers', 'no PHI'),
  logGroup(/^\/aws\/rds\//, 'Log of PostgreSQL', 'statements that change tables or roles, without values', 'no PHI'),
  logGroup(/^\/aws\/ecs\/containerinsights\//, 'Container Insights', 'use of CPU and memory', 'no PHI'),
  logGroup(/^RDSOSMetrics$/, 'Enhanced monitoring', 'use of CPU and memory', 'no PHI'),
  {
    type: 'AWS::ECR::Repository',
    title: 'Image repository',
    holds: 'images',
    content: 'no PHI',
    key: (p) => p.EncryptionConfiguration.KmsKey,
    kept: ({ LifecyclePolicy }) => {
      const { rules } = JSON.parse(LifecyclePolicy.LifecyclePolicyText);
      const newest = rules.find(({ selection }: Json) => selection.countType === 'imageCountMoreThan');
      return `the newest ${newest.selection.countNumber}`;
    },
  },
  {
    type: 'AWS::SNS::Topic',
    title: 'Alarm topic',
    holds: 'alarms on their way',
    content: 'no PHI',
    key: (p) => p.KmsMasterKeyId,
    kept: () => 'until delivered',
  },
];

const types = new Set(kinds.map(({ type }) => type));

/** The alias of a key, without `alias/` and the stage. */
export function aliasOf(key: Resource, all: References): string {
  const alias = all.of('AWS::KMS::Alias').find((one) => all.in(one.properties.TargetKeyId, one).includes(key));
  if (alias === undefined) throw new Error(`${key.key} has no alias`);
  return (alias.properties.AliasName as string).split('/').at(-1)!;
}

/** Every store of a stage. @throws Error for one of which it is not said here what it holds */
export function storesOf(all: References): Store[] {
  return all.resources
    .filter(({ type }) => types.has(type))
    .map((resource) => {
      const kind = kinds.find(({ type, is }) => type === resource.type && (is === undefined || is(resource)));
      if (kind === undefined)
        throw new Error(`${resource.key} (${resource.type}): say in lib/diagrams/stores.ts what it holds`);
      const [key] = all.in(kind.key(resource.properties), resource);
      const { title, holds, content } = kind;
      return {
        resource,
        title,
        holds,
        content,
        key: key === undefined ? undefined : aliasOf(key, all),
        kept: kind.kept(resource.properties),
      };
    });
}
