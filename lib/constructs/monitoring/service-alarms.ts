import { contract } from '@healthcare-ai/contract';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { type AlarmProps, NotifyingAlarm } from '../alarm.ts';
import type { EdgeLoadBalancer } from '../service/edge-load-balancer.ts';

export interface ServiceAlarmsProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly edge: EdgeLoadBalancer;
  readonly service: ecs.FargateService;

  /** Name of the web ACL. */
  readonly firewallName: string;
  readonly topic: sns.ITopic;
}

/** What the load balancer, ECS, the WAF and the service itself report. (p99 and target 5xx: deployment alarms.) */
export class ServiceAlarms extends Construct {
  private readonly props: ServiceAlarmsProps;

  constructor(scope: Construct, id: string, props: ServiceAlarmsProps) {
    super(scope, id);
    this.props = props;
    this.loadBalancer();
    this.tasks();
    this.application();
    this.auditTrail();
  }

  private alarm(id: string, name: string, rest: Omit<AlarmProps, 'name' | 'topic'>) {
    const { names, topic } = this.props;
    return new NotifyingAlarm(this, id, { name: `${names.base}-${name}`, topic, ...rest });
  }

  private loadBalancer(): void {
    const { edge, config, firewallName } = this.props;
    this.alarm('EdgeErrors', 'edge-5xx', {
      description:
        'The load balancer itself answers with 5xx: no healthy task, or TLS to it fails. Runbook: stuck deploy.',
      metric: edge.loadBalancer.metrics.custom('HTTPCode_ELB_5XX_Count', {
        statistic: 'Sum',
        period: Duration.minutes(1),
      }),
      threshold: config.alarms.serverErrors,
      datapoints: [2, 3],
    });
    for (const [index, group] of edge.targetGroups.entries()) {
      const name = index === 0 ? 'blue' : 'green';
      this.alarm(`Unhealthy-${name}`, `unhealthy-hosts-${name}`, {
        description: 'A task does not answer its health check. Runbook: stuck deploy.',
        metric: group.metrics.unhealthyHostCount({ statistic: 'Maximum', period: Duration.minutes(1) }),
        threshold: 1,
        datapoints: [3, 5],
      });
    }
    this.alarm('WafBlocks', 'waf-blocks', {
      description: 'The WAF blocks many requests: an attack, or a false positive. Runbook: blocked client.',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/WAFV2',
        metricName: 'BlockedRequests',
        dimensionsMap: { WebACL: firewallName, Region: Stack.of(this).region, Rule: 'ALL' },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: config.alarms.wafBlocks,
    });
  }

  private tasks(): void {
    const { service, config } = this.props;
    const minute = Duration.minutes(1);
    this.alarm('Cpu', 'cpu', {
      description: 'Tasks stay busy after scaling: the maximum is reached, or scaling is stuck. Runbook: slow answers.',
      metric: service.metricCpuUtilization({ statistic: 'Average', period: minute }),
      threshold: 90,
      datapoints: [10, 10],
    });
    this.alarm('Memory', 'memory', {
      description: 'Tasks run out of memory. Runbook: slow answers.',
      metric: service.metricMemoryUtilization({ statistic: 'Maximum', period: minute }),
      threshold: 85,
      datapoints: [5, 5],
    });
    if (config.service.minTasks === 0) return;
    this.alarm('FewTasks', 'few-tasks', {
      description: 'Fewer tasks run than configured. Runbook: stuck deploy.',
      metric: new cloudwatch.Metric({
        namespace: 'ECS/ContainerInsights',
        metricName: 'RunningTaskCount',
        dimensionsMap: { ClusterName: service.cluster.clusterName, ServiceName: service.serviceName },
        statistic: 'Minimum',
        period: minute,
      }),
      threshold: config.service.minTasks,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      datapoints: [5, 5],
      missingData: 'breaching',
    });
  }

  /** A metric of the service itself, in Embedded Metric Format on stdout, once a minute. */
  private own(metricName: string, statistic: 'Sum' | 'Maximum' | 'Minimum'): cloudwatch.Metric {
    const { names, config } = this.props;
    const [serviceDimension, stageDimension] = contract.metrics.dimensions;
    return new cloudwatch.Metric({
      namespace: contract.metrics.namespace,
      metricName,
      dimensionsMap: { [serviceDimension]: names.metricService, [stageDimension]: config.stage },
      statistic,
      period: Duration.minutes(1),
    });
  }

  private application(): void {
    this.alarm('IngestFailures', 'ingest-failures', {
      description: 'The service rejects notes. Runbook: database restore.',
      metric: this.own('IngestFailures', 'Sum'),
      threshold: this.props.config.alarms.serverErrors,
      datapoints: [2, 3],
    });
    this.alarm('AuthenticationFailures', 'authentication-failures', {
      description:
        'Many authentication failures: a client with an old key, or an attacker who guesses keys. Runbook: leaked API key.',
      metric: this.own('AuthenticationFailures', 'Sum'),
      threshold: 100,
      datapoints: [3, 5],
    });
  }

  /** How the audit trail gets out of the database. What it says of tampering: audit alarms. */
  private auditTrail(): void {
    this.alarm('AuditLag', 'audit-lag', {
      description:
        'Audit events wait more than five minutes for publication, or no process publishes. Runbook: audit lag.',
      metric: this.own('AuditPublisherLagSeconds', 'Maximum'),
      threshold: 300,
      datapoints: [3, 5],
      // A publisher that reports nothing is stopped; without a task there is no publisher.
      missingData: this.props.config.service.minTasks === 0 ? 'notBreaching' : 'breaching',
    });
    this.alarm('AuditSinkFailures', 'audit-sink-failures', {
      description:
        'Publishing the audit trail fails repeatedly: CloudWatch Logs or the bucket refuses it. Runbook: audit lag.',
      // The pauses between attempts grow to a minute: a sink that is away fails in most minutes.
      metric: this.own('AuditSinkFailures', 'Sum'),
      threshold: 1,
      datapoints: [3, 5],
    });
    this.alarm('AuditSealRefusals', 'audit-seal-refusals', {
      description:
        'The audit trail is not sealed: the signing key does not match, the database was restored to an earlier state, or a checkpoint is forged. Runbook: audit lag.',
      // Refused about once a minute by each process for as long as the cause lasts; a few times while keys change.
      metric: this.own('AuditSealRefusals', 'Sum'),
      threshold: 1,
      datapoints: [3, 5],
    });
    this.alarm('AuditBrokenChains', 'audit-broken-chains', {
      description:
        'An audit chain is broken, and later events are not sealed. Preserve the database. Runbook: broken trail.',
      // Unlike the log line, which is written once, the gauge stays as long as the chain is kept.
      metric: this.own('AuditBrokenChains', 'Maximum'),
      threshold: 1,
    });
    this.alarm('PartitionsAhead', 'partitions-ahead', {
      description:
        'Notes and audit events have partitions for fewer than two quarters ahead. Without them, ingest stops when the last one ends. Runbook: partitions.',
      metric: this.own('PartitionsAhead', 'Minimum'),
      threshold: 2,
      comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      datapoints: [3, 3],
    });
  }
}
