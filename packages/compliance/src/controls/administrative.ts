import type { ControlFamily } from '../control.ts';

export const administrative: readonly ControlFamily[] = [
  {
    title: 'Administrative safeguards: security management',
    source: '45 CFR 164.308(a)(1), (a)(2), (a)(8) and (b)',
    controls: [
      {
        id: '164.308(a)(1)(ii)(A)',
        title: 'Risk analysis',
        demand: 'required',
        how: 'The architecture, the data flow and this matrix are material for it.',
        code: ['docs/compliance/system-architecture.md', 'docs/compliance/data-flow.md'],
        organisation: 'Analyse the risks of your use of the service, and keep the analysis.',
      },
      {
        id: '164.308(a)(1)(ii)(B)',
        title: 'Risk management',
        demand: 'required',
        how: 'No template is written that a gate refuses: four public packs, CloudFormation’s validation, and rules of our own, each shown to catch its fault.',
        policies: ['reviewed-type', 'reviewed-property', 'unconditional'],
        code: ['packages/cloud-policies/src/gates/run.ts', 'packages/cloud-policies/src/index.ts', 'docs/gates.md'],
        tested: true,
        live: [
          { sees: 'the gates over the templates', command: 'npm run synth -- STAGE && npm run gates -- cdk.out/STAGE' },
        ],
        organisation: 'Decide which risks are accepted, and by whom.',
      },
      {
        id: '164.308(a)(1)(ii)(C)',
        title: 'Sanction policy',
        demand: 'required',
        how: 'The trail names who did what.',
        organisation: 'Have a policy of sanctions, and apply it.',
      },
      {
        id: '164.308(a)(1)(ii)(D)',
        title: 'Information system activity review',
        demand: 'required',
        how: 'Saved queries for the questions of a review, an auditor’s role that can read and change nothing, and alarms on what cannot wait for one.',
        policies: ['alarms-complete'],
        code: ['lib/constructs/audit/saved-queries.ts', 'lib/constructs/audit/auditor-role.ts'],
        tested: true,
        live: [
          {
            sees: 'reads of each principal by day',
            command: 'Logs Insights: healthcare-ai-STAGE/reads-per-principal-and-day',
          },
        ],
        organisation: 'Review at the times of docs/compliance/calendar.md, and sign each review.',
      },
      {
        id: '164.308(a)(2)',
        title: 'Assigned security responsibility',
        demand: 'required',
        how: 'Blanks in docs/compliance/access-control.md.',
        organisation: 'Name the security official.',
      },
      {
        id: '164.308(a)(8)',
        title: 'Evaluation',
        demand: 'required',
        how: 'AWS Config evaluates the account all the time, the gates each change, and this matrix each build.',
        policies: ['config-recorder'],
        code: ['lib/stacks/account-stack.ts', 'packages/compliance/src/assess.ts'],
        tested: true,
        live: [
          {
            sees: 'rules that the account breaks',
            command: 'aws configservice describe-compliance-by-config-rule --compliance-types NON_COMPLIANT',
          },
        ],
        organisation: 'Evaluate periodically, and when operations or the environment change.',
      },
      {
        id: '164.308(b)(1)',
        title: 'Business associate contracts',
        demand: 'required',
        how: 'Nothing in this repository. docs/compliance/data-flow.md names everybody whom data reaches.',
        code: ['docs/compliance/data-flow.md'],
        organisation:
          'Sign agreements with AWS (AWS Artifact) and with everybody else whom data reaches: log and metric services, a model’s provider.',
      },
    ],
  },
  {
    title: 'Administrative safeguards: workforce and access',
    source: '45 CFR 164.308(a)(3) and (a)(4)',
    controls: [
      {
        id: '164.308(a)(3)(ii)(A)',
        title: 'Authorization and supervision',
        demand: 'addressable',
        how: 'Roles with least rights in the service and in AWS; an alarm reports changes made by hand.',
        policies: ['iam-reviewed-action', 'alarms-complete'],
        code: ['service/src/identity/roles.ts'],
        tested: true,
        live: [
          {
            sees: 'what people changed in the account',
            command: 'Logs Insights: healthcare-ai-STAGE/changes-by-people',
          },
        ],
        organisation: 'Say who supervises whom.',
      },
      {
        id: '164.308(a)(3)(ii)(B)',
        title: 'Workforce clearance procedure',
        demand: 'addressable',
        how: 'Nothing in this repository.',
        organisation: 'Check who is to be given access.',
      },
      {
        id: '164.308(a)(3)(ii)(C)',
        title: 'Termination procedures',
        demand: 'addressable',
        how: 'A key is revoked by one command and refused within five seconds; that it was revoked is an event.',
        code: ['service/src/commands/keys.ts'],
        tested: true,
        live: [{ sees: 'keys made and revoked', command: 'Logs Insights: healthcare-ai-STAGE/keys-made-and-revoked' }],
        organisation: 'Inform the operators on the day when a person leaves.',
      },
      {
        id: '164.308(a)(4)(ii)(A)',
        title: 'Isolating health care clearinghouse functions',
        demand: 'required',
        how: 'Nothing in this repository; tenants are apart from each other in the service.',
        organisation: 'Say whether a clearinghouse is part of the organisation.',
      },
      {
        id: '164.308(a)(4)(ii)(B)',
        title: 'Access authorization',
        demand: 'addressable',
        how: 'Access to notes is one of four roles of one tenant; making keys takes the owner’s right on the database, which the service does not have.',
        code: ['service/src/identity/roles.ts', 'service/src/commands/keys.ts'],
        tested: true,
        live: [{ sees: 'keys with their roles', command: 'npm run ops -- keys list --stage STAGE' }],
        organisation: 'Record who granted each access, and why (docs/compliance/access-control.md).',
      },
      {
        id: '164.308(a)(4)(ii)(C)',
        title: 'Access establishment and modification',
        demand: 'addressable',
        how: 'Making and revoking keys are events; a role is changed by a new key in place of the old one.',
        code: ['service/src/commands/keys.ts', 'service/src/audit/group-writer.ts'],
        tested: true,
        live: [{ sees: 'keys made and revoked', command: 'Logs Insights: healthcare-ai-STAGE/keys-made-and-revoked' }],
        organisation: 'Review the list each quarter.',
      },
    ],
  },
  {
    title: 'Administrative safeguards: awareness and incidents',
    source: '45 CFR 164.308(a)(5) and (a)(6)',
    controls: [
      {
        id: '164.308(a)(5)(ii)(A)',
        title: 'Security reminders',
        demand: 'addressable',
        how: 'Nothing in this repository.',
        organisation: 'Train and remind the people who work with the service.',
      },
      {
        id: '164.308(a)(5)(ii)(B)',
        title: 'Protection from malicious software',
        demand: 'addressable',
        how: 'Images are scanned when they are pushed and never overwritten; containers write nowhere, drop every capability and have no shell; GuardDuty watches the account; the WAF blocks known attacks.',
        policies: ['ecr-repository', 'container-hardening', 'container-image', 'guardduty', 'waf-managed-groups'],
        code: [
          'service/Dockerfile',
          'lib/constructs/tasks/hardened-container.ts',
          'lib/constructs/service/web-firewall.ts',
        ],
        tested: true,
        live: [
          {
            sees: 'findings in the image',
            command:
              'aws ecr describe-image-scan-findings --repository-name healthcare-ai-STAGE --image-id imageDigest=DIGEST',
          },
        ],
        organisation: 'Protect the workstations from which the service is used and operated.',
      },
      {
        id: '164.308(a)(5)(ii)(C)',
        title: 'Log-in monitoring',
        demand: 'addressable',
        how: 'Refused credentials are counted by address and reason in the trail, limited by address, and alarmed; so are sign-ins to the console that fail or lack a second factor.',
        policies: ['alarm-can-fire', 'alarm-notifies', 'alarms-complete'],
        code: ['service/src/audit/denial-counter.ts', 'lib/constructs/monitoring/trail-alarms.ts'],
        tested: true,
        live: [{ sees: 'refused credentials', command: 'Logs Insights: healthcare-ai-STAGE/denials' }],
      },
      {
        id: '164.308(a)(5)(ii)(D)',
        title: 'Password management',
        demand: 'addressable',
        how: 'No password is chosen by a person: keys are random and kept as hashes, the database’s owner has a secret that RDS makes and rotates, tasks log in by IAM.',
        policies: ['no-literal-secret', 'container-secrets', 'alarms-complete'],
        code: ['packages/contract/src/api-key.ts', 'lib/constructs/database/aurora.ts'],
        tested: true,
        live: [
          {
            sees: 'that RDS keeps the owner’s secret',
            command:
              'aws rds describe-db-clusters --db-cluster-identifier healthcare-ai-STAGE --query "DBClusters[].MasterUserSecret"',
          },
        ],
        organisation: 'Set the rules for passwords at your identity provider.',
      },
      {
        id: '164.308(a)(6)(ii)',
        title: 'Response and reporting of security incidents',
        demand: 'required',
        how: 'Every alarm notifies people and names a runbook; the incident plan has the deadlines for breach notification.',
        policies: ['alarm-notifies', 'topic-publishers', 'alarms-complete'],
        code: ['docs/compliance/incident-response.md', 'docs/runbooks/README.md'],
        tested: true,
        live: [
          {
            sees: 'alarms that sound',
            command: 'aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix healthcare-ai-STAGE',
          },
        ],
        organisation: 'Complete docs/compliance/incident-response.md with names, and practise it.',
      },
    ],
  },
  {
    title: 'Administrative safeguards: contingency plan',
    source: '45 CFR 164.308(a)(7)',
    controls: [
      {
        id: '164.308(a)(7)(ii)(A)',
        title: 'Data backup plan',
        demand: 'required',
        how: 'Aurora can be restored to any second of its backup window; AWS Backup takes a copy each day into a locked vault that refuses deletion, and in production another into a second region.',
        policies: ['backup-plan', 'backup-vault', 'backup-copied', 'backup-notifies'],
        code: ['lib/constructs/database/backups.ts', 'scripts/backup.sh', 'docs/deploy/backup.md'],
        tested: true,
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
        policies: ['retained', 'termination-protection', 'kms-data-key-regions'],
        code: [
          'docs/compliance/disaster-recovery.md',
          'lib/constructs/replica-key.ts',
          'docs/runbooks/database-restore.md',
          'docs/runbooks/region-lost.md',
          'scripts/restore.sh',
        ],
        tested: true,
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
        policies: ['two-zones'],
        code: ['docs/compliance/disaster-recovery.md'],
        tested: true,
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
        how: 'AWS Backup restores a copy each week, and a failed restore raises an alarm; npm run rehearse:containers restores a dump and a base backup with a real server.',
        policies: ['restore-testing'],
        code: ['rehearse/parts/backup.ts'],
        tested: true,
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
  },
];
