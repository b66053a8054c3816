import { numberOf, type Resource } from '../core/assembly.ts';
import {
  atLeast,
  between,
  customerKey,
  equals,
  matches,
  missing,
  type Policy,
  present,
  resourcePolicy,
  unmet,
} from '../core/policy.ts';
import { isDisposable, isProduction } from '../core/stage.ts';
import { statementsOf } from '../core/statements.ts';
import { recordOf, show } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';

/** The vault that an ARN or reference names. */
function vaultOf(plan: Resource, path: string): Resource | undefined {
  const referred = plan.target(path);
  if (referred?.type === 'AWS::Backup::BackupVault') return referred;
  const name = /:backup-vault:(.+)$/.exec(plan.text(path))?.[1];
  return plan.assembly
    .resources('AWS::Backup::BackupVault')
    .find((vault) => name !== undefined && vault.text('BackupVaultName') === name);
}

export const backupCopied: Policy = {
  id: 'backup-copied',
  description:
    'Every vault is filled by a plan, and each backup is kept no shorter or longer than the lock of its vault takes.',
  *check(assembly) {
    const filled = new Set<Resource>();
    for (const plan of assembly.resources('AWS::Backup::BackupPlan')) {
      const copies = plan
        .items('BackupPlan.BackupPlanRule')
        .map(({ path }) => plan.items(`${path}.CopyActions`).length);
      if (copies.some((count) => count > 0) && copies.includes(0)) {
        yield plan.fault('BackupPlan.BackupPlanRule', 'copies some backups and not others; copy all');
      }
      for (const { path: rule } of plan.items('BackupPlan.BackupPlanRule')) {
        const places = [
          { vault: `${rule}.TargetBackupVault`, days: `${rule}.Lifecycle.DeleteAfterDays` },
          ...plan.items(`${rule}.CopyActions`).map(({ path }) => ({
            vault: `${path}.DestinationBackupVaultArn`,
            days: `${path}.Lifecycle.DeleteAfterDays`,
          })),
        ];
        for (const place of places) {
          const vault = vaultOf(plan, place.vault);
          if (vault === undefined) {
            yield plan.fault(place.vault, `got ${plan.text(place.vault)}; use a vault of this deployment`);
            continue;
          }
          filled.add(vault);
          const days = plan.get(place.days);
          const least = numberOf(vault.get('LockConfiguration.MinRetentionDays'));
          const most = numberOf(vault.get('LockConfiguration.MaxRetentionDays') ?? Number.POSITIVE_INFINITY);
          if (!(numberOf(days) >= least && numberOf(days) <= most)) {
            yield plan.fault(place.days, `got ${show(days)}; the lock of the vault takes ${least} to ${most}`);
          }
        }
      }
    }
    for (const vault of assembly.resources('AWS::Backup::BackupVault').filter((item) => !filled.has(item))) {
      yield vault.fault('', 'no plan writes or copies to it; add the rule, or remove the vault');
    }
  },
};

/** Events that need attention. https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html */
const events = ['BACKUP_JOB_FAILED', 'BACKUP_JOB_EXPIRED'];

export const backupNotifies = resourcePolicy({
  id: 'backup-notifies',
  description: 'A vault that a plan writes to says when a backup failed.',
  types: ['AWS::Backup::BackupPlan'],
  *check(plan) {
    for (const { path } of plan.items('BackupPlan.BackupPlanRule')) {
      const vault = plan.target(`${path}.TargetBackupVault`);
      if (vault?.type !== 'AWS::Backup::BackupVault') continue;
      if (vault.target('Notifications.SNSTopicArn')?.type !== 'AWS::SNS::Topic') {
        yield vault.fault('Notifications.SNSTopicArn', 'notifies no topic of this deployment; add one');
      }
      const notified = vault.items('Notifications.BackupVaultEvents').map(({ value }) => value);
      for (const event of events.filter((name) => !notified.includes(name))) {
        yield vault.fault('Notifications.BackupVaultEvents', `lacks ${event}; add it`);
      }
    }
  },
});

/** Once a day or more often: every field after the hour is open. */
const daily = /^cron\(\S+ \S+ (\*|\?) \* (\*|\?) \*\)$|^rate\(([1-9]|1\d|2[0-4]) hours?\)$|^rate\(1 day\)$/;

