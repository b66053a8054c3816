import { type ControlFamily, testsOf } from '../control.ts';
import { atLeast, matches } from '../template/expectation.ts';
import { those } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.316(b): documents, how long they are kept, who has them, and that they are current. */
export const documentationRequirements: ControlFamily = {
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
      tests: testsOf(
        'lib/docs/compliance',
        'the documents that the seed lists are all there, each with its blanks marked',
      ),
      organisation: 'Fill in the blanks, approve the documents, and keep them.',
    },
    {
      id: '164.316(b)(2)(i)',
      title: 'Time limit: six years',
      demand: 'required',
      how: 'The audit log group, CloudTrail’s log group and the locked audit bucket keep everything for six years in production; the configuration refuses less.',
      templates: [
        look.auditLogSixYears,
        those('AWS::Logs::LogGroup', ['LogGroupName', matches(/\/trail$/)], 'RetentionInDays', atLeast(2191, 'days'), {
          productionOnly: true,
        }),
        look.auditBucketSixYears,
        look.auditBucketCompliance,
      ],
      policies: ['bucket-object-lock', 'audit-log-protected', 'bucket-lifecycle'],
      code: ['lib/config/retention.ts', 'lib/config/cross-checks.ts'],
      tests: [
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack locks the audit bucket for six years: nobody can delete in prod, governance elsewhere',
        ),
        ...testsOf('service/audit/retention/expire-audit', 'expire-audit keeps to a retention that the owner set'),
        ...testsOf(
          'lib/config/load',
          'The configuration tells every fault at once, structural and cross-checked, of every stage',
        ),
      ],
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
      tests: testsOf('lib/docs/commands', 'every command that the documentation names exists'),
      organisation: 'Give the documents to those who need them, also while the service is down.',
    },
    {
      id: '164.316(b)(2)(iii)',
      title: 'Updates',
      demand: 'required',
      how: 'Tests hold the documents to the code: commands that they name exist, tables are what the code says, this matrix is made anew by each build.',
      code: ['docs/compliance/calendar.md', 'CHANGELOG.md'],
      tests: [
        ...testsOf('lib/docs/commands', 'every command that the documentation names exists'),
        ...testsOf(
          'lib/docs/compliance',
          'docs/compliance/controls-matrix.md lists every control of the evidence (else: node test/lib/docs/write-matrix.ts)',
        ),
        ...testsOf(
          'packages/cloud-policies/gates/reference',
          'docs/gates.md lists every policy (else: node test/packages/cloud-policies/gates/write-reference.ts)',
        ),
        ...testsOf(
          'lib/config/reference',
          'docs/configuration-aws.md is what the schema and the stages say: if not, run node bin/config-reference.ts',
        ),
      ],
      organisation: 'Review the documents each year and after each incident.',
    },
  ],
};
