import * as backup from 'aws-cdk-lib/aws-backup';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Schedule } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Aws, Duration, Stack, TimeZone } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Names } from '../../config/names.ts';
import { isOffered } from '../../config/regions.ts';
import type { StageConfig } from '../../config/schema.ts';
import { acknowledge } from '../acknowledge.ts';
import { LeastPrivilegeRole } from '../least-privilege-role.ts';
import { LockedVault } from './locked-vault.ts';

export interface BackupsProps {
  readonly names: Names;
  readonly cluster: rds.DatabaseCluster;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly key: kms.IKey;
  readonly topic: sns.ITopic;
  readonly settings: StageConfig['backup'];
}

/** Daily and monthly backups in a locked vault, copied elsewhere if asked, and restored each week to prove them. */
export class Backups extends Construct {
  constructor(scope: Construct, id: string, props: BackupsProps) {
    super(scope, id);
    const { settings } = props;
    const vault = new LockedVault(this, 'Vault', { key: props.key, topic: props.topic, settings }).vault;
    const plan = new backup.BackupPlan(this, 'Plan', { backupPlanName: props.names.base, backupVault: vault });
    const rule = (ruleName: string, schedule: Schedule, days: number) =>
      plan.addRule(
        new backup.BackupPlanRule({
          ruleName,
          scheduleExpression: schedule,
          scheduleExpressionTimezone: TimeZone.ETC_UTC,
          startWindow: Duration.hours(1),
          completionWindow: Duration.hours(6),
          deleteAfter: Duration.days(days),
          copyActions: this.copies(props, days),
        }),
      );
    // Start windows are an hour long and end an hour or more before the database's own backup window begins.
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-troubleshooting.html
    rule('daily', Schedule.cron({ hour: '3', minute: '0' }), settings.dailyRetentionDays);
    rule('monthly', Schedule.cron({ day: '1', hour: '1', minute: '0' }), settings.monthlyRetentionDays);

    const role = new LeastPrivilegeRole(this, 'Role', {
      // AWS documents this trust without a condition, and whether AWS Backup sends one is unknown.
      // https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html
      assumedBy: new iam.ServicePrincipal('backup.amazonaws.com'),
      description: 'AWS Backup backs up and test-restores the database',
      awsManaged: [
        'service-role/AWSBackupServiceRolePolicyForBackup',
        'service-role/AWSBackupServiceRolePolicyForRestores',
      ],
    });
    for (const name of ['Backup', 'Restores']) {
      acknowledge(role.node.defaultChild!, {
        id: `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyFor${name}]`,
        reason: 'AWS maintains what its backup service needs for each kind of resource; only that service may take it.',
      });
    }
    plan.addSelection('Database', {
      role: role.sealed,
      disableDefaultBackupPolicy: true,
      resources: [backup.BackupResource.fromRdsDatabaseCluster(props.cluster)],
    });
    if (isOffered('AWS::Backup::RestoreTestingPlan', Stack.of(this).region)) this.restoreTests(props, vault, role);
  }

  private copies(props: BackupsProps, days: number): backup.BackupPlanCopyActionProps[] {
    const region = props.settings.copyRegion;
    if (region === undefined) return [];
    const arn = `arn:${Aws.PARTITION}:backup:${region}:${Aws.ACCOUNT_ID}:backup-vault:${props.names.backupCopyVault}`;
    return [
      {
        destinationBackupVault: backup.BackupVault.fromBackupVaultArn(this, `Copy${days}`, arn),
        deleteAfter: Duration.days(days),
      },
    ];
  }

  /** A backup that was never restored is a hope. https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html */
  private restoreTests(props: BackupsProps, vault: backup.BackupVault, role: iam.IRole): void {
    const name = Stack.of(this).stackName.replaceAll('-', '_');
    const plan = new backup.CfnRestoreTestingPlan(this, 'RestoreTest', {
      restoreTestingPlanName: name,
      scheduleExpression: 'cron(0 8 ? * MON *)',
      scheduleExpressionTimezone: 'Etc/UTC',
      startWindowHours: 4,
      recoveryPointSelection: {
        algorithm: 'RANDOM_WITHIN_WINDOW',
        includeVaults: [vault.backupVaultArn],
        recoveryPointTypes: ['SNAPSHOT'],
        selectionWindowDays: 7,
      },
    });
    const { dbSubnetGroupName } = props.cluster.node.defaultChild as rds.CfnDBCluster;
    new backup.CfnRestoreTestingSelection(this, 'RestoreTestDatabase', {
      restoreTestingPlanName: plan.ref,
      restoreTestingSelectionName: `${name}_database`,
      iamRoleArn: role.roleArn,
      protectedResourceType: 'Aurora',
      protectedResourceArns: [props.cluster.clusterArn],
      // Long enough for a person, or a pipeline, to look into the copy before it is deleted.
      validationWindowHours: 4,
      restoreMetadataOverrides: {
        dbSubnetGroupName: dbSubnetGroupName!,
        vpcSecurityGroupIds: Stack.of(this).toJsonString([props.securityGroup.securityGroupId]),
      },
    });
  }
}
