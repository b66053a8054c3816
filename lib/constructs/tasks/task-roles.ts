import type * as ecr from 'aws-cdk-lib/aws-ecr';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { auditPrefixes } from '../audit/audit-bucket.ts';
import type { StageKeys } from '../audit/stage-keys.ts';
import { forThisAccount, LeastPrivilegeRole } from '../least-privilege-role.ts';

export interface ExecutionRoleProps {
  readonly name: string;
  readonly repository: ecr.IRepository;
  readonly logGroup: logs.ILogGroup;

  /** ARNs of the secrets that the containers get. */
  readonly secretArns: readonly string[];

  /**
   * Key of those secrets.
   *
   * @default - none: they have AWS's key
   */
  readonly secretKey?: kms.IKey;
}

/** What ECS itself does to start a task: pull the image, fetch the secrets, write the log. */
export function executionRole(scope: Construct, id: string, props: ExecutionRoleProps): LeastPrivilegeRole {
  const { region } = Stack.of(scope);
  const { secretArns, secretKey } = props;
  const secrets: iam.PolicyStatementProps[] = secretArns.length
    ? [{ sid: 'Secrets', actions: ['secretsmanager:GetSecretValue'], resources: [...secretArns] }]
    : [];
  const decrypt: iam.PolicyStatementProps[] =
    secretKey === undefined
      ? []
      : [
          {
            sid: 'DecryptSecrets',
            actions: ['kms:Decrypt'],
            resources: [secretKey.keyArn],
            conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
          },
        ];
  return new LeastPrivilegeRole(scope, id, {
    roleName: props.name,
    assumedBy: forThisAccount('ecs-tasks'),
    description: 'ECS starts a task',
    wildcards: { '*': 'ecr:GetAuthorizationToken takes no resource.' },
    statements: [
      { sid: 'EcrLogin', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
      {
        sid: 'PullImage',
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        resources: [props.repository.repositoryArn],
      },
      {
        sid: 'WriteLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [props.logGroup.logGroupArn],
      },
      ...secrets,
      ...decrypt,
    ],
  });
}

export interface ServiceRoleProps {
  readonly name: string;
  readonly stage: string;
  readonly keys: StageKeys;
  readonly auditBucket: s3.IBucket;
  readonly auditLogGroup: logs.ILogGroup;

  /** rds-db ARN of the database role. */
  readonly databaseUserArn: string;

  /** @default - none */
  readonly model?: ModelAccess;

  /**
   * Further rights, such as to read key sets.
   *
   * @default - none
   */
  readonly more?: readonly iam.PolicyStatementProps[];
}

/** A model of Amazon Bedrock. */
export interface ModelAccess {
  /** ARN of the foundation model in each region that may answer. */
  readonly models: readonly string[];

  /**
   * ARN of the inference profile through which alone the model is called.
   *
   * @default - the model is called by its own id
   */
  readonly profile?: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html */
function modelStatements({ models, profile }: ModelAccess): iam.PolicyStatementProps[] {
  const actions = ['bedrock:InvokeModel'];
  if (profile === undefined) return [{ sid: 'Model', actions, resources: [...models] }];
  const conditions = { StringEquals: { 'bedrock:InferenceProfileArn': profile } };
  return [
    { sid: 'Profile', actions, resources: [profile] },
    { sid: 'Model', actions, resources: [...models], conditions },
  ];
}

/** What the service may do while it runs. It may wrap and open data keys of its stage, and sign; it administers nothing. */
export function serviceRole(scope: Construct, id: string, props: ServiceRoleProps): LeastPrivilegeRole {
  const { keys } = props;
  const model = props.model === undefined ? [] : modelStatements(props.model);
  return new LeastPrivilegeRole(scope, id, {
    roleName: props.name,
    assumedBy: forThisAccount('ecs-tasks'),
    description: 'The service at work',
    wildcards: {
      [`/${auditPrefixes.events}/*`]:
        'The service writes new objects below its own prefix of the audit bucket, and compares existing objects.',
    },
    statements: [
      { sid: 'Database', actions: ['rds-db:connect'], resources: [props.databaseUserArn] },
      {
        // The context that service/src/crypto gives: a key of another stage, or without purpose, cannot be opened.
        sid: 'DataKeys',
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [keys.data.keyArn],
        conditions: {
          StringEquals: { 'kms:EncryptionContext:stage': props.stage },
          Null: { 'kms:EncryptionContext:purpose': 'false' },
        },
      },
      { sid: 'Checkpoints', actions: ['kms:Sign', 'kms:GetPublicKey'], resources: [keys.signing.keyArn] },
      {
        sid: 'PublishToLog',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [props.auditLogGroup.logGroupArn],
      },
      {
        // Reads only to compare an object that already exists under the key: the same checkpoint, or a fork.
        sid: 'PublishToBucket',
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [props.auditBucket.arnForObjects(`${auditPrefixes.events}/*`)],
      },
      {
        sid: 'EncryptObjects',
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
        resources: [keys.audit.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(scope).region}.amazonaws.com` } },
      },
      ...model,
      ...(props.more ?? []),
    ],
  });
}

/** Where the service publishes its trail, and the key that signs it. */
export interface PublishedTo {
  readonly keys: StageKeys;
  readonly auditBucket: s3.IBucket;
  readonly auditLogGroup: logs.ILogGroup;
}

export interface RestoreRoleProps {
  readonly name: string;
  readonly audit: PublishedTo;

  /** rds-db ARN of the service's database role. */
  readonly databaseUserArn: string;
}

/** What the restoration of the trail may do: read what was published, and what the service may do in the database. */
export function restoreRole(scope: Construct, id: string, props: RestoreRoleProps): LeastPrivilegeRole {
  const { keys, auditBucket, auditLogGroup } = props.audit;
  return new LeastPrivilegeRole(scope, id, {
    roleName: props.name,
    assumedBy: forThisAccount('ecs-tasks'),
    description: 'Restoration of the audit trail at work',
    wildcards: {
      [`/${auditPrefixes.events}/checkpoints/*`]: 'It asks for checkpoints, whatever their number.',
      [`/${auditPrefixes.events}/segments/*`]: 'It reads segments, whatever their number.',
    },
    statements: [
      { sid: 'Database', actions: ['rds-db:connect'], resources: [props.databaseUserArn] },
      {
        sid: 'ReadPublished',
        actions: ['logs:DescribeLogStreams', 'logs:GetLogEvents'],
        resources: [auditLogGroup.logGroupArn],
      },
      {
        // The segments are what the trail is restored from; the checkpoints tell how far they must reach.
        sid: 'ReadBucket',
        actions: ['s3:GetObject'],
        resources: ['checkpoints', 'segments'].map((kind) =>
          auditBucket.arnForObjects(`${auditPrefixes.events}/${kind}/*`),
        ),
      },
      {
        sid: 'DecryptObjects',
        actions: ['kms:Decrypt'],
        resources: [keys.audit.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${Stack.of(scope).region}.amazonaws.com` } },
      },
      { sid: 'PublicKey', actions: ['kms:GetPublicKey'], resources: [keys.signing.keyArn] },
    ],
  });
}
