import type { Policy } from '../core/finding.ts';
import { atLeast, between, customerKey, unmet } from '../core/requirements.ts';

export const backupVault: Policy = {
  id: 'backup-vault',
  description: 'Vaults are encrypted by a customer key and locked, so that an intruder cannot delete the backups.',
  *check(assembly) {
    for (const vault of assembly.resources('AWS::Backup::BackupVault')) {
      yield* unmet(vault, {
        EncryptionKeyArn: customerKey,
        'LockConfiguration.MinRetentionDays': atLeast(1),
      });
      // Three days are the least that AWS takes: within them the lock can still be lifted.
      if (vault.get('LockConfiguration.ChangeableForDays') !== undefined) {
        yield* unmet(vault, { 'LockConfiguration.ChangeableForDays': between(3, 30) });
      }
    }
    if (
      assembly.resources('AWS::RDS::DBCluster').length > 0 &&
      assembly.resources('AWS::Backup::BackupVault').length === 0
    ) {
      for (const cluster of assembly.resources('AWS::RDS::DBCluster'))
        yield cluster.fault('', 'is in no backup vault; add a plan');
    }
  },
};
