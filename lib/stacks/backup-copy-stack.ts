import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import { LockedVault } from '../constructs/database/locked-vault.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface BackupCopyStackProps {
  readonly config: StageConfig;

  /** Another region than the stage's. */
  readonly region: string;
}

/** The vault in another region, known to the database stack by its name. */
export class BackupCopyStack extends StageStack {
  constructor(scope: Construct, id: string, props: BackupCopyStackProps) {
    super(scope, id, { ...props, description: 'Copies of the backups in another region', stateful: true });
    const { key } = new CustomerKey(this, 'Key', {
      description: 'Copies of the backups',
      alias: `${this.names.base}/backup-copies`,
    });
    new LockedVault(this, 'Vault', { key, name: this.names.backupCopyVault, settings: this.config.backup });
  }
}
