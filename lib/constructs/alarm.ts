import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
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
