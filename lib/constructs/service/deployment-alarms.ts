import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { NotifyingAlarm } from '../alarm.ts';

export interface DeploymentAlarmsProps {
  readonly names: Names;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;

  /** Two of a canary deployment, else one. */
  readonly targetGroups: readonly elbv2.ApplicationTargetGroup[];
  readonly topic: sns.ITopic;

  /** 5xx answers in a minute. */
  readonly serverErrors: number;

  /** Seconds at p99. */
  readonly latencyP99Seconds: number;
}

/** Requests in five minutes below which a failure rate means nothing. */
const FEWEST_REQUESTS = 5;

/**
 * Alarms that roll a deployment back. Each looks at the whole load balancer or at every target group: a canary
 * deployment flips the traffic between two groups, so an alarm on one of them would be blind half of the time.
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
        topic: props.topic,
      }),
      new NotifyingAlarm(this, 'Latency', {
        name: `${props.names.base}-latency-p99`,
        description: 'One request in a hundred is slow. Runbook: slow answers.',
        metric: metrics.custom('TargetResponseTime', { statistic: 'p99', ...minute }),
        threshold: props.latencyP99Seconds,
        datapoints: [3, 5],
        topic: props.topic,
      }),
      this.failureRate(props),
    ];
  }

  /**
   * A release that fails every request makes few errors where traffic is low, or where a canary gets a tenth of it. So
   * this alarm compares the share of failed requests in each target group, and takes the worse one.
   */
  private failureRate({ names, loadBalancer, targetGroups, topic }: DeploymentAlarmsProps): NotifyingAlarm {
    const metric = (metricName: string, group: elbv2.ApplicationTargetGroup) =>
      loadBalancer.metrics.custom(metricName, {
        statistic: 'Sum',
        dimensionsMap: {
          LoadBalancer: loadBalancer.loadBalancerFullName,
          TargetGroup: group.targetGroupFullName,
        },
      });
    const parts = targetGroups.map((group, index) => ({
      errors: [`e${index}`, metric('HTTPCode_Target_5XX_Count', group)] as const,
      requests: [`r${index}`, metric('RequestCount', group)] as const,
    }));
    const rates = parts.map(
      ({ errors: [e], requests: [r] }) =>
        `IF(FILL(${r}, 0) >= ${FEWEST_REQUESTS}, 100 * FILL(${e}, 0) / FILL(${r}, 1), 0)`,
    );
    return new NotifyingAlarm(this, 'FailureRate', {
      name: `${names.base}-failure-rate`,
      description: 'Half of the requests to one version of the service fail with 5xx. Runbook: stuck deploy, rollback.',
      metric: new cloudwatch.MathExpression({
        expression: rates.length === 1 ? rates[0]! : `MAX([${rates.join(', ')}])`,
        usingMetrics: Object.fromEntries(parts.flatMap(({ errors, requests }) => [errors, requests])),
        period: Duration.minutes(5),
        label: 'Percent of requests that fail',
      }),
      threshold: 50,
      topic,
    });
  }
}
