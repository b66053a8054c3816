import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import type { StageKeys } from '../constructs/audit/stage-keys.ts';
import { Aurora } from '../constructs/database/aurora.ts';
import { Backups } from '../constructs/database/backups.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import type { NetworkStack } from './network-stack.ts';

export interface DatabaseStackProps {
  readonly config: StageConfig;
  readonly network: NetworkStack;
  readonly keys: StageKeys;
  readonly topic: sns.ITopic;
}

/** The one place that holds notes, and their backups. */
export class DatabaseStack extends StageStack {
  readonly cluster: rds.DatabaseCluster;
  readonly masterSecretKey: kms.IKey;

  constructor(scope: Construct, id: string, props: DatabaseStackProps) {
    super(scope, id, { ...props, description: 'Aurora PostgreSQL and its backups', stateful: true });
    const { network, keys } = props;
    const { minAcu, maxAcu, readers, backupDays } = this.config.database;
    const logGroup = new EncryptedLogGroup(this, 'Logs', {
      name: this.names.logGroups.database,
      key: keys.logs,
      retentionDays: this.config.retention.applicationLogs,
      masked: true,
    });
    this.cluster = new Aurora(this, 'Aurora', {
      names: this.names,
      vpc: network.vpc,
      subnets: network.databaseSubnets,
      securityGroup: network.groups.database,
      key: keys.database,
      logGroup,
      minAcu,
      maxAcu,
      readers,
      backupDays,
    }).cluster;
    this.masterSecretKey = keys.database;
    // What a disposable stage holds may be lost, and recovery points would keep its vault from being deleted.
    if (this.config.disposable) return;
    new Backups(this, 'Backups', {
      names: this.names,
      cluster: this.cluster,
      securityGroup: network.groups.database,
      key: keys.backups,
      topic: props.topic,
      settings: this.config.backup,
    });
  }
}
