import { type Refusals, refusal } from '../refusal.ts';

const KEY = 'AWS::KMS::Key';
const BUCKET = 'AWS::S3::Bucket';
const CLUSTER = 'AWS::RDS::DBCluster';
const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const AUDIT = /^AuditBucket$/;

export const data: Refusals = {
  'kms-create-grant': [
    refusal('a key that anybody may grant on', 'Key', (d) => {
      d.statement(KEY, 'KeyPolicy', /CreateGrant/).Action = 'kms:Decrypt';
    }),
    refusal('grants in an identity policy', 'TaskRolePolicy', (d) =>
      d.push(
        'AWS::IAM::ManagedPolicy',
        'PolicyDocument.Statement',
        { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        /^TaskRolePolicy$/,
      ),
    ),
  ],
  'kms-data-key-regions': [
    refusal('a key of one region', 'Key', (d) => d.set(KEY, 'MultiRegion', false)),
    refusal('a vault in a region where the key is not', 'FarVault', (d) => {
      d.templates.push({ name: 'far', region: 'us-west-2', body: { Resources: { FarVault: { Type: VAULT } } } });
    }),
    refusal('a vault in another region with a replica of another key', 'FarVault', (d) => {
      const PrimaryKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/mrk-0';
      const Resources = {
        FarVault: { Type: VAULT },
        Replica: { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn } },
      };
      d.templates.push({ name: 'far', region: 'us-west-2', body: { Resources } });
    }),
  ],
  'kms-deletion-window': [refusal('seven days', 'Key', (d) => d.set(KEY, 'PendingWindowInDays', 7))],
  'kms-enabled': [
    refusal('a disabled key', 'Key', (d) => d.set(KEY, 'Enabled', false)),
    refusal('a usage that the curve does not have', 'Key', (d) => d.set(KEY, 'KeySpec', 'ECC_NIST_EDWARDS25519')),
  ],
  'kms-key-policy': [
    refusal('administration by a role', 'Key', (d) =>
      d.push(KEY, 'KeyPolicy.Statement', {
        Effect: 'Allow',
        Action: 'kms:PutKeyPolicy',
        Principal: { AWS: { 'Fn::GetAtt': ['TaskRole', 'Arn'] } },
        Resource: '*',
      }),
    ),
    refusal('a service for any account', 'Key', (d) => {
      delete d.statement(KEY, 'KeyPolicy', /cloudwatch\.amazonaws/).Condition;
    }),
    refusal('a key that the account may not administer', 'Key', (d) => d.unset(KEY, 'KeyPolicy.Statement.0')),
  ],
  'kms-logs-grant': [
    refusal('a policy without the logs principal', 'Key', (d) => {
      d.statement(KEY, 'KeyPolicy', /logs\.us-east-1/).Effect = 'Deny';
    }),
    refusal('a policy for groups of another name', 'Key', (d) => {
      d.statement(KEY, 'KeyPolicy', /logs\.us-east-1/).Condition = {
        ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:us-east-1:111122223333:log-group:/other/*' },
      };
    }),
  ],
  'kms-rotation': [
    refusal('rotation off', 'Key', (d) => d.set(KEY, 'EnableKeyRotation', false)),
    refusal('rotation every two years', 'Key', (d) => d.set(KEY, 'RotationPeriodInDays', 730)),
  ],
  'kms-service-grant': [
    refusal('a topic that CloudWatch cannot encrypt for', 'Key', (d) => {
      d.statement(KEY, 'KeyPolicy', /cloudwatch\.amazonaws/).Action = 'kms:Decrypt';
    }),
  ],
  'kms-task-context': [
    refusal('the data key for anything', 'TaskRolePolicy', (d) =>
      d.unset('AWS::IAM::ManagedPolicy', 'PolicyDocument.Statement.0.Condition', /^TaskRolePolicy$/),
    ),
  ],
  'bucket-encrypted': [
    refusal('no encryption', 'AuditBucket', (d) => d.unset(BUCKET, 'BucketEncryption', AUDIT)),
    refusal('the key of AWS', 'AuditBucket', (d) =>
      d.set(
        BUCKET,
        'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault',
        { SSEAlgorithm: 'AES256' },
        AUDIT,
      ),
    ),
  ],
  'bucket-lifecycle': [
    refusal('expiry after a year', 'AuditBucket', (d) =>
      d.set(BUCKET, 'LifecycleConfiguration.Rules.0.ExpirationInDays', 365, AUDIT),
    ),
  ],
  'bucket-logged': [
    refusal('a bucket without a log', 'AuditBucket', (d) => d.unset(BUCKET, 'LoggingConfiguration', AUDIT)),
  ],
  'bucket-object-lock': [
    refusal('governance mode in production', 'AuditBucket', (d) =>
      d.set(BUCKET, 'ObjectLockConfiguration.Rule.DefaultRetention.Mode', 'GOVERNANCE', AUDIT),
    ),
    refusal('a lock of two years', 'AuditBucket', (d) =>
      d.set(BUCKET, 'ObjectLockConfiguration.Rule.DefaultRetention', { Mode: 'COMPLIANCE', Years: 2 }, AUDIT),
    ),
  ],
  'bucket-ownership': [
    refusal('an access control list', 'AuditBucket', (d) => d.set(BUCKET, 'AccessControl', 'PublicRead', AUDIT)),
  ],
  'bucket-public-access': [
    refusal('a block with one switch off', 'AuditBucket', (d) =>
      d.set(BUCKET, 'PublicAccessBlockConfiguration.BlockPublicPolicy', false, AUDIT),
    ),
  ],
  'bucket-tls-only': [
    refusal('plain HTTP', 'AuditBucket', (d) =>
      d.unset('AWS::S3::BucketPolicy', 'PolicyDocument.Statement.0', /^Audit/),
    ),
    refusal('TLS 1.1', 'AuditBucket', (d) => d.unset('AWS::S3::BucketPolicy', 'PolicyDocument.Statement.1', /^Audit/)),
  ],
  'bucket-versioned': [
    refusal('suspended versions', 'AuditBucket', (d) =>
      d.set(BUCKET, 'VersioningConfiguration.Status', 'Suspended', AUDIT),
    ),
  ],
  'database-cluster': [
    refusal('storage in the clear', 'Database', (d) => d.set(CLUSTER, 'StorageEncrypted', false)),
    refusal('a cluster that may be deleted', 'Database', (d) => d.unset(CLUSTER, 'DeletionProtection')),
    refusal('a version out of support', 'Database', (d) => d.set(CLUSTER, 'EngineVersion', '13.4')),
    refusal('one instance in production', 'Database', (d) => d.remove('AWS::RDS::DBInstance', /^Reader$/)),
  ],
  'database-instance': [
    refusal('a public instance', 'Writer', (d) => d.set('AWS::RDS::DBInstance', 'PubliclyAccessible', true)),
  ],
  'database-reach': [
    refusal('the load balancer', 'TaskToDatabase', (d) =>
      d.set(
        'AWS::EC2::SecurityGroupIngress',
        'SourceSecurityGroupId',
        { 'Fn::GetAtt': ['BalancerGroup', 'GroupId'] },
        /^TaskToDatabase$/,
      ),
    ),
  ],
  'database-tls': [
    refusal('plain connections', 'Parameters', (d) => {
      (d.resource('AWS::RDS::DBClusterParameterGroup').Properties.Parameters as Record<string, string>)[
        'rds.force_ssl'
      ] = '0';
    }),
    refusal('statements in the log', 'Parameters', (d) =>
      d.set('AWS::RDS::DBClusterParameterGroup', 'Parameters.log_statement', 'all'),
    ),
  ],
  'backup-copied': [
    refusal('a vault that nobody fills', 'Spare', (d) =>
      d.add(VAULT, 'Spare', { Type: VAULT, Properties: { BackupVaultName: 'spare' } }),
    ),
    refusal('a retention that the lock does not take', 'Plan', (d) =>
      d.set(PLAN, 'BackupPlan.BackupPlanRule.0.Lifecycle.DeleteAfterDays', 400),
    ),
  ],
  'backup-notifies': [refusal('a silent vault', 'Vault', (d) => d.unset(VAULT, 'Notifications'))],
  'backup-plan': [
    refusal('a weekly plan', 'Plan', (d) =>
      d.set(PLAN, 'BackupPlan.BackupPlanRule.0.ScheduleExpression', 'cron(0 5 ? * SUN *)'),
    ),
    refusal('a database in no plan', 'Database', (d) => d.remove('AWS::Backup::BackupSelection')),
  ],
  'backup-vault': [
    refusal('no lock', 'Vault', (d) => d.unset(VAULT, 'LockConfiguration')),
    refusal('recovery points that may be deleted', 'Vault', (d) => d.unset(VAULT, 'AccessPolicy')),
  ],
  'restore-testing': [
    refusal('restores that nobody rehearses', '', (d) => d.remove('AWS::Backup::RestoreTestingPlan')),
  ],
};
