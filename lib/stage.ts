import { Aspects } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from './config/schema.ts';
import { addDeployNotes } from './constructs/deploy-notes.ts';
import { Disposable } from './constructs/disposable.ts';
import { declareElsewhere } from './constructs/elsewhere.ts';
import { AccountStack, existingInAccount, hasAccountResources } from './stacks/account-stack.ts';
import { AuditStack } from './stacks/audit-stack.ts';
import { BackupCopyStack } from './stacks/backup-copy-stack.ts';
import { DatabaseStack } from './stacks/database-stack.ts';
import { MonitoringStack } from './stacks/monitoring-stack.ts';
import { NetworkStack } from './stacks/network-stack.ts';
import { RegistryStack } from './stacks/registry-stack.ts';
import { ServiceStack } from './stacks/service-stack.ts';
import { TasksStack } from './stacks/tasks-stack.ts';

/**
 * Adds the stacks of one environment: by how often they change and by what is lost with them.
 *
 * @param scope whose path is the name of the stage: the CDK CLI calls a stack `dev/network`
 */
export function addStacks(scope: Construct, config: StageConfig): void {
  if (config.disposable) Aspects.of(scope).add(new Disposable());
  const audit = new AuditStack(scope, 'audit', { config });
  const { keys, accessLogs, alarmTopic: topic } = audit;
  const account =
    config.accountBaseline.owned && hasAccountResources(config)
      ? new AccountStack(scope, 'account', { config, accessLogs, logsKey: keys.logs })
      : undefined;
  if (config.accountBaseline.owned && account === undefined) {
    declareElsewhere(audit, ...existingInAccount(config));
  }
  const network = new NetworkStack(scope, 'network', { config, logsKey: keys.logs });
  const registry = new RegistryStack(scope, 'registry', { config, imagesKey: keys.images });
  const database = new DatabaseStack(scope, 'database', { config, network, keys, topic });
  if (account !== undefined) {
    database.addStackDependency(account, 'RDS needs its service-linked role, and its log group with key and retention');
  }
  if (config.backup.copyRegion !== undefined) {
    const copy = new BackupCopyStack(scope, 'backup-copy', {
      config,
      region: config.backup.copyRegion,
      audit,
    });
    database.addStackDependency(copy, 'a backup plan may name only a vault that exists');
  }
  const tasks = new TasksStack(scope, 'tasks', {
    config,
    audit,
    network,
    database,
    repository: registry.repository,
  });
  const service = new ServiceStack(scope, 'service', {
    config,
    audit,
    network,
    database,
    repository: registry.repository,
    cluster: tasks.cluster,
  });
  const monitoring = new MonitoringStack(scope, 'monitoring', {
    config,
    audit,
    database,
    service,
  });
  addDeployNotes(config, { database, tasks, service, monitoring });
}
