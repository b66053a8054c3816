import { Aspects, Stage } from 'aws-cdk-lib/core';
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

/** One environment: stacks by how often they change and by what is lost with them. */
export class HealthcareAiStage extends Stage {
  readonly audit: AuditStack;
  readonly network: NetworkStack;
  readonly registry: RegistryStack;
  readonly database: DatabaseStack;
  readonly tasks: TasksStack;
  readonly service: ServiceStack;
  readonly monitoring: MonitoringStack;

  constructor(scope: Construct, config: StageConfig) {
    super(scope, config.stage, { env: { region: config.region, account: config.account } });
    if (config.disposable) Aspects.of(this).add(new Disposable());
    this.audit = new AuditStack(this, 'audit', { config });
    const { keys, accessLogs, alarmTopic: topic } = this.audit;
    const account =
      config.accountBaseline.owned && hasAccountResources(config)
        ? new AccountStack(this, 'account', { config, accessLogs, logsKey: keys.logs })
        : undefined;
    if (config.accountBaseline.owned && account === undefined) {
      declareElsewhere(this.audit, ...existingInAccount(config));
    }
    this.network = new NetworkStack(this, 'network', { config, logsKey: keys.logs });
    this.registry = new RegistryStack(this, 'registry', { config, imagesKey: keys.images });
    this.database = new DatabaseStack(this, 'database', { config, network: this.network, keys, topic });
    if (account !== undefined) {
      this.database.addStackDependency(
        account,
        'RDS needs its service-linked role, and its log group with key and retention',
      );
    }
    if (config.backup.copyRegion !== undefined) {
      const copy = new BackupCopyStack(this, 'backup-copy', {
        config,
        region: config.backup.copyRegion,
        audit: this.audit,
      });
      this.database.addStackDependency(copy, 'a backup plan may name only a vault that exists');
    }
    this.tasks = new TasksStack(this, 'tasks', {
      config,
      audit: this.audit,
      network: this.network,
      database: this.database,
      repository: this.registry.repository,
    });
    this.service = new ServiceStack(this, 'service', {
      config,
      audit: this.audit,
      network: this.network,
      database: this.database,
      repository: this.registry.repository,
      cluster: this.tasks.cluster,
    });
    this.monitoring = new MonitoringStack(this, 'monitoring', {
      config,
      audit: this.audit,
      database: this.database,
      service: this.service,
    });
    addDeployNotes(config, this);
  }
}
