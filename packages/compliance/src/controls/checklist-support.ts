import { type ControlFamily, testsOf } from '../control.ts';
import * as look from './selections.ts';

/** The seed's monitoring checklist, under Support & Maintenance. */
export const checklistSupport: ControlFamily = {
  title: 'Checklist of support and maintenance',
  source: 'Production Deployment Guide, Support & Maintenance, Monitoring Checklist',
  controls: [
    {
      id: 'Application logs collected',
      title: 'Support',
      how: 'One log group for the service and one for migrations, encrypted, masked and kept.',
      templates: [look.logGroupsEncrypted, look.logGroupsKept],
      policies: ['container-logs', 'log-group-masked', 'log-group-retention'],
      code: ['service/src/telemetry/log.ts'],
      tests: testsOf(
        'service/telemetry/log',
        'a log line is written to standard output at every level, and nothing to standard error',
      ),
      live: [{ sees: 'the newest lines', command: 'aws logs tail /healthcare-ai/STAGE/service --since 10m' }],
    },
    {
      id: 'Error rates monitored',
      title: 'Support',
      how: 'Alarms on 5xx of the load balancer and of the service, and on notes that are not taken.',
      templates: [
        look.alarmNotifies('edge-5xx'),
        look.alarmNotifies('target-5xx'),
        look.alarmNotifies('ingest-failures'),
      ],
      policies: ['alarm-can-fire'],
      code: ['lib/constructs/monitoring/service-alarms.ts', 'lib/constructs/service/deployment-alarms.ts'],
      tests: testsOf('lib/stacks/alarms', 'The alarm %s fires on %s', 'The alarm %s is quiet on %s'),
      live: [
        {
          sees: 'the state of the alarm',
          command: 'aws cloudwatch describe-alarms --alarm-names healthcare-ai-STAGE-target-5xx',
        },
      ],
    },
    {
      id: 'Response times tracked',
      title: 'Support',
      how: 'A histogram in the service, and an alarm on the slowest of a hundred requests.',
      templates: [look.alarmNotifies('latency-p99')],
      policies: ['alarm-can-fire'],
      code: ['service/src/telemetry/metrics.ts', 'lib/constructs/service/deployment-alarms.ts'],
      tests: testsOf(
        'service/telemetry/metrics',
        'a request is counted under its method, route and status, in the buckets of OpenTelemetry',
      ),
      live: [
        {
          sees: 'the state of the alarm',
          command: 'aws cloudwatch describe-alarms --alarm-names healthcare-ai-STAGE-latency-p99',
        },
      ],
    },
    {
      id: 'Resource usage monitored',
      title: 'Support',
      how: 'Alarms on processor, memory, connections, capacity and storage of tasks and database.',
      templates: [
        look.alarmNotifies('cpu'),
        look.alarmNotifies('memory'),
        look.alarmNotifies('database-capacity'),
        look.alarmNotifies('database-connections'),
        look.alarmNotifies('database-storage'),
      ],
      policies: ['alarms-complete'],
      code: ['lib/constructs/monitoring/database-alarms.ts'],
      tests: testsOf(
        'lib/stacks/monitoring',
        'The rest of the watch shows every alarm and every golden signal on one page',
      ),
      live: [{ sees: 'the dashboard', command: 'aws cloudwatch get-dashboard --dashboard-name healthcare-ai-STAGE' }],
    },
    {
      id: 'Security events logged',
      title: 'Support',
      how: 'Denials stand in the audit trail, changes of the account in CloudTrail, threats in GuardDuty, refused requests in the WAF’s log; each has its alarm.',
      templates: [
        look.threatsDetected,
        look.trailLogging,
        look.alarmNotifies('authentication-failures'),
        look.alarmNotifies('waf-blocks'),
        look.alarmNotifies('trail-unauthorized-calls'),
      ],
      policies: ['guardduty', 'trail', 'waf-logged'],
      code: [
        'service/src/audit/denial-counter.ts',
        'lib/constructs/monitoring/trail-alarms.ts',
        'lib/constructs/monitoring/event-alarms.ts',
      ],
      tests: [
        ...testsOf('service/identity/permissions', 'each denial is an event of its own, with who, what and where from'),
        ...testsOf('lib/stacks/monitoring', 'Events tell of threats of medium severity and above'),
      ],
      live: [{ sees: 'denials', command: 'Logs Insights: healthcare-ai-STAGE/denials' }],
    },
    {
      id: 'Audit trail preserved',
      title: 'Support',
      how: 'Tables that take additions only, a log group that refuses deletion, a bucket under Object Lock, six years in production.',
      templates: [look.auditLogProtected, look.auditLogSixYears, look.auditBucketLocked, look.auditBucketSixYears],
      policies: ['bucket-object-lock', 'audit-log-protected'],
      code: ['packages/audit-trail/src/verify/verifier.ts', 'lib/constructs/audit/audit-bucket.ts'],
      tests: [
        ...testsOf(
          'service/audit/retention/expire-audit',
          'expire-audit removes whole checkpoints that are past their time, and leaves a tombstone by which the rest verifies',
          'expire-audit refuses %s',
        ),
        ...testsOf('service/audit/trail-rights', 'the trail in the database refuses its owner "%s", by a trigger'),
        ...testsOf('lib/stacks/evidence', 'Log groups of the audit trail refuse deletion'),
      ],
      live: [
        {
          sees: 'that what was published is whole and signed',
          command: 'npm run ops -- audit verify --cloudwatch --stage STAGE',
        },
      ],
    },
  ],
};
