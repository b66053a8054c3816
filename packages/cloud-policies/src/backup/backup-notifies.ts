import type { Policy } from '../core/finding.ts';

/** What somebody has to hear of. https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html */
const events = ['BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED'];

export const backupNotifies: Policy = {
  id: 'backup-notifies',
  description: 'A vault that a plan writes to says when a backup failed.',
  *check(assembly) {
    for (const plan of assembly.resources('AWS::Backup::BackupPlan')) {
      for (const { path } of plan.items('BackupPlan.BackupPlanRule')) {
        const vault = plan.target(`${path}.TargetBackupVault`);
        if (vault?.type !== 'AWS::Backup::BackupVault') continue;
        if (vault.target('Notifications.SNSTopicArn')?.type !== 'AWS::SNS::Topic') {
          yield vault.fault('Notifications.SNSTopicArn', 'tells no topic of this deployment; add one');
        }
        const told = vault.items('Notifications.BackupVaultEvents').map(({ value }) => value);
        for (const event of events.filter((name) => !told.includes(name))) {
          yield vault.fault('Notifications.BackupVaultEvents', `lacks ${event}; add it`);
        }
      }
    }
  },
};
