import type { ControlFamily } from '../control.ts';

export const physicalAndDocumentation: readonly ControlFamily[] = [
  {
    title: 'Physical safeguards',
    source: '45 CFR 164.310',
    controls: [
      {
        id: '164.310(a)(2)(i)',
        title: 'Facility access in a contingency',
        demand: 'addressable',
        how: 'The service can be restored from anywhere, without access to a building.',
        organisation: 'AWS guards its data centres; its reports are in AWS Artifact. Guard your own offices.',
      },
      {
        id: '164.310(a)(2)(ii)',
        title: 'Facility security plan',
        demand: 'addressable',
        how: 'Nothing in this repository.',
        organisation: 'AWS guards its data centres; its reports are in AWS Artifact. Guard your own offices.',
      },
      {
        id: '164.310(a)(2)(iii)',
        title: 'Access control and validation procedures of facilities',
        demand: 'addressable',
        how: 'Nothing in this repository.',
        organisation: 'AWS guards its data centres; its reports are in AWS Artifact. Guard your own offices.',
      },
      {
        id: '164.310(a)(2)(iv)',
        title: 'Maintenance records of facilities',
        demand: 'addressable',
        how: 'Nothing in this repository.',
        organisation: 'AWS guards its data centres; its reports are in AWS Artifact. Guard your own offices.',
      },
      {
        id: '164.310(b)',
        title: 'Workstation use',
        demand: 'required',
        how: 'Nothing in this repository; the service keeps no note on a client.',
        organisation: 'Say which workstations may be used for what, and where they are.',
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
        how: 'Nothing is stored that is not encrypted; scheduling a key for deletion raises an alarm; its data becomes unreadable after 30 days. Tasks cannot write to disk.',
        policies: ['kms-deletion-window', 'database-cluster', 'bucket-encrypted', 'alarms-complete'],
        code: ['lib/constructs/customer-key.ts'],
        tested: true,
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
        how: 'Storage that AWS reuses holds ciphertext under a key of this account.',
        policies: ['database-cluster'],
        code: ['lib/constructs/database/aurora.ts'],
        tested: true,
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
        policies: ['config-recorder'],
        code: ['lib/stacks/account-stack.ts'],
        tested: true,
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
        policies: ['backup-plan', 'backup-copied'],
        code: ['lib/constructs/database/backups.ts'],
        tested: true,
        live: [
          {
            sees: 'the newest backups',
            command: 'aws backup list-recovery-points-by-backup-vault --backup-vault-name VAULT',
          },
        ],
      },
    ],
  },
  {
    title: 'Documentation',
    source: '45 CFR 164.316(b)',
    controls: [
      {
        id: '164.316(b)(1)',
        title: 'Documentation of policies, procedures and actions',
        demand: 'required',
        how: 'docs/compliance has the documents that the seed asks for, with blanks for what only the organisation knows; the runbooks have what is done.',
        code: [
          'docs/compliance/system-architecture.md',
          'docs/compliance/data-flow.md',
          'docs/compliance/controls-matrix.md',
          'docs/compliance/incident-response.md',
          'docs/compliance/disaster-recovery.md',
          'docs/compliance/change-management.md',
          'docs/compliance/access-control.md',
          'docs/compliance/calendar.md',
          'docs/runbooks/README.md',
        ],
        tested: true,
        organisation: 'Fill in the blanks, approve the documents, and keep them.',
      },
      {
        id: '164.316(b)(2)(i)',
        title: 'Time limit: six years',
        demand: 'required',
        how: 'The audit log group, CloudTrail’s log group and the locked audit bucket keep everything for six years in production; the configuration refuses less.',
        policies: ['bucket-object-lock', 'audit-log-protected', 'bucket-lifecycle'],
        code: ['lib/config/sections/retention.ts', 'lib/config/cross-checks.ts'],
        tested: true,
        live: [
          {
            sees: 'the retention of the log groups',
            command:
              'aws logs describe-log-groups --log-group-name-prefix /healthcare-ai/STAGE/ --query "logGroups[].[logGroupName,retentionInDays]"',
          },
        ],
        organisation: 'Keep policies and records of actions for six years from when they were last in effect.',
      },
      {
        id: '164.316(b)(2)(ii)',
        title: 'Availability of the documentation',
        demand: 'required',
        how: 'The documents lie with the code, in version control, where everybody who operates the service has them.',
        code: ['docs/compliance/README.md', 'docs/runbooks/README.md'],
        tested: true,
        organisation: 'Give the documents to those who need them, also while the service is down.',
      },
      {
        id: '164.316(b)(2)(iii)',
        title: 'Updates',
        demand: 'required',
        how: 'Tests compare the documents with the code: commands that they name exist, tables match the code, and this matrix is generated.',
        code: ['docs/compliance/calendar.md', 'CHANGELOG.md'],
        tested: true,
        organisation: 'Review the documents each year and after each incident.',
      },
    ],
  },
];
