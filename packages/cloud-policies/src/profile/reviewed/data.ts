import type { ReviewedTypes } from '../reviewed-types.ts';

export const data: ReviewedTypes = {
  'AWS::Backup::BackupPlan': `
    BackupPlan.BackupPlanName BackupPlan.BackupPlanRule.*.CompletionWindowMinutes
    BackupPlan.BackupPlanRule.*.CopyActions.*.DestinationBackupVaultArn
    BackupPlan.BackupPlanRule.*.CopyActions.*.Lifecycle.DeleteAfterDays
    BackupPlan.BackupPlanRule.*.Lifecycle.DeleteAfterDays BackupPlan.BackupPlanRule.*.RuleName
    BackupPlan.BackupPlanRule.*.ScheduleExpression BackupPlan.BackupPlanRule.*.ScheduleExpressionTimezone
    BackupPlan.BackupPlanRule.*.StartWindowMinutes BackupPlan.BackupPlanRule.*.TargetBackupVault
  `,
  'AWS::Backup::BackupSelection': `
    BackupPlanId
    BackupSelection.IamRoleArn BackupSelection.Resources BackupSelection.SelectionName
  `,
  'AWS::Backup::BackupVault': `
    AccessPolicy.**
    BackupVaultName
    EncryptionKeyArn
    LockConfiguration.ChangeableForDays LockConfiguration.MaxRetentionDays LockConfiguration.MinRetentionDays
    Notifications.BackupVaultEvents Notifications.SNSTopicArn
  `,
  'AWS::Backup::RestoreTestingPlan': `
    RecoveryPointSelection.Algorithm RecoveryPointSelection.IncludeVaults RecoveryPointSelection.RecoveryPointTypes
    RecoveryPointSelection.SelectionWindowDays
    RestoreTestingPlanName
    ScheduleExpression
    ScheduleExpressionTimezone
    StartWindowHours
  `,
  'AWS::Backup::RestoreTestingSelection': `
    IamRoleArn
    ProtectedResourceArns
    ProtectedResourceType
    RestoreMetadataOverrides.dbSubnetGroupName RestoreMetadataOverrides.vpcSecurityGroupIds
    RestoreTestingPlanName
    RestoreTestingSelectionName
    ValidationWindowHours
  `,
  'AWS::KMS::Alias': `
    AliasName
    TargetKeyId
  `,
  'AWS::KMS::Key': `
    Description
    EnableKeyRotation
    Enabled
    KeyPolicy.**
    KeySpec
    KeyUsage
    MultiRegion
    PendingWindowInDays
    RotationPeriodInDays
  `,
  'AWS::KMS::ReplicaKey': `
    Description
    KeyPolicy.**
    PendingWindowInDays
    PrimaryKeyArn
  `,
  'AWS::RDS::DBCluster': `
    BackupRetentionPeriod
    CopyTagsToSnapshot
    DBClusterIdentifier
    DBClusterParameterGroupName
    DBSubnetGroupName
    DatabaseName
    DeleteAutomatedBackups
    DeletionProtection
    EnableCloudwatchLogsExports
    EnableIAMDatabaseAuthentication
    Engine
    EngineVersion
    KmsKeyId
    ManageMasterUserPassword
    MasterUserSecret.KmsKeyId
    MasterUsername
    PerformanceInsightsEnabled
    PerformanceInsightsKmsKeyId
    PerformanceInsightsRetentionPeriod
    Port
    PreferredBackupWindow
    PreferredMaintenanceWindow
    ServerlessV2ScalingConfiguration.MaxCapacity ServerlessV2ScalingConfiguration.MinCapacity
    ServerlessV2ScalingConfiguration.SecondsUntilAutoPause
    StorageEncrypted
    VpcSecurityGroupIds
  `,
  'AWS::RDS::DBClusterParameterGroup': `
    Description
    Family
    Parameters.**
  `,
  'AWS::RDS::DBInstance': `
    AutoMinorVersionUpgrade
    DBClusterIdentifier
    DBInstanceClass
    EnablePerformanceInsights
    Engine
    MonitoringInterval
    MonitoringRoleArn
    PerformanceInsightsKMSKeyId
    PerformanceInsightsRetentionPeriod
    PromotionTier
    PubliclyAccessible
  `,
  'AWS::RDS::DBSubnetGroup': `
    DBSubnetGroupDescription
    SubnetIds
  `,
  'AWS::S3::Bucket': `
    BucketEncryption.ServerSideEncryptionConfiguration.*.BucketKeyEnabled
    BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.KMSMasterKeyID
    BucketEncryption.ServerSideEncryptionConfiguration.*.ServerSideEncryptionByDefault.SSEAlgorithm
    LifecycleConfiguration.Rules.*.AbortIncompleteMultipartUpload.DaysAfterInitiation
    LifecycleConfiguration.Rules.*.ExpirationInDays LifecycleConfiguration.Rules.*.Id
    LifecycleConfiguration.Rules.*.NoncurrentVersionExpiration.NoncurrentDays LifecycleConfiguration.Rules.*.Status
    LifecycleConfiguration.Rules.*.Transitions.*.StorageClass
    LifecycleConfiguration.Rules.*.Transitions.*.TransitionInDays
    LoggingConfiguration.DestinationBucketName LoggingConfiguration.LogFilePrefix
    ObjectLockConfiguration.ObjectLockEnabled ObjectLockConfiguration.Rule.DefaultRetention.Days
    ObjectLockConfiguration.Rule.DefaultRetention.Mode
    ObjectLockEnabled
    OwnershipControls.Rules.*.ObjectOwnership
    PublicAccessBlockConfiguration.BlockPublicAcls PublicAccessBlockConfiguration.BlockPublicPolicy
    PublicAccessBlockConfiguration.IgnorePublicAcls PublicAccessBlockConfiguration.RestrictPublicBuckets
    Tags.*.Key Tags.*.Value
    VersioningConfiguration.Status
  `,
  'AWS::S3::BucketPolicy': `
    Bucket
    PolicyDocument.**
  `,
};
