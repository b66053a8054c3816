import { absent, changed, mutation, removed, removedAll } from '../draft.ts';

const GROUP = 'AWS::Logs::LogGroup';
const FILTER = 'AWS::Logs::MetricFilter';
const ALARM = 'AWS::CloudWatch::Alarm';
const TRAIL = 'AWS::CloudTrail::Trail';
const TOPIC = 'AWS::SNS::Topic';
const DETECTOR = 'AWS::GuardDuty::Detector';
const RECORDER = 'AWS::Config::ConfigurationRecorder';
const RULE = 'AWS::Events::Rule';
const sourceAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const ROOT = /^Trailrootuse[0-9A-F]/;

/** Faults of logs and trail. */
export const logs = [
  absent('log group not encrypted', 'log-group-encrypted', GROUP, 'KmsKeyId', /^ServiceLogs/),
  mutation('log group under a key of another account', 'log-group-encrypted', (d) =>
    d.set(GROUP, 'KmsKeyId', 'arn:aws:kms:us-east-1:999999999999:key/x', /^ServiceLogs/),
  ),
  mutation("log retention dropped (kept forever, by nobody's choice)", 'log-group-retention', (d) =>
    d.unset(GROUP, 'RetentionInDays', /^ServiceLogs/),
  ),
  mutation('log retention of 42 days, which AWS does not know', 'log-group-retention', (d) =>
    d.set(GROUP, 'RetentionInDays', 42, /^ServiceLogs/),
  ),
  changed('service log kept for a day', 'log-group-retention', GROUP, 'RetentionInDays', 1, /^ServiceLogs/),
  changed('audit log kept for two years', 'log-group-retention', GROUP, 'RetentionInDays', 731, /^AuditEvents/),
  changed('trail log kept for two years', 'log-group-retention', GROUP, 'RetentionInDays', 731, /^TrailEvents/),
  changed('audit log deleted with its stack', 'retained', GROUP, '/DeletionPolicy', 'Delete', /^AuditEvents/),
  mutation('audit log masked', 'log-group-masked', (d) =>
    d.set(GROUP, 'DataProtectionPolicy', { Name: 'x', Version: '2021-06-01', Statement: [] }, /^AuditEvents/),
  ),
  absent('service log not masked', 'log-group-masked', GROUP, 'DataProtectionPolicy', /^ServiceLogs/),
  mutation('service log audited, not masked', 'log-group-masked', (d) =>
    d.unset(GROUP, 'DataProtectionPolicy.Statement.1', /^ServiceLogs/),
  ),
  changed('infrequent-access class', 'reviewed-property', GROUP, 'LogGroupClass', 'INFREQUENT_ACCESS', /^ServiceLogs/),
  mutation('anyone may write logs', 'iam-service-tied', (d) =>
    d.set(
      'AWS::Logs::ResourcePolicy',
      'PolicyDocument',
      JSON.stringify({
        Statement: [{ Effect: 'Allow', Principal: { Service: 'es.amazonaws.com' }, Action: 'logs:*', Resource: '*' }],
      }),
    ),
  ),
  changed('trail stopped', 'trail', TRAIL, 'IsLogging', false),
  changed('trail of one region', 'trail', TRAIL, 'IsMultiRegionTrail', false),
  changed('trail without file validation', 'trail', TRAIL, 'EnableLogFileValidation', false),
  changed('trail without global services', 'trail', TRAIL, 'IncludeGlobalServiceEvents', false),
  absent('trail not encrypted', 'trail', TRAIL, 'KMSKeyId'),
  changed('trail to a foreign bucket', 'trail', TRAIL, 'S3BucketName', 'somebody-elses-bucket'),
  absent('trail without log group', 'trail', TRAIL, 'CloudWatchLogsLogGroupArn'),
  mutation('trail of data events alone', 'trail', (d) =>
    d.set(TRAIL, 'AdvancedEventSelectors', [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }]),
  ),
  mutation('trail of writes alone', 'trail', (d) =>
    d.push(TRAIL, 'AdvancedEventSelectors.0.FieldSelectors', { Field: 'readOnly', Equals: ['false'] }),
  ),
  removed('trail removed', 'trail', TRAIL),
  changed('GuardDuty off', 'guardduty', DETECTOR, 'Enable', false),
  changed('a feature of GuardDuty off', 'guardduty', DETECTOR, 'Features.0.Status', 'DISABLED'),
  removed('GuardDuty removed', 'guardduty', DETECTOR),
  changed('Config records some types', 'config-recorder', RECORDER, 'RecordingGroup.AllSupported', false),
  removed('Config delivers nothing', 'config-recorder', 'AWS::Config::DeliveryChannel'),
];

