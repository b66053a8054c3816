import type { Policy } from '../core/finding.ts';
import { atLeast, between, customerKey, present, unmet } from '../core/requirements.ts';
import { isProduction } from '../core/stage.ts';
import { statementsOf } from '../core/statements.ts';

export const backupVault: Policy = {
  id: 'backup-vault',
  description: 'Vaults are encrypted by a customer key and locked, so that an intruder cannot delete the backups.',
  *check(assembly) {
    for (const vault of assembly.resources('AWS::Backup::BackupVault')) {
      yield* unmet(vault, {
        EncryptionKeyArn: customerKey,
        'LockConfiguration.MinRetentionDays': atLeast(1),
      });
      const refuses = [...statementsOf(vault)].some(
        (statement) =>
          !statement.allows &&
          statement.actions.includes('backup:DeleteRecoveryPoint') &&
          statement.principals.includes('AWS:*') &&
          statement.resources.includes('*') &&
          Object.keys(statement.condition).length === 0,
      );
      if (!refuses) yield vault.fault('AccessPolicy', 'does not deny backup:DeleteRecoveryPoint to everybody; add it');
      // Without it whoever administers backups can lift the lock.
      if (isProduction(assembly)) yield* unmet(vault, { 'LockConfiguration.ChangeableForDays': present });
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
