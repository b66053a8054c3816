import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import type { StageConfig } from '../../config/schema.ts';
import { NotifyingAlarm, ruleMetric } from '../alarm.ts';

export interface EventAlarmsProps {
  readonly config: StageConfig;
  readonly names: Names;
  readonly topic: sns.ITopic;

  /** Receives the full event of every task that failed. */
  readonly taskEvents: logs.ILogGroup;
}

/** Alarms on AWS events: tasks that fail, deployments that fail, threats, backups that fail. */
export class EventAlarms extends Construct {
  constructor(scope: Construct, id: string, props: EventAlarmsProps) {
    super(scope, id);
    const { names, topic } = props;
    const tasks = this.taskFailures(props);
    const cluster = Stack.of(this).formatArn({
      service: 'ecs',
      resource: 'service',
      resourceName: `${names.cluster}/*`,
    });
    const deployments = this.notify('FailedDeployments', topic, {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      resources: [{ wildcard: cluster }],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
    });
    const threats = this.notify('Threats', topic, {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      // Medium and above: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-severity.html
      detail: { severity: [{ numeric: ['>=', 4] }] },
    });
    const database = this.notify('DatabaseEvents', topic, {
      source: ['aws.rds'],
      'detail-type': ['RDS DB Cluster Event'],
      detail: { SourceIdentifier: [names.databaseCluster], EventCategories: ['failover', 'failure', 'notification'] },
    });
    // `doctor --live` sends one such event and reads the metrics of this rule.
    const test = this.notify('DeliveryTest', topic, {
      source: [names.deliveryTest.source],
      'detail-type': [names.deliveryTest.detailType],
      detail: { stage: [props.config.stage] },
    });
    const rules = { FailedTasks: tasks, FailedDeployments: deployments, Threats: threats, DatabaseEvents: database };
    for (const [rule, of] of Object.entries({ ...rules, DeliveryTest: test })) {
      this.watchDelivery(rule, rule.replaceAll(/\B[A-Z]/g, '-$&').toLowerCase(), of, props);
    }
  }

  private notify(id: string, topic: sns.ITopic, pattern: object): events.CfnRule {
    return new events.CfnRule(this, id, {
      state: 'ENABLED',
      eventPattern: pattern,
      targets: [{ id: 'topic', arn: topic.topicArn }],
    });
  }

  /** EventBridge drops an event that its target refuses; this metric is the only trace. */
  private watchDelivery(id: string, name: string, rule: events.CfnRule, { names, topic }: EventAlarmsProps): void {
    new NotifyingAlarm(this, `${id}Delivery`, {
      name: `${names.base}-events-${name}`,
      description: `EventBridge cannot deliver the events of rule ${id}: notifications are lost. Check the policies of the alarm topic, its key and the log group. Runbook: unexpected change.`,
      metric: ruleMetric('FailedInvocations', rule, Duration.minutes(5)),
      threshold: 1,
      topic,
    });
  }

  /** One task that ends with an error may be chance; three in a quarter of an hour are not. */
  private taskFailures({ names, topic, taskEvents }: EventAlarmsProps): events.CfnRule {
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
            // No condition: EventBridge sends no aws:SourceAccount with these calls.
            // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
          },
        ],
      }),
    });
    new NotifyingAlarm(this, 'TaskFailures', {
      name: `${names.base}-task-failures`,
      description: `Tasks end with an error or cannot start; their events are in ${names.logGroups.taskEvents}. Runbook: stuck deploy.`,
      metric: ruleMetric('TriggeredRules', rule, Duration.minutes(15)),
      threshold: 3,
      topic,
    });
    return rule;
  }
}
