import { Fn } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import { LockedVault } from '../constructs/database/locked-vault.ts';
import { ReplicaKey } from '../constructs/replica-key.ts';
import { StageStack } from '../constructs/stage-stack.ts';
import type { AuditStack } from './audit-stack.ts';

export interface BackupCopyStackProps {
  readonly config: StageConfig;

  /** Another region than the stage's. */
  readonly region: string;

  /** Has the key that opens notes. */
  readonly audit: AuditStack;
}

/** The vault in another region, known to the database stack by its name, and the key that opens the notes in it. */
export class BackupCopyStack extends StageStack {
  constructor(scope: Construct, id: string, props: BackupCopyStackProps) {
    super(scope, id, { ...props, description: 'Copies of the backups in another region', stateful: true });
    const { key } = new CustomerKey(this, 'Key', {
      description: 'Copies of the backups',
      alias: `${this.names.base}/backup-copies`,
    });
    new LockedVault(this, 'Vault', { key, name: this.names.backupCopyVault, settings: this.config.backup });
    new ReplicaKey(this, 'DataKey', {
      description: 'Opens the data keys that encrypt notes, in the region of the copies',
      alias: `${this.names.base}/data`,
      primaryKeyArn: Fn.getStackOutput(props.audit.stackName, props.audit.dataKeyOutput, this.config.region),
    });
    this.addStackDependency(props.audit, 'a replica is made of a key that exists');
  }
}
