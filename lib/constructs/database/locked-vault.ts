import * as backup from 'aws-cdk-lib/aws-backup';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { StageConfig } from '../../config/schema.ts';

export interface LockedVaultProps {
  readonly key: kms.IKey;
  readonly settings: StageConfig['backup'];

  /** @default - made by CloudFormation */
  readonly name?: string;

  /**
   * Receives failed backups and restores.
   *
   * @default - nobody
   */
  readonly topic?: sns.ITopic;
}

/** A vault whose recovery points cannot be deleted before their time. */
export class LockedVault extends Construct {
  readonly vault: backup.BackupVault;

  constructor(scope: Construct, id: string, props: LockedVaultProps) {
    super(scope, id);
    const { lock, dailyRetentionDays, monthlyRetentionDays } = props.settings;
    this.vault = new backup.BackupVault(this, 'Resource', {
      backupVaultName: props.name,
      encryptionKey: props.key,
      blockRecoveryPointDeletion: true,
      // A first deploy that fails leaves nothing under a name that the next one needs.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lockConfiguration: {
        minRetention: Duration.days(Math.min(dailyRetentionDays, monthlyRetentionDays)),
        maxRetention: Duration.days(Math.max(dailyRetentionDays, monthlyRetentionDays)),
        // With days of grace the lock is in compliance mode and final afterwards; without, in governance mode.
        changeableFor: lock === 'compliance' ? Duration.days(3) : undefined,
      },
    });
    if (props.topic !== undefined) {
      // The L2 property would let AWS Backup of any account publish and use the key.
      (this.vault.node.defaultChild as backup.CfnBackupVault).notifications = {
        snsTopicArn: props.topic.topicArn,
        backupVaultEvents: ['BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED', 'COPY_JOB_FAILED', 'RESTORE_JOB_COMPLETED'],
      };
    }
  }
}
