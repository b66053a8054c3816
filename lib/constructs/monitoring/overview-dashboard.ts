import { contract } from '@healthcare-ai/contract';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import type { EdgeLoadBalancer } from '../service/edge-load-balancer.ts';

export interface OverviewDashboardProps {
  readonly names: Names;
  readonly stage: string;
  readonly edge: EdgeLoadBalancer;
  readonly service: ecs.FargateService;
  readonly clusterIdentifier: string;

  /** Shown as one light each. */
  readonly alarms: readonly cloudwatch.IAlarm[];
}

/** One page for the person on call: availability, latency, capacity, and the state of the trail. */
export class OverviewDashboard extends Construct {
  constructor(scope: Construct, id: string, props: OverviewDashboardProps) {
    super(scope, id);
    const { names, edge, service } = props;
    const minute = { period: Duration.minutes(1) };
    const alb = edge.loadBalancer.metrics;
    const own = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({
        namespace: contract.metrics.namespace,
        metricName,
        dimensionsMap: { Service: names.metricService, Stage: props.stage },
        statistic,
        ...minute,
      });
    const database = (metricName: string, statistic: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/RDS',
        metricName,
        dimensionsMap: { DBClusterIdentifier: props.clusterIdentifier },
        statistic,
        ...minute,
      });
    const graph = (title: string, ...left: cloudwatch.IMetric[]) =>
      new cloudwatch.GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });

    new cloudwatch.Dashboard(this, 'Resource', {
      dashboardName: names.dashboard,
      defaultInterval: Duration.hours(3),
      widgets: [
        [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: 24, height: 4 })],
        [
          graph('Requests', alb.requestCount({ ...minute, statistic: 'Sum' })),
          graph(
            'Answer times (s)',
            alb.custom('TargetResponseTime', { ...minute, statistic: 'p50' }),
            alb.custom('TargetResponseTime', { ...minute, statistic: 'p99' }),
          ),
          graph(
            'Errors',
            alb.custom('HTTPCode_Target_5XX_Count', { ...minute, statistic: 'Sum' }),
            alb.custom('HTTPCode_ELB_5XX_Count', { ...minute, statistic: 'Sum' }),
            alb.custom('HTTPCode_Target_4XX_Count', { ...minute, statistic: 'Sum' }),
          ),
        ],
        [
          graph('Notes acknowledged', own('NotesAcknowledged', 'Sum'), own('IngestFailures', 'Sum')),
          graph('Audit publisher lag (s)', own('AuditPublisherLagSeconds', 'Maximum')),
          graph('Refused credentials', own('AuthenticationFailures', 'Sum')),
        ],
        [
          graph(
            'Tasks, CPU and memory (%)',
            service.metricCpuUtilization(minute),
            service.metricMemoryUtilization(minute),
          ),
          graph('Database (%)', database('CPUUtilization', 'Average'), database('ACUUtilization', 'Maximum')),
          graph('Database connections', database('DatabaseConnections', 'Maximum')),
        ],
      ],
    });
  }
}