export const backupPlan: Policy = {
  id: 'backup-plan',
  description: 'Every database is backed up daily into a locked vault, and kept as long as its stage demands.',
  *check(assembly) {
    if (isDisposable(assembly)) return;
    const plans = assembly.resources('AWS::Backup::BackupPlan');
    const selections = assembly.resources('AWS::Backup::BackupSelection');
    const least = isProduction(assembly) ? 35 : 7;
    for (const cluster of assembly.resources('AWS::RDS::DBCluster')) {
      const chosen = selections.filter((selection) =>
        selection.followAll(selection.get('BackupSelection.Resources')).includes(cluster),
      );
      if (chosen.length === 0) yield cluster.fault('', 'no AWS::Backup::BackupSelection names it; add one');
      for (const selection of chosen) {
        if (selection.target('BackupPlanId')?.type !== 'AWS::Backup::BackupPlan')
          yield selection.fault('BackupPlanId', 'refers to no plan');
        if (
          selection.get('BackupSelection.Conditions') !== undefined ||
          selection.get('BackupSelection.NotResources') !== undefined
        ) {
          yield selection.fault('BackupSelection', 'leaves resources out; name them alone');
        }
      }
    }
    for (const plan of plans) {
      const rules = plan.items('BackupPlan.BackupPlanRule');
      if (!rules.some(({ value }) => daily.test(String(recordOf(value).ScheduleExpression)))) {
        yield plan.fault('BackupPlan.BackupPlanRule', 'no rule runs daily; add one such as cron(0 5 ? * * *)');
      }
      for (const { path } of rules) {
        const days = plan.get(`${path}.Lifecycle.DeleteAfterDays`);
        if (days !== undefined && !(numberOf(days) >= least)) {
          yield plan.fault(`${path}.Lifecycle.DeleteAfterDays`, `got ${show(days)}; use ${least} or more`);
        }
        if (plan.target(`${path}.TargetBackupVault`)?.type !== 'AWS::Backup::BackupVault') {
          yield plan.fault(`${path}.TargetBackupVault`, 'refers to no vault of this deployment');
        }
      }
    }
  },
};

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
      // Without it an administrator of backups can lift the lock.
      if (isProduction(assembly)) yield* unmet(vault, { 'LockConfiguration.ChangeableForDays': present });
      // Three days are the least that AWS takes: within them the lock can still be lifted.
      if (vault.get('LockConfiguration.ChangeableForDays') !== undefined) {
        yield* unmet(vault, { 'LockConfiguration.ChangeableForDays': between(3, 30) });
      }
    }
    if (
      !isDisposable(assembly) &&
      assembly.resources('AWS::RDS::DBCluster').length > 0 &&
      assembly.resources('AWS::Backup::BackupVault').length === 0
    ) {
      for (const cluster of assembly.resources('AWS::RDS::DBCluster'))
        yield cluster.fault('', 'is in no backup vault; add a plan');
    }
  },
};

export const restoreTesting = ({ isOffered }: Profile): Policy => ({
  id: 'restore-testing',
  description: 'Restores are rehearsed by AWS Backup: a backup that was never restored is a hope.',
  *check(assembly) {
    const backupPlans = assembly.resources('AWS::Backup::BackupPlan');
    // Where CloudFormation does not have it, a person restores instead.
    const offered = ({ template: { region = '' } }: Resource) => isOffered('AWS::Backup::RestoreTestingPlan', region);
    if (!backupPlans.some(offered)) return;
    const plans = assembly.resources('AWS::Backup::RestoreTestingPlan');
    const selections = assembly.resources('AWS::Backup::RestoreTestingSelection');
    if (plans.length === 0) yield missing('no AWS::Backup::RestoreTestingPlan; add one');
    if (selections.length === 0) yield missing('no AWS::Backup::RestoreTestingSelection; add one');
    for (const plan of plans) {
      yield* unmet(plan, {
        ScheduleExpression: matches(
          /^(cron\(.+\)|rate\(([1-9]|[12]\d|3[01]) days?\))$/,
          'a schedule, at least monthly',
        ),
        'RecoveryPointSelection.IncludeVaults': present,
      });
    }
    for (const selection of selections)
      yield* unmet(selection, { IamRoleArn: present, ProtectedResourceType: equals('Aurora', 'RDS') });
  },
});
