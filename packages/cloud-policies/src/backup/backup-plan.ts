import type { Policy } from '../core/finding.ts';
import { numberOf } from '../core/resource.ts';
import { isProduction } from '../core/stage.ts';
import { isRecord, show } from '../core/template.ts';

/** Once a day or more often: every field after the hour is open. */
const daily = /^cron\(\S+ \S+ (\*|\?) \* (\*|\?) \*\)$|^rate\(([1-9]|1\d|2[0-4]) hours?\)$|^rate\(1 day\)$/;

export const backupPlan: Policy = {
  id: 'backup-plan',
  description: 'Every database is backed up daily into a locked vault, and kept as long as its stage demands.',
  *check(assembly) {
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
      if (!rules.some(({ value }) => isRecord(value) && daily.test(String(value.ScheduleExpression)))) {
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
