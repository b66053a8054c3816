import { absent, added, changed, mutation, removed } from '../draft.ts';

const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';
const KEY = 'AWS::KMS::Key';
const REPLICA = 'AWS::KMS::ReplicaKey';
const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const PARAMETERS = 'AWS::RDS::DBClusterParameterGroup';
const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const AUDIT = /^AuditBucket/;
const block = 'PublicAccessBlockConfiguration';
const everybody = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' };

/** Faults of buckets. */
export const buckets = [
  ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) =>
    changed(`${name} off`, 'bucket-public-access', BUCKET, `${block}.${name}`, false, AUDIT),
  ),
  absent('no public access block', 'bucket-public-access', BUCKET, block),
  added('bucket policy opened to everybody', 'iam-no-public-principal', POLICY, 'PolicyDocument.Statement', everybody),
  mutation('bucket policy opened to everybody, with a condition that binds nobody', 'iam-no-public-principal', (d) =>
    d.push(POLICY, 'PolicyDocument.Statement', {
      ...everybody,
      Condition: { StringLike: { 'aws:PrincipalArn': '*' } },
    }),
  ),
  mutation('bucket policy opened to another account', 'iam-no-public-principal', (d) =>
    d.push(POLICY, 'PolicyDocument.Statement', { ...everybody, Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
  ),
  changed('website of a bucket', 'bucket-ownership', BUCKET, 'WebsiteConfiguration', { IndexDocument: 'index.html' }),
  changed('public-read ACL', 'bucket-ownership', BUCKET, 'AccessControl', 'PublicRead', AUDIT),
  mutation('objects owned by who writes them', 'bucket-ownership', (d) =>
    d.set(BUCKET, 'OwnershipControls.Rules.0.ObjectOwnership', 'ObjectWriter', AUDIT),
  ),
  mutation('bucket encrypted by the key of AWS', 'bucket-encrypted', (d) =>
    d.set(
      BUCKET,
      'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault',
      { SSEAlgorithm: 'AES256' },
      AUDIT,
    ),
  ),
  mutation('bucket encrypted by alias/aws/s3', 'bucket-encrypted', (d) =>
    d.set(
      BUCKET,
      'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.KMSMasterKeyID',
      'alias/aws/s3',
      AUDIT,
    ),
  ),
  absent('bucket not encrypted', 'bucket-encrypted', BUCKET, 'BucketEncryption', AUDIT),
  mutation('versioning suspended', 'HIPAA.Security-S3BucketVersioningEnabled', (d) =>
    d.set(BUCKET, 'VersioningConfiguration.Status', 'Suspended', AUDIT),
  ),
  mutation('plain HTTP to a bucket', 'bucket-tls-only', (d) => {
    d.statement(POLICY, 'PolicyDocument', /SecureTransport/).Effect = 'Allow';
  }),
  mutation('plain HTTP refused for the bucket, not for its objects', 'bucket-tls-only', (d) => {
    const statement = d.statement(POLICY, 'PolicyDocument', /SecureTransport/);
    statement.Resource = (statement.Resource as unknown[])[0];
  }),
  mutation('plain HTTP refused of one role alone', 'bucket-tls-only', (d) => {
    d.statement(POLICY, 'PolicyDocument', /SecureTransport/).Principal = { AWS: 'arn:aws:iam::111122223333:role/x' };
  }),
  changed('object lock off', 'bucket-object-lock', BUCKET, 'ObjectLockEnabled', false, AUDIT),
  mutation('object lock that can be lifted', 'bucket-object-lock', (d) =>
    d.set(BUCKET, 'ObjectLockConfiguration.Rule.DefaultRetention.Mode', 'GOVERNANCE', AUDIT),
  ),
  mutation('object lock for a year', 'bucket-object-lock', (d) =>
    d.set(BUCKET, 'ObjectLockConfiguration.Rule.DefaultRetention.Days', 365, AUDIT),
  ),
  absent('object lock configured, not enabled', 'bucket-object-lock', BUCKET, 'ObjectLockEnabled', AUDIT),
  mutation('audit objects expire after a year', 'bucket-lifecycle', (d) =>
    d.set(BUCKET, 'LifecycleConfiguration.Rules.0.ExpirationInDays', 365, AUDIT),
  ),
  absent('audit bucket not logged', 'HIPAA.Security-S3BucketLoggingEnabled', BUCKET, 'LoggingConfiguration', AUDIT),
  changed('audit bucket deleted with its stack', 'retained', BUCKET, '/DeletionPolicy', 'Delete', AUDIT),
];

/** Faults of keys. */
export const keys = [
  changed('rotation off', 'kms-rotation', KEY, 'EnableKeyRotation', false, /^KeysData[0-9A-F]/),
  absent('rotation left at its default', 'kms-rotation', KEY, 'EnableKeyRotation', /^KeysBackups/),
  changed('rotation every seven years', 'kms-rotation', KEY, 'RotationPeriodInDays', 2560, /^KeysData[0-9A-F]/),
  changed('key disabled', 'kms-enabled', KEY, 'Enabled', false),
  changed('key of imported material', 'kms-enabled', KEY, 'Origin', 'EXTERNAL'),
  changed('signing key of a weak curve', 'kms-enabled', KEY, 'KeySpec', 'ECC_SECG_P256K1', /^KeysSigning/),
  changed('key gone in seven days', 'kms-deletion-window', KEY, 'PendingWindowInDays', 7),
  absent('key that opens notes in one region alone', 'kms-data-key-regions', KEY, 'MultiRegion', /^KeysData[0-9A-F]/),
  removed('copies in a region where their notes cannot be opened', 'kms-data-key-regions', REPLICA),
  mutation('replica of a key of somebody else', 'kms-data-key-regions', (d) =>
    d.set(REPLICA, 'PrimaryKeyArn', 'arn:aws:kms:us-east-1:999999999999:key/mrk-0'),
  ),
  mutation('replica of an output that is not there', 'references', (d) =>
    d.set(REPLICA, 'PrimaryKeyArn.Fn::GetStackOutput.OutputName', 'AuditKeyArn'),
  ),
  mutation('replica open to another account', 'kms-key-policy', (d) =>
    d.push(REPLICA, 'KeyPolicy.Statement', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    }),
  ),
  absent('nothing refuses grants on a replica', 'kms-create-grant', REPLICA, 'KeyPolicy.Statement.1'),
  changed('replica gone in seven days', 'kms-deletion-window', REPLICA, 'PendingWindowInDays', 7),
  changed('replica deleted with its stack', 'retained', REPLICA, '/DeletionPolicy', 'Delete'),
  changed('key deleted with its stack', 'retained', KEY, '/DeletionPolicy', 'Delete'),
  absent('key lost when replaced', 'retained', KEY, '/UpdateReplacePolicy'),
  mutation('key open to everybody', 'iam-no-public-principal', (d) =>
    d.push(KEY, 'KeyPolicy.Statement', { Effect: 'Allow', Principal: '*', Action: 'kms:Decrypt', Resource: '*' }),
  ),
  mutation('key open to another account', 'kms-key-policy', (d) =>
    d.push(KEY, 'KeyPolicy.Statement', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999999999999:root' },
      Action: 'kms:Decrypt',
      Resource: '*',
    }),
  ),
  mutation('kms:* for a service', 'kms-key-policy', (d) =>
    d.push(KEY, 'KeyPolicy.Statement', {
      Effect: 'Allow',
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'kms:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }),
  ),
  mutation('key usable by a service for any account', 'kms-key-policy', (d) => {
    d.statement(KEY, 'KeyPolicy', /cloudwatch\.amazonaws/, /^KeysTopics/).Condition = undefined;
  }),
  mutation('account may not administer its key', 'kms-key-policy', (d) => {
    d.statement(KEY, 'KeyPolicy', /kms:\*/).Action = 'kms:Describe*';
  }),
  mutation('grants for every user of the key', 'kms-create-grant', (d) =>
    d.push(KEY, 'KeyPolicy.Statement', {
      Effect: 'Allow',
      Principal: { Service: 'rds.amazonaws.com' },
      Action: ['kms:CreateGrant'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' } } },
    }),
  ),
  mutation('nothing refuses grants', 'kms-create-grant', (d) => {
    const policy = d.resource(KEY).Properties.KeyPolicy as { Statement: unknown[] };
    policy.Statement = policy.Statement.filter((item) => !JSON.stringify(item).includes('CreateGrant'));
  }),
  mutation('key policy without the logs principal', 'kms-logs-grant', (d) => {
    const policy = d.resource(KEY, /^KeysLogs[0-9A-F]/).Properties.KeyPolicy as { Statement: unknown[] };
    policy.Statement = policy.Statement.filter((item) => !JSON.stringify(item).includes('CloudWatchLogs'));
  }),
  mutation('logs principal of another region', 'kms-logs-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /CloudWatchLogs/, /^KeysAudit[0-9A-F]/).Principal = {
      Service: 'logs.eu-west-1.amazonaws.com',
    };
  }),
  mutation('logs principal without encryption context', 'kms-logs-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /CloudWatchLogs/, /^KeysAudit[0-9A-F]/).Condition = undefined;
  }),
  mutation('logs principal for the groups of any account', 'kms-logs-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /CloudWatchLogs/, /^KeysAudit[0-9A-F]/).Condition = {
      ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:*:*:*' },
    };
  }),
  mutation('logs principal may not encrypt', 'kms-logs-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /CloudWatchLogs/, /^KeysAudit[0-9A-F]/).Action = ['kms:Describe*'];
  }),
  mutation('log group whose name the key does not admit', 'kms-logs-grant', (d) =>
    d.set('AWS::Logs::LogGroup', 'LogGroupName', '/elsewhere/audit', /^AuditEvents/),
  ),
  mutation('CloudWatch may not publish to the encrypted topic', 'kms-service-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /cloudwatch\.amazonaws/, /^KeysTopics/).Principal = {
      Service: 'budgets.amazonaws.com',
    };
  }),
  mutation('CloudTrail may not use its key', 'kms-service-grant', (d) => {
    d.statement(KEY, 'KeyPolicy', /cloudtrail\.amazonaws/, /^KeysAudit[0-9A-F]/).Action = 'kms:DescribeKey';
  }),
];

