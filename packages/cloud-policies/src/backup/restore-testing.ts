import type { Policy } from '../core/finding.ts';
import { missing } from '../core/finding.ts';
import { equals, matches, present, unmet } from '../core/requirements.ts';

export const restoreTesting: Policy = {
  id: 'restore-testing',
  description: 'Restores are rehearsed by AWS Backup: a backup that was never restored is a hope.',
  *check(assembly) {
    if (assembly.resources('AWS::Backup::BackupPlan').length === 0) return;
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
};
