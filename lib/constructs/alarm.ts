import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

export interface AlarmProps {
  /** What happened and what to do; the runbook's name. */
  readonly description: string;

  /** Name of the alarm in CloudWatch. */
  readonly name: string;

  /** With its statistic and period. */
  readonly metric: cloudwatch.IMetric;

  readonly threshold: number;

  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: cloudwatch.ComparisonOperator;

  /** Datapoints that must breach, of how many. @default [1, 1] */
  readonly datapoints?: readonly [breaching: number, of: number];

  /**
   * How missing data is treated: `breaching` for a heartbeat. Most metrics have no data when nothing happens.
   *
   * @default 'notBreaching'
   */
  readonly missingData?: 'notBreaching' | 'breaching';

  readonly topic: sns.ITopic;
}

/** A count of EventBridge about one of its rules. */
export const ruleMetric = (
  metricName: 'FailedInvocations' | 'TriggeredRules',
  rule: events.CfnRule,
  period: Duration,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: 'AWS/Events',
    metricName,
    dimensionsMap: { RuleName: rule.ref },
    statistic: 'Sum',
    period,
  });

/** An alarm that notifies the topic when it fires and when it clears. */
export class NotifyingAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    const [breaching, of] = props.datapoints ?? [1, 1];
    super(scope, id, {
      alarmName: props.name,
      alarmDescription: props.description,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: breaching,
      treatMissingData:
        props.missingData === 'breaching'
          ? cloudwatch.TreatMissingData.BREACHING
          : cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const notify = new SnsAction(props.topic);
    this.addAlarmAction(notify);
    this.addOkAction(notify);
  }
}

export interface LineAlarmProps extends Omit<AlarmProps, 'name' | 'metric' | 'threshold'> {
  readonly logGroup: logs.ILogGroup;

  /** Filter pattern of the lines that are counted. */
  readonly pattern: string;

  /** CloudWatch namespace of the count. */
  readonly namespace: string;

  /** Prefix of the alarm's name. */
  readonly prefix: string;

  /** @default 1 */
  readonly threshold?: number;

  /** @default - five minutes */
  readonly period?: Duration;
}

/** Counts the lines of a log group that match a pattern, and alarms on their number: a metric filter and an alarm. */
export function alarmOnLines(scope: Construct, name: string, props: LineAlarmProps): void {
  const { logGroup, pattern, namespace, prefix, threshold = 1, period = Duration.minutes(5), ...alarm } = props;
  new logs.MetricFilter(scope, `${name}-filter`, {
    logGroup,
    filterName: name,
    filterPattern: logs.FilterPattern.literal(pattern),
    metricNamespace: namespace,
    metricName: name,
    metricValue: '1',
    // Without it the metric does not exist until the first match, and missing data looks like a fault.
    defaultValue: 0,
  });
  new NotifyingAlarm(scope, name, {
    ...alarm,
    name: `${prefix}-${name}`,
    // Sum: the average of ones is one, however many there are.
    metric: new cloudwatch.Metric({ namespace, metricName: name, statistic: 'Sum', period }),
    threshold,
  });
}