/** Faults of the database and its backups. */
export const database = [
  changed('database not encrypted', 'database-cluster', CLUSTER, 'StorageEncrypted', false),
  absent('database encrypted by the key of AWS', 'database-cluster', CLUSTER, 'KmsKeyId'),
  changed('no IAM authentication', 'database-cluster', CLUSTER, 'EnableIAMDatabaseAuthentication', false),
  changed('database may be deleted', 'database-cluster', CLUSTER, 'DeletionProtection', false),
  changed('database deleted with its stack', 'retained', CLUSTER, '/DeletionPolicy', 'Delete'),
  changed('backups of a day', 'database-cluster', CLUSTER, 'BackupRetentionPeriod', 1),
  mutation('master password in the template', 'database-cluster', (d) =>
    d.set(CLUSTER, 'MasterUserPassword', 'correct horse battery'),
  ),
  changed('master password not managed', 'database-cluster', CLUSTER, 'ManageMasterUserPassword', false),
  absent('master secret under the key of AWS', 'database-cluster', CLUSTER, 'MasterUserSecret'),
  changed('database log not exported', 'database-cluster', CLUSTER, 'EnableCloudwatchLogsExports', []),
  changed('database engine out of support', 'database-cluster', CLUSTER, 'EngineVersion', '12.9'),
  changed('minor version that RDS upgrades by itself', 'database-cluster', CLUSTER, 'EngineVersion', '17.7'),
  changed('data API open', 'database-cluster', CLUSTER, 'EnableHttpEndpoint', true),
  absent('database with the default parameters', 'database-cluster', CLUSTER, 'DBClusterParameterGroupName'),
  mutation('database takes plain connections', 'database-tls', (d) => {
    (d.resource(PARAMETERS).Properties.Parameters as Record<string, string>)['rds.force_ssl'] = '0';
  }),
  changed('every statement in the database log', 'database-tls', PARAMETERS, 'Parameters.log_statement', 'all'),
  mutation('slow statements, with their values, in the database log', 'database-tls', (d) =>
    d.set(PARAMETERS, 'Parameters.log_min_duration_statement', '0'),
  ),
  changed('TLS 1.0 to the database', 'database-tls', PARAMETERS, 'Parameters.ssl_min_protocol_version', 'TLSv1'),
  changed('commits not flushed', 'database-tls', PARAMETERS, 'Parameters.synchronous_commit', 'off'),
  changed('instances not patched', 'database-instance', INSTANCE, 'AutoMinorVersionUpgrade', false),
  changed('no enhanced monitoring', 'database-instance', INSTANCE, 'MonitoringInterval', 0),
  mutation('insights under the key of AWS', 'database-instance', (d) =>
    d.set(INSTANCE, 'PerformanceInsightsKMSKeyId', 'alias/aws/rds'),
  ),
  mutation('database of its own, beside the cluster', 'database-cluster', (d) =>
    d.add(CLUSTER, 'Stray', { Type: INSTANCE, Properties: { Engine: 'postgres', PubliclyAccessible: false } }),
  ),
  absent('vault without lock', 'backup-vault', VAULT, 'LockConfiguration'),
  absent('vault under the key of AWS', 'backup-vault', VAULT, 'EncryptionKeyArn'),
  mutation('vault open to another account', 'iam-no-public-principal', (d) =>
    d.set(VAULT, 'AccessPolicy', {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'backup:CopyFromBackupVault', Resource: '*' },
      ],
    }),
  ),
  mutation('backups weekly', 'backup-plan', (d) => {
    for (const rule of (d.resource(PLAN).Properties.BackupPlan as { BackupPlanRule: Record<string, unknown>[] })
      .BackupPlanRule) {
      rule.ScheduleExpression = 'cron(0 5 ? * SUN *)';
    }
  }),
  mutation('backups deleted after a day', 'backup-plan', (d) =>
    d.set(PLAN, 'BackupPlan.BackupPlanRule.0.Lifecycle.DeleteAfterDays', 1),
  ),
  mutation('backup of something else', 'backup-plan', (d) =>
    d.set('AWS::Backup::BackupSelection', 'BackupSelection.Resources', ['arn:aws:s3:::x']),
  ),
  mutation('backup with exceptions', 'backup-plan', (d) =>
    d.set('AWS::Backup::BackupSelection', 'BackupSelection.NotResources', ['arn:aws:rds:*:*:cluster:*']),
  ),
  mutation('backups removed', 'backup-plan', (d) => {
    for (const type of ['AWS::Backup::BackupSelection', PLAN]) d.removeAll(type);
  }),
  mutation('restore never rehearsed', 'restore-testing', (d) => {
    d.removeAll('AWS::Backup::RestoreTestingSelection');
    d.removeAll('AWS::Backup::RestoreTestingPlan');
  }),
];
