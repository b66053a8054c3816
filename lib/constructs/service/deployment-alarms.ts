import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { NotifyingAlarm } from '../alarm.ts';

export interface DeploymentAlarmsProps {
  readonly names: Names;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly topic: sns.ITopic;

  /** 5xx answers in a minute. */
  readonly serverErrors: number;

  /** Seconds at p99. */
  readonly latencyP99Seconds: number;
}

/**
 * Alarms that roll a deployment back. They look at the whole load balancer: a canary deployment flips the traffic
 * between two target groups, so an alarm on one of them would be blind half of the time.
 */
export class DeploymentAlarms extends Construct {
  readonly alarms: readonly cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: DeploymentAlarmsProps) {
    super(scope, id);
    const { metrics } = props.loadBalancer;
    const minute = { period: Duration.minutes(1) };
    this.alarms = [
      new NotifyingAlarm(this, 'TargetErrors', {
        name: `${props.names.base}-target-5xx`,
        description: 'The service answers with 5xx. Runbook: stuck deploy, rollback.',
        metric: metrics.custom('HTTPCode_Target_5XX_Count', { statistic: 'Sum', ...minute }),
        threshold: props.serverErrors,
        datapoints: [2, 3],
        silence: 'fine',
        topic: props.topic,
      }),
      new NotifyingAlarm(this, 'Latency', {
        name: `${props.names.base}-latency-p99`,
        description: 'One request in a hundred is slow. Runbook: slow answers.',
        metric: metrics.custom('TargetResponseTime', { statistic: 'p99', ...minute }),
        threshold: props.latencyP99Seconds,
        datapoints: [3, 5],
        silence: 'fine',
        topic: props.topic,
      }),
    ];
  }
}
