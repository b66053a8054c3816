import { absent, atLeast, has, is, matches, present, refersTo } from '../template/expectation.ts';
import { every, those } from '../template/selection.ts';

/** Selections that several clauses rest on: one place, so that they cannot say different things of one resource. */

const serviceTask = ['Family', matches(/-service$/)] as const;

/** A variable of the service's container, as the task definition gives it. */
export const serviceVariable = (name: string, value: string) =>
  those(
    'AWS::ECS::TaskDefinition',
    serviceTask,
    'ContainerDefinitions',
    has({ Environment: [{ Name: name, Value: value }] }),
  );

/** A variable of the service's container, whatever its value. */
export const serviceVariablePresent = (name: string) =>
  those('AWS::ECS::TaskDefinition', serviceTask, 'ContainerDefinitions', has({ Environment: [{ Name: name }] }));

export const customerKeysRotate = those('AWS::KMS::Key', ['KeySpec', absent], 'EnableKeyRotation', is(true));

export const databaseEncrypted = every('AWS::RDS::DBCluster', 'StorageEncrypted', is(true));
export const databaseKey = every('AWS::RDS::DBCluster', 'KmsKeyId', refersTo('AWS::KMS::Key'));
export const databaseIamLogin = every('AWS::RDS::DBCluster', 'EnableIAMDatabaseAuthentication', is(true));
export const databaseManagedSecret = every('AWS::RDS::DBCluster', 'ManageMasterUserPassword', is(true));
export const databaseProtected = every('AWS::RDS::DBCluster', 'DeletionProtection', is(true));
export const databaseForcesTls = every(
  'AWS::RDS::DBClusterParameterGroup',
  'Parameters',
  has({ 'rds.force_ssl': '1' }),
);

export const logGroupsEncrypted = every('AWS::Logs::LogGroup', 'KmsKeyId', refersTo('AWS::KMS::Key'));
export const logGroupsKept = every('AWS::Logs::LogGroup', 'RetentionInDays', present);

const auditGroup = ['LogGroupName', matches(/\/audit$/)] as const;
export const auditLogSixYears = those('AWS::Logs::LogGroup', auditGroup, 'RetentionInDays', atLeast(2191, 'days'), {
  productionOnly: true,
});
export const auditLogProtected = those('AWS::Logs::LogGroup', auditGroup, 'DeletionProtectionEnabled', is(true));

const lockedBucket = ['ObjectLockEnabled', is(true)] as const;
export const auditBucketLocked = those(
  'AWS::S3::Bucket',
  lockedBucket,
  'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
  matches(/^(COMPLIANCE|GOVERNANCE)$/),
);
export const auditBucketCompliance = those(
  'AWS::S3::Bucket',
  lockedBucket,
  'ObjectLockConfiguration.Rule.DefaultRetention.Mode',
  is('COMPLIANCE'),
  {
    productionOnly: true,
  },
);
export const auditBucketSixYears = those(
  'AWS::S3::Bucket',
  lockedBucket,
  'ObjectLockConfiguration.Rule.DefaultRetention.Days',
  atLeast(2191, 'days'),
  {
    productionOnly: true,
  },
);

export const bucketsPrivate = every(
  'AWS::S3::Bucket',
  'PublicAccessBlockConfiguration',
  has({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }),
);

export const trailLogging = every('AWS::CloudTrail::Trail', 'IsLogging', is(true));
export const trailEveryRegion = every('AWS::CloudTrail::Trail', 'IsMultiRegionTrail', is(true));
export const trailValidated = every('AWS::CloudTrail::Trail', 'EnableLogFileValidation', is(true));

const httpsListener = ['Port', is(443)] as const;
export const edgeTls = those(
  'AWS::ElasticLoadBalancingV2::Listener',
  httpsListener,
  'SslPolicy',
  matches(/^ELBSecurityPolicy-TLS13-1-[23](-Res)?-PQ-/),
);
export const edgeRedirects = those(
  'AWS::ElasticLoadBalancingV2::Listener',
  ['Port', is(80)],
  'DefaultActions.0.RedirectConfig.Protocol',
  is('HTTPS'),
);
export const targetsTls = every('AWS::ElasticLoadBalancingV2::TargetGroup', 'Protocol', is('HTTPS'));
export const healthPath = every('AWS::ElasticLoadBalancingV2::TargetGroup', 'HealthCheckPath', is('/health'));

export const edgeAttribute = (key: string, value: string) =>
  every('AWS::ElasticLoadBalancingV2::LoadBalancer', 'LoadBalancerAttributes', has({ Key: key, Value: value }));

export const alarmNotifies = (name: string) =>
  those(
    'AWS::CloudWatch::Alarm',
    ['AlarmName', matches(new RegExp(`-${name}$`))],
    'AlarmActions',
    refersTo('AWS::SNS::Topic'),
  );

export const savedQuery = (name: string) =>
  those('AWS::Logs::QueryDefinition', ['Name', matches(new RegExp(`/${name}$`))], 'QueryString', present);

export const threatsDetected = every('AWS::GuardDuty::Detector', 'Enable', is(true));
export const configurationRecorded = every(
  'AWS::Config::ConfigurationRecorder',
  'RecordingGroup.AllSupported',
  is(true),
);
export const imagesScanned = every('AWS::ECR::Repository', 'ImageScanningConfiguration.ScanOnPush', is(true));
export const imagesImmutable = every('AWS::ECR::Repository', 'ImageTagMutability', is('IMMUTABLE'));

const hardened = 'AWS::ECS::TaskDefinition';
export const rootReadOnly = every(hardened, 'ContainerDefinitions.0.ReadonlyRootFilesystem', is(true));
export const capabilitiesDropped = every(
  hardened,
  'ContainerDefinitions.0.LinuxParameters.Capabilities.Drop',
  has('ALL'),
);

export const backedUpDaily = every('AWS::Backup::BackupPlan', 'BackupPlan.BackupPlanRule', has({ RuleName: 'daily' }));
export const backupsCopied = every('AWS::Backup::BackupPlan', 'BackupPlan.BackupPlanRule.0.CopyActions', has({}), {
  productionOnly: true,
});
export const vaultsLocked = every('AWS::Backup::BackupVault', 'LockConfiguration.MinRetentionDays', atLeast(1, 'day'));
export const restoresTested = every('AWS::Backup::RestoreTestingPlan', 'ScheduleExpression', matches(/^cron\(/));
