import { type ControlFamily, testsOf } from '../control.ts';
import { atLeast, has, is } from '../template/expectation.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.308(a)(7): what happens when something is lost. */
export const contingencyPlan: ControlFamily = {
  title: 'Administrative safeguards: contingency plan',
  source: '45 CFR 164.308(a)(7)',
  controls: [
    {
      id: '164.308(a)(7)(ii)(A)',
      title: 'Data backup plan',
      demand: 'required',
      how: 'Aurora can be restored to any second of its backup window; AWS Backup takes a copy each day into a locked vault from which nobody may delete, and in production another into a second region.',
      templates: [
        every('AWS::RDS::DBCluster', 'BackupRetentionPeriod', atLeast(7, 'days')),
        look.backedUpDaily,
        look.vaultsLocked,
        look.backupsCopied,
        every(
          'AWS::Backup::BackupVault',
          'AccessPolicy.Statement',
          has({ Effect: 'Deny', Action: 'backup:DeleteRecoveryPoint' }),
        ),
      ],
      policies: ['backup-plan', 'backup-vault', 'backup-copied', 'backup-notifies'],
      code: ['lib/constructs/database/backups.ts', 'scripts/backup.sh', 'docs/deploy/backup.md'],
      tests: testsOf(
        'lib/stacks/foundation',
        'The database stack is backed up into a locked vault, copied to another region, and restored each week to prove it',
      ),
      live: [
        { sees: 'the backups, judged by the plan', command: 'npm run ops -- backup list --stage STAGE' },
        {
          sees: 'to which second the cluster can be restored',
          command:
            'aws rds describe-db-clusters --db-cluster-identifier healthcare-ai-STAGE --query "DBClusters[].[EarliestRestorableTime,LatestRestorableTime]"',
        },
      ],
    },
    {
      id: '164.308(a)(7)(ii)(B)',
      title: 'Disaster recovery plan',
      demand: 'required',
      how: 'docs/compliance/disaster-recovery.md says what is restored from where, in which order and in which time; the runbooks have the commands.',
      templates: [look.databaseProtected, look.backupsCopied],
      policies: ['retained', 'termination-protection', 'kms-data-key-regions'],
      code: [
        'docs/compliance/disaster-recovery.md',
        'lib/constructs/replica-key.ts',
        'docs/runbooks/database-restore.md',
        'docs/runbooks/region-lost.md',
        'scripts/restore.sh',
      ],
      tests: [
        ...testsOf(
          'lib/stacks/evidence',
          'The stage has its stacks, and keeps those that hold data from being deleted',
          'Keys that open notes are multi-Region in every stage, and in production there is a replica beside the copied backups',
        ),
        ...testsOf(
          'service/crypto/key-wrapper',
          'AWS KMS after its region was lost the replica in another region opens what the lost one wrapped, and the lost one is not asked',
        ),
      ],
      live: [
        {
          sees: 'copies in the second region',
          command:
            'aws backup list-recovery-points-by-backup-vault --backup-vault-name healthcare-ai-STAGE-copy --region COPY_REGION',
        },
      ],
      organisation: 'Agree on the times in which the service must be back, and name who decides.',
    },
    {
      id: '164.308(a)(7)(ii)(C)',
      title: 'Emergency mode operation plan',
      demand: 'required',
      how: 'While the database is away the service answers 503 and loses nothing that it acknowledged; a failed zone leaves tasks and a database in another.',
      templates: [
        every('AWS::ECS::Service', 'AvailabilityZoneRebalancing', is('ENABLED')),
        every('AWS::ApplicationAutoScaling::ScalableTarget', 'MinCapacity', atLeast(2, 'tasks'), {
          productionOnly: true,
        }),
        every('AWS::RDS::DBInstance', 'Engine', is('aurora-postgresql'), { least: 2, productionOnly: true }),
      ],
      policies: ['two-zones'],
      code: ['docs/compliance/disaster-recovery.md'],
      tests: testsOf(
        'service/durability/database-restart',
        'a database that restarts under load requests are answered 503 with Retry-After, and with nothing else but success',
        'a database that restarts under load nothing that was acknowledged is lost, and nothing that was sent again is stored twice',
      ),
      live: [
        {
          sees: 'tasks and their zones',
          command:
            'aws ecs describe-tasks --cluster healthcare-ai-STAGE --tasks TASK_ARNS --query "tasks[].[availabilityZone,healthStatus]"',
        },
      ],
      organisation: 'Say how clinicians work while notes cannot be read.',
    },
    {
      id: '164.308(a)(7)(ii)(D)',
      title: 'Testing and revision procedures',
      demand: 'addressable',
      how: 'AWS Backup restores a copy each week, and a failed restore is told; npm run rehearse:containers restores a dump and a base backup with a real server.',
      templates: [
        look.restoresTested,
        every('AWS::Backup::BackupVault', 'Notifications.BackupVaultEvents', has('RESTORE_JOB_COMPLETED'), {
          where: { property: 'Notifications', is: { says: 'there', holds: (value) => value !== undefined } },
        }),
      ],
      policies: ['restore-testing'],
      code: ['rehearse/parts/backup.ts'],
      tests: testsOf(
        'lib/stacks/foundation',
        'The database stack is backed up into a locked vault, copied to another region, and restored each week to prove it',
      ),
      live: [
        {
          sees: 'the restores that were tried',
          command: 'aws backup list-restore-jobs --by-resource-type Aurora --by-status COMPLETED',
        },
      ],
      organisation: 'Practise the runbooks, and keep the records.',
    },
    {
      id: '164.308(a)(7)(ii)(E)',
      title: 'Applications and data criticality analysis',
      demand: 'addressable',
      how: 'docs/compliance/disaster-recovery.md lists what is kept where, and what is lost with it.',
      code: ['docs/compliance/disaster-recovery.md'],
      organisation: 'Rank the service among your other systems.',
    },
  ],
};
