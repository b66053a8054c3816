import type { ReviewedTypes } from '../reviewed-types.ts';

export const observability: ReviewedTypes = {
  'AWS::CloudWatch::Alarm': `
    ActionsEnabled
    AlarmActions
    AlarmDescription
    AlarmName
    ComparisonOperator
    DatapointsToAlarm
    Dimensions.*.Name Dimensions.*.Value
    EvaluationPeriods
    ExtendedStatistic
    MetricName
    Metrics.*.Expression Metrics.*.Id Metrics.*.Label Metrics.*.MetricStat.Metric.Dimensions.*.Name
    Metrics.*.MetricStat.Metric.Dimensions.*.Value Metrics.*.MetricStat.Metric.MetricName
    Metrics.*.MetricStat.Metric.Namespace Metrics.*.MetricStat.Period Metrics.*.MetricStat.Stat Metrics.*.Period
    Metrics.*.ReturnData
    Namespace
    OKActions
    Period
    Statistic
    Threshold
    TreatMissingData
  `,
  'AWS::CloudWatch::Dashboard': `
    DashboardBody
    DashboardName
  `,
  'AWS::Logs::LogGroup': `
    DataProtectionPolicy.**
    DeletionProtectionEnabled
    KmsKeyId
    LogGroupName
    RetentionInDays
  `,
  'AWS::Logs::MetricFilter': `
    FilterName
    FilterPattern
    LogGroupName
    MetricTransformations.*.DefaultValue MetricTransformations.*.MetricName MetricTransformations.*.MetricNamespace
    MetricTransformations.*.MetricValue
  `,
  'AWS::Logs::QueryDefinition': `
    LogGroupNames
    Name
    QueryString
  `,
  'AWS::Logs::ResourcePolicy': `
    PolicyDocument
    PolicyName
  `,
  'AWS::SNS::Subscription': `
    Endpoint
    Protocol
    TopicArn
  `,
  'AWS::SNS::Topic': `
    KmsMasterKeyId
  `,
  'AWS::SNS::TopicPolicy': `
    PolicyDocument.**
    Topics
  `,
};
