import { type ControlFamily, testsOf } from '../control.ts';
import * as look from './selections.ts';

/** The seed's pre-deployment checklist: Compliance. */
export const checklistCompliance: ControlFamily = {
  title: 'Checklist before deployment: compliance',
  source: 'Production Deployment Guide, Pre-Deployment Checklist, Compliance',
  controls: [
    {
      id: 'HIPAA compliance review completed',
      title: 'Compliance',
      how: 'This matrix is material for the review. It is not one.',
      organisation: 'Have the review made, by somebody who did not build the service, and keep it.',
    },
    {
      id: 'Audit logging enabled',
      title: 'Compliance',
      how: 'Audit events in tables that take additions only; CloudTrail over every region.',
      templates: [look.trailLogging, look.trailEveryRegion, look.auditLogProtected],
      policies: ['trail', 'audit-log-protected'],
      code: ['service/src/audit/committer.ts', 'lib/constructs/audit/trail.ts'],
      tests: [
        ...testsOf(
          'service/http/search-audit',
          'audit events have who, what, whose, when, where from and their place in the chain, and no word of the patient',
        ),
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack records every region, validates its files, and who touches audit events',
        ),
      ],
      live: [
        {
          sees: 'that what was published is whole and signed',
          command: 'npm run ops -- audit verify --cloudwatch --stage STAGE',
        },
      ],
    },
    {
      id: 'Data encryption at rest and in transit',
      title: 'Compliance',
      how: 'Notes sealed by the service, everything stored under customer keys, TLS on every way.',
      templates: [
        look.databaseEncrypted,
        look.customerKeysRotate,
        look.logGroupsEncrypted,
        look.edgeTls,
        look.targetsTls,
        look.databaseForcesTls,
      ],
      policies: ['database-cluster', 'bucket-encrypted', 'log-group-encrypted', 'alb-listener-tls', 'database-tls'],
      code: ['service/src/crypto/envelope.ts', 'lib/constructs/customer-key.ts'],
      tests: [
        ...testsOf(
          'service/canary/canary',
          'with %s no byte of the database’s files and logs holds one, and the search would find it there',
        ),
        ...testsOf(
          'service/crypto/envelope',
          'a sealed note opens to exactly what was sealed, whatever well-formed text it was',
        ),
      ],
      live: [
        {
          sees: 'encryption of the database',
          command:
            'aws rds describe-db-clusters --db-cluster-identifier healthcare-ai-STAGE --query "DBClusters[].[StorageEncrypted,KmsKeyId]"',
        },
      ],
    },
    {
      id: 'Access controls documented',
      title: 'Compliance',
      how: 'docs/compliance/access-control.md: the roles of the service, of AWS and of the database, and who grants them.',
      code: ['docs/compliance/access-control.md', 'service/src/identity/roles.ts'],
      tests: [
        ...testsOf(
          'lib/docs/compliance',
          'docs/compliance/access-control.md has the rights of every role as the service has them',
        ),
        ...testsOf('service/identity/permissions', '%s: %s is answered with %d'),
      ],
      live: [{ sees: 'keys with their roles', command: 'npm run ops -- keys list --stage STAGE' }],
      organisation: 'Fill in who holds which role, and approve it.',
    },
    {
      id: 'Incident response plan ready',
      title: 'Compliance',
      how: 'docs/compliance/incident-response.md, and a runbook for every alarm that names one.',
      code: ['docs/compliance/incident-response.md', 'docs/runbooks/README.md'],
      tests: testsOf('lib/docs/runbooks', 'every runbook that an alarm names is there'),
      live: [
        {
          sees: 'alarms with their runbooks',
          command:
            'aws cloudwatch describe-alarms --alarm-name-prefix healthcare-ai-STAGE --query "MetricAlarms[].[AlarmName,AlarmDescription]"',
        },
      ],
      organisation: 'Fill in names and numbers, and practise it.',
    },
    {
      id: 'Business Associate Agreement (BAA) signed',
      title: 'Compliance',
      how: 'Nothing in this repository.',
      organisation:
        'Sign it with AWS in AWS Artifact, and with everybody else whom data reaches (docs/compliance/data-flow.md).',
    },
  ],
};
