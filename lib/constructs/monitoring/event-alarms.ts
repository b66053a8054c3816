import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { NotifyingAlarm } from '../alarm.ts';

export interface EventAlarmsProps {
  readonly names: Names;
  readonly topic: sns.ITopic;

  /** Receives the full event of every task that failed. */
  readonly taskEvents: logs.ILogGroup;
}

/** What AWS tells by events: tasks that fail, deployments that fail, threats, backups that fail. */
export class EventAlarms extends Construct {
  constructor(scope: Construct, id: string, props: EventAlarmsProps) {
    super(scope, id);
    const { names, topic } = props;
    this.taskFailures(props);
    const cluster = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'service',
      resourceName: `${names.cluster}/*`,
    });
    this.notify('FailedDeployments', topic, {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [{ wildcard: cluster }],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    });
    this.notify('Threats', topic, {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      // Medium and above: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
      detail: { severity: [{ numeric: ['>=', 4] }] },
    });
    this.notify('DatabaseEvents', topic, {
      source: ['aws.rds'],
      'detail-type': ['RDS DB Cluster Event'],
      detail: { SourceIdentifier: [names.databaseCluster], EventCategories: ['failover', 'failure', 'notification'] },
    });
  }

  private notify(id: string, topic: sns.ITopic, pattern: object): void {
    new events.CfnRule(this, id, {
      state: 'ENABLED',
      eventPattern: pattern,
      targets: [{ id: 'topic', arn: topic.topicArn }],
    });
  }

  /** One task that ends with an error may be chance; three in a quarter of an hour are not. */
  private taskFailures({ names, topic, taskEvents }: EventAlarmsProps): void {
    const stack = Stack.of(this);
    const arn = stack.formatArn({
      service: 'logs',
      resource: 'log-group',
      resourceName: taskEvents.logGroupName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const rule = new events.CfnRule(this, 'FailedTasks', {
      state: 'ENABLED',
      eventPattern: {
        source: ['aws.ecs'],
        'detail-type': ['ECS Task State Change'],
        detail: {
          clusterArn: [stack.formatArn({ service: 'ecs', resource: 'cluster', resourceName: names.cluster })],
          lastStatus: ['STOPPED'],
          stopCode: ['EssentialContainerExited', 'TaskFailedToStart'],
        },
      },
      targets: [{ id: 'log', arn }],
    });
    new logs.CfnResourcePolicy(this, 'LogPolicy', {
      policyName: `${names.base}-task-events`,
      policyDocument: stack.toJsonString({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `${arn}:*`,
            Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
          },
        ],
      }),
    });
    new NotifyingAlarm(this, 'TaskFailures', {
      name: `${names.base}-task-failures`,
      description: `Tasks end with an error or cannot start; their events are in ${names.logGroups.taskEvents}. Runbook: stuck deploy.`,
      metric: new cloudwatch.Metric({
        namespace: 'AWS/Events',
        metricName: 'TriggeredRules',
        dimensionsMap: { RuleName: rule.ref },
        statistic: 'Sum',
        period: Duration.minutes(15),
      }),
      threshold: 3,
      datapoints: [1, 1],
      silence: 'fine',
      topic,
    });
  }
}
