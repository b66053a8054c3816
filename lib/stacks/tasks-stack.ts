import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import { CfnOutput } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import { pinnedImage } from '../constructs/tasks/pinned-image.ts';
import { expireTask, migrateTask, restoreTask } from '../constructs/tasks/task-definitions.ts';
import { stageOutputs } from '../constructs/tasks/task-environment.ts';
import type { AuditStack } from './audit-stack.ts';
import type { DatabaseStack } from './database-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface TasksStackProps {
  readonly config: StageConfig;
  readonly audit: AuditStack;
  readonly network: NetworkStack;
  readonly database: DatabaseStack;
  readonly repository: ecr.IRepository;
}

/**
 * The cluster, the task that changes the schema, and those that expire and restore the audit trail. A stack of its own,
 * so that the migration can run with the new image before the service does: the service refuses to start on an older
 * schema.
 */
export class TasksStack extends StageStack {
  readonly cluster: ecs.Cluster;

  constructor(scope: Construct, id: string, props: TasksStackProps) {
    super(scope, id, { ...props, description: 'Cluster, one-off tasks' });
    const { config, names } = this;
    const { audit, network, database, repository } = props;
    const logs = { key: audit.keys.logs, retentionDays: config.retention.applicationLogs };
    // ECS would make this group itself, without key and without end.
    const insights = new EncryptedLogGroup(this, 'InsightsLogs', { name: names.logGroups.containerInsights, ...logs });
    this.cluster = new ecs.Cluster(this, 'Cluster', {
      clusterName: names.cluster,
      vpc: network.vpc,
      containerInsightsV2: ecs.ContainerInsights.ENHANCED,
      enableFargateCapacityProviders: true,
    });
    this.cluster.node.addDependency(insights);

    const common = {
      config,
      names,
      repository,
      outputs: stageOutputs(audit, database.cluster),
      image: pinnedImage(this, names, repository),
      logGroup: new EncryptedLogGroup(this, 'Logs', { name: names.logGroups.migrate, masked: true, ...logs }),
    };
    const task = migrateTask(this, 'Migrate', {
      ...common,
      ownerSecretArn: database.cluster.secret!.secretArn,
      ownerSecretKey: database.masterSecretKey,
    });
    const users = `arn:${this.partition}:rds-db:${this.region}:${this.account}:dbuser:${database.cluster.clusterResourceIdentifier}`;
    const expire = expireTask(this, 'Expire', { ...common, databaseUserArn: `${users}/${names.retentionRole}` });
    const restore = restoreTask(this, 'Restore', {
      ...common,
      audit,
      databaseUserArn: `${users}/${names.databaseRole}`,
    });
    // Inputs for running the one-off tasks.
    const values = {
      ClusterName: this.cluster.clusterName,
      MigrateTaskDefinition: task.taskDefinitionArn,
      ExpireTaskDefinition: expire.taskDefinitionArn,
      RestoreTaskDefinition: restore.taskDefinitionArn,
      TaskSubnets: network.vpc.selectSubnets(network.taskSubnets).subnetIds.join(','),
      MigrateSecurityGroup: network.groups.migrate.securityGroupId,
    };
    for (const [name, value] of Object.entries(values)) new CfnOutput(this, name, { value });
  }
}
