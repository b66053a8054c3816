import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmProps {
  /** What happened and what to do; the runbook's name. */
  readonly description: string;

  /** Name without the stage. */
  readonly name: string;

  /** With its statistic and period. */
  readonly metric: cloudwatch.IMetric;

  readonly threshold: number;

  /** @default GREATER_THAN_OR_EQUAL_TO_THRESHOLD */
  readonly comparison?: cloudwatch.ComparisonOperator;

  /** Datapoints that must breach, of how many: [2, 3]. */
  readonly datapoints: readonly [breaching: number, of: number];

  /** What silence means: most metrics are silent when nothing happens, a heartbeat is not. */
  readonly silence: 'fine' | 'breaching';

  readonly topic: sns.ITopic;
}

/** An alarm that notifies the topic when it fires and when it clears. */
export class NotifyingAlarm extends cloudwatch.Alarm {
  constructor(scope: Construct, id: string, props: AlarmProps) {
    const [breaching, of] = props.datapoints;
    super(scope, id, {
      alarmName: props.name,
      alarmDescription: props.description,
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: props.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: breaching,
      treatMissingData:
        props.silence === 'fine' ? cloudwatch.TreatMissingData.NOT_BREACHING : cloudwatch.TreatMissingData.BREACHING,
    });
    const notify = new SnsAction(props.topic);
    this.addAlarmAction(notify);
    this.addOkAction(notify);
  }
}
