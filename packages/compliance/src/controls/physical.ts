import { type ControlFamily, testsOf } from '../control.ts';
import { atLeast } from '../template/expectation.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

const facility = 'AWS guards its data centres; its reports are in AWS Artifact. Guard your own offices.';

/** 45 CFR 164.310: buildings, workstations and media. */
export const physicalSafeguards: ControlFamily = {
  title: 'Physical safeguards',
  source: '45 CFR 164.310',
  controls: [
    {
      id: '164.310(a)(2)(i)',
      title: 'Facility access in a contingency',
      demand: 'addressable',
      how: 'The service is restored from anywhere: nobody has to enter a building.',
      organisation: facility,
    },
    {
      id: '164.310(a)(2)(ii)',
      title: 'Facility security plan',
      demand: 'addressable',
      how: 'Nothing in this repository.',
      organisation: facility,
    },
    {
      id: '164.310(a)(2)(iii)',
      title: 'Access control and validation procedures of facilities',
      demand: 'addressable',
      how: 'Nothing in this repository.',
      organisation: facility,
    },
    {
      id: '164.310(a)(2)(iv)',
      title: 'Maintenance records of facilities',
      demand: 'addressable',
      how: 'Nothing in this repository.',
      organisation: facility,
    },
    {
      id: '164.310(b)',
      title: 'Workstation use',
      demand: 'required',
      how: 'Nothing in this repository; the service keeps no note on a client.',
      organisation: 'Say which workstations may be used for what, and where they stand.',
    },
    {
      id: '164.310(c)',
      title: 'Workstation security',
      demand: 'required',
      how: 'Nothing in this repository.',
      organisation: 'Restrict who can reach the workstations.',
    },
    {
      id: '164.310(d)(2)(i)',
      title: 'Disposal of media',
      demand: 'required',
      how: 'Nothing is stored that is not encrypted; who schedules the deletion of a key makes its data unreadable after thirty days, and is told on by an alarm. Tasks write nowhere.',
      templates: [
        look.databaseEncrypted,
        every('AWS::KMS::Key', 'PendingWindowInDays', atLeast(30, 'days')),
        look.rootReadOnly,
        look.alarmNotifies('trail-key-deletion'),
      ],
      policies: ['kms-deletion-window', 'database-cluster', 'bucket-encrypted'],
      code: ['lib/constructs/customer-key.ts'],
      tests: testsOf(
        'lib/stacks/evidence',
        'Keys are customer managed, one for each class of data, rotated each year and kept',
      ),
      live: [
        {
          sees: 'keys that are about to be deleted',
          command:
            'aws kms describe-key --key-id alias/healthcare-ai-STAGE/data --query "KeyMetadata.[KeyState,DeletionDate]"',
        },
      ],
      organisation:
        'AWS destroys its media as NIST 800-88 says (AWS Artifact). Dispose of exports and backups that you took out.',
    },
    {
      id: '164.310(d)(2)(ii)',
      title: 'Media re-use',
      demand: 'required',
      how: 'Storage that AWS gives to somebody else holds ciphertext under a key of this account.',
      templates: [look.databaseKey, look.customerKeysRotate],
      policies: ['database-cluster'],
      code: ['lib/constructs/database/aurora.ts'],
      tests: testsOf(
        'service/canary/canary',
        'with %s no byte of the database’s files and logs holds one, and the search would find it there',
      ),
      live: [
        {
          sees: 'the key of the database',
          command:
            'aws rds describe-db-clusters --db-cluster-identifier healthcare-ai-STAGE --query "DBClusters[].KmsKeyId"',
        },
      ],
      organisation: 'Wipe your own media before they are used again.',
    },
    {
      id: '164.310(d)(2)(iii)',
      title: 'Accountability for media',
      demand: 'addressable',
      how: 'AWS Config records every resource and each change of it.',
      templates: [look.configurationRecorded],
      policies: ['config-recorder'],
      code: ['lib/stacks/account-stack.ts'],
      tests: testsOf(
        'lib/stacks/evidence',
        'The account stack detects threats and records the configuration, once for an account',
      ),
      live: [
        {
          sees: 'every bucket and database that is recorded',
          command: 'aws configservice list-discovered-resources --resource-type AWS::RDS::DBCluster',
        },
      ],
      organisation: 'Keep a record of media and of who has them.',
    },
    {
      id: '164.310(d)(2)(iv)',
      title: 'Data backup and storage before equipment is moved',
      demand: 'addressable',
      how: 'Backups do not depend on equipment: they lie in a vault of their own, and in production in another region too.',
      templates: [look.backedUpDaily, look.backupsCopied],
      policies: ['backup-plan', 'backup-copied'],
      code: ['lib/constructs/database/backups.ts'],
      tests: testsOf(
        'lib/stacks/foundation',
        'The database stack is backed up into a locked vault, copied to another region, and restored each week to prove it',
      ),
      live: [
        {
          sees: 'the newest backups',
          command: 'aws backup list-recovery-points-by-backup-vault --backup-vault-name VAULT',
        },
      ],
    },
  ],
};
