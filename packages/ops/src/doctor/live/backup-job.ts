import { DescribeBackupJobCommand, StartBackupJobCommand } from '@aws-sdk/client-backup';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { waitFor } from '../../wait.ts';
import { type CheckInput, type DoctorCheck, deployCommand, fault, ok, Unknown } from '../check.ts';
import { NO_BACKUPS } from '../checks/backups.ts';

/** States of a job that has the role and the right to the database, and of one that ended without a backup. */
const works = new Set(['RUNNING', 'COMPLETED']);
const failed = new Set(['ABORTED', 'FAILED', 'EXPIRED', 'PARTIAL']);

/**
 * Can AWS Backup take its role and back up the database? Starts one backup on demand, which is deleted as early as the
 * vault allows. The schedule answers the question after more than a day only.
 */
export const backupJob: DoctorCheck = {
  name: 'backup on demand',
  async run(input) {
    const { context } = input;
    if (context.config.disposable) return ok(NO_BACKUPS);
    const { BackupJobId } = await context.clients.backup.send(
      new StartBackupJobCommand({
        ...(await placeOf(input)),
        Lifecycle: { DeleteAfterDays: context.config.backup.dailyRetentionDays },
      }),
    );
    const job = await waitFor(context, {
      what: `backup job ${BackupJobId} to begin`,
      look: async () => {
        const found = await context.clients.backup.send(new DescribeBackupJobCommand({ BackupJobId }));
        return works.has(found.State ?? '') || failed.has(found.State ?? '') ? found : undefined;
      },
      everyMs: 10_000,
    });
    if (works.has(job.State ?? '')) return ok(`backup job ${BackupJobId} is ${job.State}`);
    return fault(
      `backup job ${BackupJobId} is ${job.State}: ${job.StatusMessage ?? 'no reason given'}`,
      `aws backup describe-backup-job --backup-job-id ${BackupJobId}; check the trust policy of the backup role and the opt-in of Aurora`,
    );
  },
};

async function placeOf({ context, resources }: CheckInput) {
  const [vault] = await resources('database', 'AWS::Backup::BackupVault');
  const roles = await resources('database', 'AWS::IAM::Role');
  const role = roles.find(({ logicalId }) => logicalId.startsWith('Backup'));
  if (!vault || !role) throw new Unknown('the database stack has no backup vault or role', deployCommand(context));
  const { DBClusters = [] } = await context.clients.rds.send(
    new DescribeDBClustersCommand({ DBClusterIdentifier: context.names.databaseCluster }),
  );
  const ResourceArn = DBClusters[0]?.DBClusterArn;
  // The account and the partition of the cluster are those of the role.
  const [, partition, , , account] = ResourceArn?.split(':') ?? [];
  const IamRoleArn = `arn:${partition}:iam::${account}:role/${role.physicalId}`;
  return { BackupVaultName: vault.physicalId, ResourceArn, IamRoleArn };
}
