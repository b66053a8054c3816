import { type ControlFamily, testsOf } from '../control.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

/** 45 CFR 164.308(a)(5) and (a)(6): what is watched, and what follows. */
export const awarenessAndIncidents: ControlFamily = {
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
      templates: [
        look.imagesScanned,
        look.imagesImmutable,
        look.rootReadOnly,
        look.capabilitiesDropped,
        look.threatsDetected,
      ],
      policies: ['ecr-repository', 'container-hardening', 'container-image', 'guardduty', 'waf-managed-groups'],
      code: [
        'service/Dockerfile',
        'lib/constructs/tasks/hardened-container.ts',
        'lib/constructs/service/web-firewall.ts',
      ],
      tests: [
        ...testsOf(
          'lib/stacks/service',
          'Every container can write nowhere, has no capability, is not root, and is stopped later than it stops itself',
        ),
        ...testsOf(
          'lib/stacks/foundation',
          'The registry stack never overwrites an image, scans each, encrypts all and forgets old ones',
        ),
        ...testsOf('lib/stacks/monitoring', 'Events tell of threats of medium severity and above'),
      ],
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
      templates: [
        look.alarmNotifies('authentication-failures'),
        look.alarmNotifies('trail-sign-in-failures'),
        look.alarmNotifies('trail-sign-in-without-mfa'),
        look.alarmNotifies('trail-root-use'),
      ],
      policies: ['alarm-can-fire', 'alarm-notifies'],
      code: ['service/src/audit/denial-counter.ts', 'lib/constructs/monitoring/trail-alarms.ts'],
      tests: [
        ...testsOf(
          'service/identity/api-keys',
          'while the service runs refused credentials are counted by address and reason: one event stands for all of them',
        ),
        ...testsOf(
          'service/http/rate-limits',
          'failed authentications are limited by address, and lock no good key out',
        ),
        ...testsOf(
          'lib/stacks/alarms',
          'The alarm %s fires on %s',
          'The alarm $alarmed fires on each kind of record, as often as it takes',
        ),
      ],
      live: [{ sees: 'refused credentials', command: 'Logs Insights: healthcare-ai-STAGE/denials' }],
    },
    {
      id: '164.308(a)(5)(ii)(D)',
      title: 'Password management',
      demand: 'addressable',
      how: 'Nobody chooses a password: keys are random and kept as hashes, the database’s owner has a secret that RDS makes and rotates, tasks log in by IAM.',
      templates: [look.databaseManagedSecret, look.databaseIamLogin, look.alarmNotifies('trail-master-secret-read')],
      policies: ['no-literal-secret', 'container-secrets'],
      code: ['service/src/identity/api-key.ts', 'lib/constructs/database/aurora.ts'],
      tests: [
        ...testsOf('service/identity/api-keys', 'a key has a prefix to look for, an id, and 256 random bits'),
        ...testsOf(
          'lib/stacks/evidence',
          'The stage has no secret, no asset, no look-up and no Lambda in any template',
        ),
      ],
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
      how: 'Every alarm tells people and names a runbook; the incident plan has the times in which a breach must be told.',
      templates: [
        every('AWS::SNS::Subscription', 'Endpoint', {
          says: 'an address',
          holds: (value) => typeof value === 'string' && value.includes('@'),
        }),
        every(
          'AWS::CloudWatch::Alarm',
          'AlarmActions',
          {
            says: 'a reference to an AWS::SNS::Topic',
            holds: (value, resource) => resource.followAll(value).some(({ type }) => type === 'AWS::SNS::Topic'),
          },
          {
            where: {
              property: 'AlarmDescription',
              is: { says: 'a runbook’s name', holds: (value) => /Runbook: /.test(String(value)) },
            },
          },
        ),
      ],
      policies: ['alarm-notifies', 'topic-publishers'],
      code: ['docs/compliance/incident-response.md', 'docs/runbooks/README.md'],
      tests: [
        ...testsOf(
          'lib/stacks/alarms',
          'Every alarm has a case here, and every case an alarm',
          'Every alarm tells the topic when it fires and when it is over',
        ),
        ...testsOf(
          'lib/stacks/monitoring',
          'The topic is encrypted, refuses plain HTTP, admits the publishers of this account, and tells people',
        ),
      ],
      live: [
        {
          sees: 'alarms that sound',
          command: 'aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix healthcare-ai-STAGE',
        },
      ],
      organisation: 'Complete docs/compliance/incident-response.md with names, and practise it.',
    },
  ],
};
