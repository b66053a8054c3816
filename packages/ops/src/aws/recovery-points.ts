import { ListRecoveryPointsByBackupVaultCommand, type RecoveryPointByBackupVault } from '@aws-sdk/client-backup';
import type { OpsContext } from '../context.ts';
import { allPages } from './all-pages.ts';

/** Every recovery point of a backup vault. */
export const recoveryPointsOf = ({ clients }: Pick<OpsContext, 'clients'>, BackupVaultName: string) =>
  allPages<RecoveryPointByBackupVault>(async (token) => {
    const command = new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName, NextToken: token });
    const { RecoveryPoints, NextToken } = await clients.backup.send(command);
    return [RecoveryPoints, NextToken];
  });
