import type { Policy } from '../core/finding.ts';
import { numberOf, type Resource } from '../core/resource.ts';
import { show } from '../core/template.ts';

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
