import { type ControlFamily, testsOf } from '../control.ts';
import { atLeast } from '../template/expectation.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.308(a)(1), (a)(2), (a)(8) and (b): risks, responsibility, evaluation, contracts. */
export const securityManagement: ControlFamily = {
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
      tests: [
        ...testsOf('packages/cloud-policies/gates/command', 'every gate is content with %s'),
        ...testsOf(
          'packages/cloud-policies/gates/mutations',
          '%s $fault -> $caughtBy',
          'every policy catches a fault, or judges what production does not have',
        ),
        ...testsOf(
          'packages/cloud-policies/gates/acknowledgements',
          '%s every acknowledgement was reviewed, and says why',
        ),
      ],
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
      templates: [
        look.savedQuery('denials'),
        look.savedQuery('reads-per-principal-and-day'),
        look.savedQuery('changes-by-people'),
        look.savedQuery('use-of-the-keys'),
        look.savedQuery('denied-access'),
        look.alarmNotifies('audit-denied-burst'),
        look.alarmNotifies('trail-unauthorized-calls'),
      ],
      code: ['lib/constructs/audit/saved-queries.ts', 'lib/constructs/audit/auditor-role.ts'],
      tests: [
        ...testsOf(
          'lib/stacks/evidence',
          'The audit stack gives the auditor the evidence, with a second factor, and nothing that changes anything',
        ),
        ...testsOf(
          'service/audit/saved-queries',
          'the saved query %s reads fields that events have which the service wrote',
        ),
        ...testsOf('lib/stacks/alarms', 'The alarm $alarmed fires on each kind of record, as often as it takes'),
      ],
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
      templates: [
        look.configurationRecorded,
        every(
          'AWS::Config::ConfigRule',
          'Source.SourceIdentifier',
          { says: 'a rule that AWS keeps', holds: (value) => typeof value === 'string' && /^[A-Z0-9_]+$/.test(value) },
          { least: 10 },
        ),
        every('AWS::Backup::RestoreTestingPlan', 'RecoveryPointSelection.SelectionWindowDays', atLeast(1, 'day')),
      ],
      policies: ['config-recorder'],
      code: ['lib/stacks/account-stack.ts', 'packages/compliance/src/assess.ts'],
      tests: testsOf(
        'lib/stacks/evidence',
        'The account stack detects threats and records the configuration, once for an account',
      ),
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
};