/** Faults of alarms. */
export const alarms = [
  mutation('alarm that cannot fire (average of ones over one)', 'alarm-can-fire', (d) => {
    d.set(ALARM, 'Statistic', 'Average', ROOT);
    d.set(ALARM, 'Threshold', 1, ROOT);
    d.set(ALARM, 'ComparisonOperator', 'GreaterThanThreshold', ROOT);
  }),
  changed('CPU over 100 %', 'alarm-can-fire', ALARM, 'Threshold', 101, /^ServiceCpu/),
  changed('alarm that is always on', 'alarm-can-fire', ALARM, 'Threshold', 0, /^ServiceCpu/),
  mutation('comparison turned round', 'alarm-can-fire', (d) => {
    d.set(ALARM, 'ComparisonOperator', 'LessThanThreshold', ROOT);
    d.set(ALARM, 'Threshold', 0, ROOT);
  }),
  changed('threshold as a word', 'alarm-can-fire', ALARM, 'Threshold', 'high', /^ServiceCpu/),
  changed('more datapoints than periods', 'alarm-can-fire', ALARM, 'DatapointsToAlarm', 99, /^ServiceCpu/),
  mutation('fires after a day', 'alarm-can-fire', (d) => {
    d.set(ALARM, 'EvaluationPeriods', 60, /^ServiceCpu/);
    d.set(ALARM, 'DatapointsToAlarm', 60, /^ServiceCpu/);
    d.set(ALARM, 'Period', 1440, /^ServiceCpu/);
  }),
  mutation('alarm on a metric that nobody publishes', 'alarm-metric-exists', (d) =>
    d.set(ALARM, 'MetricName', 'CPUUtilisation', /^ServiceCpu/),
  ),
  changed('alarm on another namespace', 'alarm-metric-exists', ALARM, 'Namespace', 'AWS/EC2', /^ServiceCpu/),
  mutation('alarm on a cluster that is not here', 'alarm-metric-exists', (d) =>
    d.set(ALARM, 'Dimensions.0.Value', 'elsewhere', /^ServiceFewTasks/),
  ),
  changed('alarm without dimensions', 'alarm-metric-exists', ALARM, 'Dimensions', [], /^ServiceCpu/),
  changed('average of a count', 'alarm-metric-exists', ALARM, 'Statistic', 'Average', /^ServiceEdgeErrors/),
  changed('own metric misspelt', 'alarm-metric-exists', ALARM, 'MetricName', 'AuditPublisherLag', /^ServiceAuditLag/),
  mutation('filter publishes another metric than the alarm reads', 'alarm-metric-exists', (d) =>
    d.set(FILTER, 'MetricTransformations.0.MetricName', 'Other', /^Trailrootuse/),
  ),
  mutation('deployment alarms that count errors alone', 'service-deployment', (d) =>
    d.unset('AWS::ECS::Service', 'DeploymentConfiguration.Alarms.AlarmNames.2'),
  ),
  mutation('rolling deployment with a bake time, which ECS computes', 'service-deployment', (d) => {
    d.set('AWS::ECS::Service', 'DeploymentConfiguration.Strategy', 'ROLLING');
    d.unset('AWS::ECS::Service', 'LoadBalancers.0.AdvancedConfiguration');
  }),
  mutation('deployment alarm on one target group', 'service-deployment', (d) =>
    d.push(
      ALARM,
      'Dimensions',
      { Name: 'TargetGroup', Value: { Ref: d.logicalId('AWS::ElasticLoadBalancingV2::TargetGroup') } },
      /^DeploymentAlarmsTargetErrors/,
    ),
  ),
  absent('alarm that notifies nobody', 'alarm-notifies', ALARM, 'AlarmActions', /^ServiceCpu/),
  changed('alarm switched off', 'alarm-notifies', ALARM, 'ActionsEnabled', false, /^ServiceCpu/),
  mutation('alarm that notifies a foreign topic', 'alarm-notifies', (d) =>
    d.set(ALARM, 'AlarmActions', ['arn:aws:sns:us-east-1:999999999999:x'], /^ServiceCpu/),
  ),
  removedAll('nobody subscribes to the topic', 'alarm-notifies', 'AWS::SNS::Subscription'),
  absent('silence not decided', 'alarm-missing-data', ALARM, 'TreatMissingData', /^ServiceCpu/),
  mutation('silence of the canary is fine', 'alarm-missing-data', (d) =>
    d.set(ALARM, 'TreatMissingData', 'notBreaching', /^CanaryDown/),
  ),
  mutation('silence of the audit publisher is fine', 'alarm-missing-data', (d) =>
    d.set(ALARM, 'TreatMissingData', 'notBreaching', /^ServiceAuditLag/),
  ),
  ...[
    ['5xx of the balancer', /EdgeErrors/],
    ['unhealthy targets', /Unhealthy/],
    ['the WAF', /WafBlocks/],
    ['memory', /ServiceMemory/],
    ['audit lag', /ServiceAuditLag/],
    ['sinks that refuse the audit trail', /ServiceAuditSinkFailures/],
    ['an audit trail that is not sealed', /ServiceAuditSealRefusals/],
    ['broken audit chains', /ServiceAuditBrokenChains/],
    ['missing partitions', /ServicePartitionsAhead/],
    ['connections', /DatabaseConnections/],
    ['root login', ROOT],
    ['the canary', /CanaryDown/],
  ].map(([what, which]) => removedAll(`alarm on ${what} removed`, 'alarms-complete', ALARM, which as RegExp)),
  mutation('filter on root login looks for something else', 'alarms-complete', (d) =>
    d.set(FILTER, 'FilterPattern', '{ $.eventName = "x" }', /^Trailrootuse/),
  ),
  changed('filter counts nothing', 'metric-filter', FILTER, 'MetricTransformations.0.MetricValue', '0'),
  absent('filter without default', 'metric-filter', FILTER, 'MetricTransformations.0.DefaultValue'),
  changed('filter without pattern', 'metric-filter', FILTER, 'FilterPattern', ''),
  changed('filter on a log group that is not the trail', 'metric-filter', FILTER, 'LogGroupName', '/nothing'),
  absent('topic not encrypted', 'sns-topic', TOPIC, 'KmsMasterKeyId'),
  mutation('topic under alias/aws/sns, which CloudWatch cannot use', 'sns-topic', (d) =>
    d.set(TOPIC, 'KmsMasterKeyId', 'alias/aws/sns'),
  ),
  mutation('topic takes plain HTTP', 'sns-topic', (d) => {
    d.statement('AWS::SNS::TopicPolicy', 'PolicyDocument', /SecureTransport/).Condition = {
      Bool: { 'aws:SecureTransport': 'true' },
    };
  }),
  mutation('anyone may publish', 'iam-no-public-principal', (d) =>
    d.push('AWS::SNS::TopicPolicy', 'PolicyDocument.Statement', {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sns:Publish',
      Resource: '*',
    }),
  ),
  changed('alarm by text message', 'sns-topic', 'AWS::SNS::Subscription', 'Protocol', 'sms'),
  changed('event rule switched off', 'event-rule', RULE, 'State', 'DISABLED'),
  changed('event rule without target', 'event-rule', RULE, 'Targets', []),
  removedAll('deliveries of an event rule that no alarm counts', 'event-rule', ALARM, /^EventsThreatsDelivery/),
  mutation('topic policy ties EventBridge to the account', 'iam-condition-sent', (d) => {
    d.statement('AWS::SNS::TopicPolicy', 'PolicyDocument', /EventBridge/).Condition = sourceAccount;
  }),
  mutation('key of the topic ties EventBridge to the account', 'iam-condition-sent', (d) => {
    d.statement('AWS::KMS::Key', 'KeyPolicy', /EventBridge/, /^KeysTopics/).Condition = sourceAccount;
  }),
  mutation('key of the topic does not admit EventBridge', 'kms-service-grant', (d) => {
    d.statement('AWS::KMS::Key', 'KeyPolicy', /EventBridge/, /^KeysTopics/).Principal = {
      Service: 'backup.amazonaws.com',
    };
  }),
  mutation('log policy ties EventBridge to the account', 'iam-condition-sent', (d) =>
    d.set(
      'AWS::Logs::ResourcePolicy',
      'PolicyDocument',
      JSON.stringify({
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'logs:PutLogEvents',
            Resource: 'arn:aws:logs:us-east-1:111122223333:log-group:x:*',
            Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
          },
        ],
      }),
    ),
  ),
  mutation('canary without User-Agent', 'canary', (d) => {
    const { Code } = d.resource('AWS::Synthetics::Canary').Properties as { Code: { Script: string } };
    Code.Script = Code.Script.replace(/user-agent/, 'x-agent');
  }),
  mutation('event rule that notifies a stranger', 'event-rule', (d) =>
    d.set(RULE, 'Targets.0.Arn', 'arn:aws:sns:us-east-1:999999999999:x'),
  ),
];
