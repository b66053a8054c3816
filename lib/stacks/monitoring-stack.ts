import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { isOffered } from '../config/regions.ts';
import type { StageConfig } from '../config/schema.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { AuditAlarms } from '../constructs/monitoring/audit-alarms.ts';
import { CostBudget } from '../constructs/monitoring/cost-budget.ts';
import { DatabaseAlarms } from '../constructs/monitoring/database-alarms.ts';
import { EventAlarms } from '../constructs/monitoring/event-alarms.ts';
import { OverviewDashboard } from '../constructs/monitoring/overview-dashboard.ts';
import { ServiceAlarms } from '../constructs/monitoring/service-alarms.ts';
import { TrailAlarms } from '../constructs/monitoring/trail-alarms.ts';
import { UptimeCanary } from '../constructs/monitoring/uptime-canary.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import type { AuditStack } from './audit-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { ServiceStack } from './service-stack.ts';

export interface MonitoringStackProps {
  readonly config: StageConfig;
  readonly audit: AuditStack;
  readonly service: ServiceStack;
  readonly database: DatabaseStack;
}

/** Alarms, dashboard and canary, and who gets the alarms. */
export class MonitoringStack extends StageStack {
  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, { ...props, description: 'Alarms, dashboard, uptime canary, budget' });
    const { config, names } = this;
    const { audit, service } = props;
    const common = { config, names, topic: audit.alarmTopic };
    new ServiceAlarms(this, 'Service', {
      ...common,
      edge: service.edge,
      service: service.service,
      firewallName: service.firewallName,
    });
    const { clusterIdentifier } = props.database.cluster;
    new DatabaseAlarms(this, 'Database', { ...common, clusterIdentifier });
    // Seventeen metrics and alarms are too dear for a stage that is stopped most of the time.
    if (config.accountBaseline.trail === 'create' && !config.disposable) {
      new TrailAlarms(this, 'Trail', { ...common, logGroup: audit.trailLogGroup });
    }
    new AuditAlarms(this, 'Audit', { ...common, audit: audit.auditLogGroup, service: service.logGroup });
    new EventAlarms(this, 'Events', {
      ...common,
      taskEvents: new EncryptedLogGroup(this, 'TaskEvents', {
        name: names.logGroups.taskEvents,
        key: audit.keys.logs,
        retentionDays: config.retention.applicationLogs,
      }),
    });
    // A canary outside the VPC cannot reach an internal load balancer.
    if (config.network.exposure === 'internet' && config.alarms.uptimeCheckMinutes > 0) {
      new UptimeCanary(this, 'Canary', {
        ...common,
        domainName: config.edge.domainName,
        bucket: audit.accessLogs,
        interval: Duration.minutes(config.alarms.uptimeCheckMinutes),
      });
    }
    if (isOffered('AWS::Budgets::Budget', config.region)) {
      new CostBudget(this, 'Budget', { ...common, monthlyUsd: config.alarms.monthlyBudgetUsd });
    }
    const alarms = this.node.findAll().filter((node) => node instanceof cloudwatch.Alarm);
    new OverviewDashboard(this, 'Dashboard', {
      names,
      stage: config.stage,
      edge: service.edge,
      service: service.service,
      clusterIdentifier,
      alarms,
    });
  }
}
