import type { ReviewedTypes } from '../reviewed-types.ts';

export const account: ReviewedTypes = {
  'AWS::Budgets::Budget': `
    Budget.BudgetLimit.Amount Budget.BudgetLimit.Unit Budget.BudgetName Budget.BudgetType Budget.TimeUnit
    NotificationsWithSubscribers.*.Notification.ComparisonOperator
    NotificationsWithSubscribers.*.Notification.NotificationType NotificationsWithSubscribers.*.Notification.Threshold
    NotificationsWithSubscribers.*.Notification.ThresholdType NotificationsWithSubscribers.*.Subscribers.*.Address
    NotificationsWithSubscribers.*.Subscribers.*.SubscriptionType
  `,
  'AWS::CloudTrail::Trail': `
    AdvancedEventSelectors.*.FieldSelectors.*.Equals AdvancedEventSelectors.*.FieldSelectors.*.Field
    AdvancedEventSelectors.*.FieldSelectors.*.StartsWith AdvancedEventSelectors.*.Name
    CloudWatchLogsLogGroupArn
    CloudWatchLogsRoleArn
    EnableLogFileValidation
    IncludeGlobalServiceEvents
    IsLogging
    IsMultiRegionTrail
    KMSKeyId
    S3BucketName
    S3KeyPrefix
    TrailName
  `,
  'AWS::Config::ConfigRule': `
    ConfigRuleName
    Source.Owner Source.SourceIdentifier
  `,
  'AWS::Config::ConfigurationRecorder': `
    Name
    RecordingGroup.AllSupported RecordingGroup.IncludeGlobalResourceTypes
    RoleARN
  `,
  'AWS::Config::DeliveryChannel': `
    ConfigSnapshotDeliveryProperties.DeliveryFrequency
    Name
    S3BucketName
    S3KeyPrefix
  `,
  'AWS::GuardDuty::Detector': `
    Enable
    Features.*.Name Features.*.Status
    FindingPublishingFrequency
  `,
  'AWS::IAM::ManagedPolicy': `
    Description
    Path
    PolicyDocument.**
    Roles
  `,
  'AWS::IAM::OIDCProvider': `
    ClientIdList
    Url
  `,
  'AWS::IAM::Role': `
    AssumeRolePolicyDocument.**
    Description
    ManagedPolicyArns
    MaxSessionDuration
    PermissionsBoundary
    RoleName
  `,
  'AWS::IAM::ServiceLinkedRole': `
    AWSServiceName
  `,
  'AWS::SSM::Association': `
    AssociationName
    AutomationTargetParameterName
    ComplianceSeverity
    Name
    Parameters.AutomationAssumeRole
    ScheduleExpression
    Targets.*.Key Targets.*.Values
  `,
  'AWS::CDK::Metadata': `
    Analytics
  `,
};
