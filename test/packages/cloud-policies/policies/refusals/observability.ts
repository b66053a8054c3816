import { type Refusals, refusal } from '../refusal.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
const GROUP = 'AWS::Logs::LogGroup';
const FILTER = 'AWS::Logs::MetricFilter';
const TRAIL = 'AWS::CloudTrail::Trail';

export const observability: Refusals = {
  'alarm-can-fire': [
    refusal('the average of ones over one', 'RootAlarm', (d) => {
      d.set(ALARM, 'Statistic', 'Average', /^RootAlarm$/);
      d.set(ALARM, 'ComparisonOperator', 'GreaterThanThreshold', /^RootAlarm$/);
    }),
    refusal('an alarm that is always on', 'Cpu', (d) => d.set(ALARM, 'Threshold', 0, /^Cpu$/)),
    refusal('an hour and a half of waiting', 'Cpu', (d) => {
      d.set(ALARM, 'Period', 1800, /^Cpu$/);
      d.set(ALARM, 'DatapointsToAlarm', 3, /^Cpu$/);
    }),
    refusal('an expression that names nothing', 'Cpu', (d) => {
      d.resource(ALARM, /^Cpu$/).Properties = {
        Threshold: 1,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanThreshold',
        Metrics: [{ Id: 'e', Expression: 'a / b' }],
      };
    }),
  ],
  'alarm-metric-exists': [
    refusal('a metric that nobody publishes', 'Cpu', (d) => d.set(ALARM, 'MetricName', 'Cpu', /^Cpu$/)),
    refusal('a statistic that means nothing', 'TargetErrors', (d) =>
      d.set(ALARM, 'Statistic', 'Average', /^TargetErrors$/),
    ),
    refusal('a resource of somebody else', 'Cpu', (d) => d.set(ALARM, 'Dimensions.0.Value', 'elsewhere', /^Cpu$/)),
  ],
  'alarm-missing-data': [
    refusal('a heartbeat whose silence is fine', 'Down', (d) =>
      d.set(ALARM, 'TreatMissingData', 'notBreaching', /^Down$/),
    ),
  ],
  'alarm-notifies': [
    refusal('no action', 'Cpu', (d) => d.unset(ALARM, 'AlarmActions', /^Cpu$/)),
    refusal('a topic that nobody reads', 'Topic', (d) => d.remove('AWS::SNS::Subscription')),
  ],
  'alarms-complete': [
    refusal('no alarm on memory', '', (d) => d.remove(ALARM, /^Memory$/)),
    refusal('no alarm on the root user', '', (d) => d.remove(FILTER, /^RootFilter$/)),
  ],
  'audit-log-protected': [
    refusal('an audit log that may be deleted', 'AuditGroup', (d) =>
      d.set(GROUP, 'DeletionProtectionEnabled', false, /^AuditGroup$/),
    ),
  ],
  'log-group-encrypted': [refusal('no key', 'FlowGroup', (d) => d.unset(GROUP, 'KmsKeyId', /^FlowGroup$/))],
  'log-group-masked': [
    refusal('a masked audit log', 'AuditGroup', (d) => d.set(GROUP, 'DataProtectionPolicy', {}, /^AuditGroup$/)),
    refusal('an application log without mask', 'ServiceGroup', (d) =>
      d.unset(GROUP, 'DataProtectionPolicy.Statement.1', /^ServiceGroup$/),
    ),
  ],
  'log-group-retention': [
    refusal('no choice', 'FlowGroup', (d) => d.unset(GROUP, 'RetentionInDays', /^FlowGroup$/)),
    refusal('an audit log of five years', 'AuditGroup', (d) => d.set(GROUP, 'RetentionInDays', 1827, /^AuditGroup$/)),
  ],
  'log-group-standard': [
    refusal('the infrequent-access class', 'FlowGroup', (d) =>
      d.set(GROUP, 'LogGroupClass', 'INFREQUENT_ACCESS', /^FlowGroup$/),
    ),
  ],
  'log-resource-policy': [
    refusal('any account', 'LogDelivery', (d) => {
      const policy = d.resource('AWS::Logs::ResourcePolicy').Properties;
      policy.PolicyDocument = String(policy.PolicyDocument).replace('aws:SourceAccount', 'aws:Other');
    }),
  ],
  'metric-filter': [
    refusal('a filter that counts nothing', 'RootFilter', (d) =>
      d.set(FILTER, 'MetricTransformations.0.MetricValue', '0', /^RootFilter$/),
    ),
  ],
  trail: [
    refusal('a stopped trail', 'Trail', (d) => d.set(TRAIL, 'IsLogging', false)),
    refusal('no trail', '', (d) => d.remove(TRAIL)),
    refusal('management events of reads alone', 'Trail', (d) =>
      d.push(TRAIL, 'AdvancedEventSelectors.0.FieldSelectors', { Field: 'readOnly', Equals: ['true'] }),
    ),
  ],
  'config-recorder': [
    refusal('some types alone', 'Recorder', (d) =>
      d.set('AWS::Config::ConfigurationRecorder', 'RecordingGroup.AllSupported', false),
    ),
  ],
  'event-rule': [
    refusal('a rule that is off', 'Threats', (d) => d.set('AWS::Events::Rule', 'State', 'DISABLED', /^Threats$/)),
  ],
  'events-complete': [refusal('nobody told of threats', '', (d) => d.remove('AWS::Events::Rule', /^Threats$/))],
  guardduty: [
    refusal('a detector that is off', 'Detector', (d) => d.set('AWS::GuardDuty::Detector', 'Enable', false)),
    refusal('no detector', '', (d) => d.remove('AWS::GuardDuty::Detector')),
  ],
  'sns-topic': [
    refusal('the key of AWS', 'Topic', (d) => d.set('AWS::SNS::Topic', 'KmsMasterKeyId', 'alias/aws/sns')),
    refusal('plain HTTP', 'Topic', (d) => d.unset('AWS::SNS::TopicPolicy', 'PolicyDocument.Statement.0')),
  ],
  'topic-publishers': [
    refusal('a topic that CloudWatch cannot publish to', 'Topic', (d) =>
      d.unset('AWS::SNS::TopicPolicy', 'PolicyDocument.Statement.1'),
    ),
  ],
};
