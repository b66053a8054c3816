import type { ControlFamily } from '../control.ts';

export const checklist: readonly ControlFamily[] = [
  {
    title: 'Checklist before deployment: security',
    source: 'Production Deployment Guide, Pre-Deployment Checklist, Security',
    controls: [
      {
        id: 'HTTPS/TLS configured',
        how: 'The load balancer speaks TLS 1.2 and 1.3 and redirects port 80; tasks and database speak TLS too. nginx does the same outside of AWS.',
        policies: ['alb-listener-tls', 'alb-listener-redirect', 'target-group', 'database-tls'],
        code: ['lib/constructs/service/edge-load-balancer.ts', 'deploy/compose/nginx.conf'],
        see: ['164.312(e)(1)'],
        tested: true,
        live: [
          {
            sees: 'the protocol and cipher that are agreed',
            command: 'openssl s_client -connect DOMAIN:443 -brief </dev/null',
          },
        ],
      },
      {
        id: 'API authentication implemented',
        how: 'API keys and OIDC tokens; no route of a patient’s data without one.',
        code: ['service/src/identity/authenticator.ts', 'service/src/http/pipeline.ts'],
        see: ['164.312(a)(1)', '164.312(d)'],
        tested: true,
        live: [{ sees: '401 without a key', command: 'curl -si https://DOMAIN/ingest -X POST | head -1' }],
      },
      {
        id: 'CORS properly configured',
        how: 'No page may read an answer unless its origin is in CORS_ORIGINS; never with credentials.',
        code: ['service/src/config/settings/values.ts', 'service/src/http/pipeline.ts'],
        tested: true,
        live: [
          {
            sees: 'no Access-Control-Allow-Origin for a stranger',
            command: 'curl -si https://DOMAIN/health -H "Origin: https://evil.example"',
          },
        ],
      },
      {
        id: 'Secrets in environment variables (not code)',
        how: 'Secrets come from Secrets Manager, IAM or files; no template, image or repository holds one.',
        policies: ['no-literal-secret', 'container-secrets', 'container-environment'],
        code: ['service/src/config/read.ts', '.env.example', '.gitignore'],
        see: ['164.308(a)(5)(ii)(D)'],
        tested: true,
        live: [
          {
            sees: 'variables and secrets of the running task',
            command:
              'aws ecs describe-task-definition --task-definition healthcare-ai-STAGE-service --query "taskDefinition.containerDefinitions[].[environment,secrets]"',
          },
        ],
      },
      {
        id: 'Rate limiting enabled',
        how: 'The WAF limits an address, the service a principal; failed log-ins are limited by address.',
        policies: ['waf-rate-limit'],
        code: ['service/src/http/rate-limiter.ts', 'lib/constructs/service/web-firewall.ts'],
        see: ['164.308(a)(5)(ii)(C)'],
        tested: true,
        live: [{ sees: 'the rules of the WAF', command: 'aws wafv2 list-web-acls --scope REGIONAL' }],
      },
      {
        id: 'Input sanitization verified',
        how: 'Every body is validated, none is echoed in an error, and text is kept as it was sent: what is shown is the client’s to escape. Statements to the database have parameters. The WAF refuses attacks.',
        policies: ['waf-managed-groups', 'waf-exceptions'],
        code: [
          'service/src/http/read-json.ts',
          'service/src/http/schemas/notes.ts',
          'packages/contract/src/waf-exceptions.ts',
        ],
        tested: true,
        live: [{ sees: 'what the WAF blocked', command: 'aws logs tail aws-waf-logs-healthcare-ai-STAGE --since 1d' }],
      },
      {
        id: 'Security headers configured',
        how: 'helmet’s headers on every answer, with a policy that allows nothing inline.',
        code: ['service/src/http/security-headers.ts', 'deploy/compose/nginx.conf'],
        see: ['164.312(e)(2)(ii)'],
        tested: true,
        live: [{ sees: 'the headers', command: 'curl -sI https://DOMAIN/health' }],
      },
    ],
  },
  {
    title: 'Checklist before deployment: compliance',
    source: 'Production Deployment Guide, Pre-Deployment Checklist, Compliance',
    controls: [
      {
        id: 'HIPAA compliance review completed',
        how: 'This matrix is material for the review. It is not one.',
        organisation: 'Have the review made, by a person who did not build the service, and keep it.',
      },
      {
        id: 'Audit logging enabled',
        how: 'Audit events in append-only tables; CloudTrail over every region.',
        policies: ['trail', 'audit-log-protected'],
        code: ['service/src/audit/committer.ts', 'lib/constructs/audit/trail.ts'],
        see: ['164.312(b)'],
        live: [
          {
            sees: 'that what was published is whole and signed',
            command: 'npm run ops -- audit verify --cloudwatch --stage STAGE',
          },
        ],
      },
      {
        id: 'Data encryption at rest and in transit',
        how: 'Notes sealed by the service, everything stored under customer keys, TLS on every way.',
        policies: ['database-cluster', 'bucket-encrypted', 'log-group-encrypted', 'alb-listener-tls', 'database-tls'],
        code: ['service/src/crypto/envelope.ts', 'lib/constructs/customer-key.ts'],
        see: ['164.312(a)(2)(iv)'],
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
        how: 'docs/compliance/access-control.md: the roles of the service, of AWS and of the database, and who grants them.',
        code: ['docs/compliance/access-control.md', 'service/src/identity/roles.ts'],
        see: ['164.312(a)(1)'],
        tested: true,
        live: [{ sees: 'keys with their roles', command: 'npm run ops -- keys list --stage STAGE' }],
        organisation: 'Fill in who holds which role, and approve it.',
      },
      {
        id: 'Incident response plan ready',
        how: 'docs/compliance/incident-response.md, and a runbook for every alarm that names one.',
        code: ['docs/compliance/incident-response.md', 'docs/runbooks/README.md'],
        tested: true,
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
        how: 'Nothing in this repository.',
        organisation:
          'Sign it with AWS in AWS Artifact, and with everybody else whom data reaches (docs/compliance/data-flow.md).',
      },
    ],
  },
  {
    title: 'Checklist before deployment: monitoring',
    source: 'Production Deployment Guide, Pre-Deployment Checklist, Monitoring',
    controls: [
      {
        id: 'Logging aggregation configured',
        how: 'Tasks write JSON lines to CloudWatch Logs, without patient data; load balancer, WAF, database, network and account log as well.',
        policies: ['container-logs', 'waf-logged', 'vpc-flow-logs'],
        code: ['service/src/telemetry/log.ts', 'lib/constructs/encrypted-log-group.ts'],
        tested: true,
        live: [{ sees: 'the newest lines', command: 'aws logs tail /healthcare-ai/STAGE/service --since 10m' }],
      },
      {
        id: 'Metrics collection enabled',
        how: 'CloudWatch by embedded metric format, Prometheus on a port of its own, Datadog where it is configured.',
        policies: ['alarm-metric-exists'],
        code: ['service/src/telemetry/metrics.ts', 'service/src/telemetry/emf.ts', 'docs/metrics.md'],
        tested: true,
        live: [{ sees: 'the metrics of the service', command: 'aws cloudwatch list-metrics --namespace HealthcareAI' }],
      },
      {
        id: 'Alerting rules defined',
        how: 'A test fires each alarm, and each notifies people.',
        policies: ['alarm-can-fire', 'alarm-notifies', 'alarms-complete', 'alarm-missing-data', 'events-complete'],
        code: ['lib/constructs/monitoring/service-alarms.ts', 'deploy/monitoring/alerts.yml'],
        see: ['164.308(a)(6)(ii)', '164.308(a)(5)(ii)(C)'],
        tested: true,
        live: [
          {
            sees: 'every alarm and its state',
            command:
              'aws cloudwatch describe-alarms --alarm-name-prefix healthcare-ai-STAGE --query "MetricAlarms[].[AlarmName,StateValue]"',
          },
        ],
      },
      {
        id: 'Health checks configured',
        how: 'The load balancer and ECS ask /health, which touches no dependency; orchestrators that only withhold traffic ask /health/ready.',
        policies: ['target-group'],
        code: ['service/src/http/routes/health.ts', 'service/src/commands/healthcheck.ts'],
        tested: true,
        live: [
          {
            sees: 'the health of every target',
            command: 'aws elbv2 describe-target-health --target-group-arn TARGET_GROUP_ARN',
          },
        ],
      },
      {
        id: 'Uptime monitoring active',
        how: 'A canary calls the API from outside of the VPC and looks at its certificate; its alarm counts in the same steps.',
        policies: ['canary', 'alarms-complete'],
        code: ['lib/constructs/monitoring/uptime-canary.ts'],
        tested: true,
        live: [
          {
            sees: 'the last runs of the canary',
            command: 'aws synthetics get-canary-runs --name healthcare-ai-STAGE-up',
          },
        ],
      },
      {
        id: 'Performance baseline established',
        how: 'npm run bench measures the ingest path against servers that do the same work, in one run; the dashboard shows latency and its alarm has a limit.',
        policies: ['alarms-complete'],
        code: ['bench/ingest/run.ts', 'docs/metrics.md'],
        tested: true,
        live: [
          {
            sees: 'the latency of the last day',
            command: 'aws cloudwatch get-dashboard --dashboard-name healthcare-ai-STAGE',
          },
        ],
        organisation: 'Run npm run bench against your stage, and write down what is normal for it.',
      },
    ],
  },
  {
    title: 'Checklist before deployment: testing',
    source: 'Production Deployment Guide, Pre-Deployment Checklist, Testing',
    controls: [
      {
        id: 'All tests passing',
        how: 'The results of the last run of the whole suite, as jest reported them.',
        code: ['.ci/run', 'jest.config.js'],
        wholeSuite: true,
      },
      {
        id: 'Load testing completed',
        how: 'The service is put under load by tests that kill it, restart its database and replace its processes, and by npm run bench.',
        code: ['bench/ingest/run.ts', 'test/service/support/load.ts'],
        tested: true,
        live: [{ sees: 'throughput and latency beside servers that do the same work', command: 'npm run bench' }],
        organisation: 'Load the stage that you deployed with the traffic that you expect.',
      },
      {
        id: 'Security scanning done',
        how: 'Images are scanned when they are pushed; every template passes cdk-nag’s HIPAA, NIST, PCI and AWS packs and our own rules; hostile requests are part of the suite.',
        policies: ['ecr-repository'],
        code: ['packages/cloud-policies/src/gates/nag.ts', 'docs/gates.md'],
        see: ['164.308(a)(1)(ii)(B)'],
        tested: true,
        live: [
          {
            sees: 'findings in the image',
            command:
              'aws ecr describe-image-scan-findings --repository-name healthcare-ai-STAGE --image-id imageDigest=DIGEST',
          },
        ],
        organisation: 'Have the deployed stage tested from outside.',
      },
      {
        id: 'Disaster recovery tested',
        how: 'AWS Backup restores a copy each week. Crashes of process and database are part of the suite; the restore of a dump and of a whole server is rehearsed.',
        policies: ['restore-testing'],
        code: ['rehearse/parts/backup.ts', 'docs/runbooks/database-restore.md', 'docs/runbooks/region-lost.md'],
        tested: true,
        live: [
          { sees: 'the restores that were tried', command: 'aws backup list-restore-jobs --by-resource-type Aurora' },
        ],
        organisation: 'Practise the loss of the region with your own account, and keep the record.',
      },
      {
        id: 'Backup procedures verified',
        how: 'scripts/backup.sh and restore.sh are run against a real server: every note decrypts, every chain checks.',
        policies: ['backup-plan', 'backup-vault'],
        code: ['scripts/backup.sh', 'scripts/restore.sh', 'rehearse/parts/backup.ts'],
        tested: true,
        live: [
          { sees: 'the backup and its restore, with a real server', command: 'npm run rehearse:containers -- backup' },
        ],
      },
    ],
  },
  {
    title: 'Checklist of support and maintenance',
    source: 'Production Deployment Guide, Support & Maintenance, Monitoring Checklist',
    controls: [
      {
        id: 'Application logs collected',
        how: 'One log group for the service and one for migrations, encrypted, masked and kept.',
        policies: ['container-logs', 'log-group-masked', 'log-group-retention'],
        code: ['service/src/telemetry/log.ts'],
        tested: true,
        live: [{ sees: 'the newest lines', command: 'aws logs tail /healthcare-ai/STAGE/service --since 10m' }],
      },
      {
        id: 'Error rates monitored',
        how: 'Alarms on 5xx of the load balancer and of the service, and on rejected notes.',
        policies: ['alarm-can-fire', 'alarms-complete'],
        code: ['lib/constructs/monitoring/service-alarms.ts', 'lib/constructs/service/deployment-alarms.ts'],
        see: ['164.308(a)(5)(ii)(C)'],
        tested: true,
        live: [
          {
            sees: 'the state of the alarm',
            command: 'aws cloudwatch describe-alarms --alarm-names healthcare-ai-STAGE-target-5xx',
          },
        ],
      },
      {
        id: 'Response times tracked',
        how: 'A histogram in the service, and an alarm on the slowest of a hundred requests.',
        policies: ['alarm-can-fire', 'alarms-complete'],
        code: ['service/src/telemetry/metrics.ts', 'lib/constructs/service/deployment-alarms.ts'],
        tested: true,
        live: [
          {
            sees: 'the state of the alarm',
            command: 'aws cloudwatch describe-alarms --alarm-names healthcare-ai-STAGE-latency-p99',
          },
        ],
      },
      {
        id: 'Resource usage monitored',
        how: 'Alarms on processor, memory, connections, capacity and storage of tasks and database.',
        policies: ['alarms-complete'],
        code: ['lib/constructs/monitoring/database-alarms.ts'],
        tested: true,
        live: [{ sees: 'the dashboard', command: 'aws cloudwatch get-dashboard --dashboard-name healthcare-ai-STAGE' }],
      },
      {
        id: 'Security events logged',
        how: 'Denials are in the audit trail, changes of the account in CloudTrail, threats in GuardDuty, refused requests in the WAF’s log; each has its alarm.',
        policies: ['guardduty', 'trail', 'waf-logged', 'alarms-complete'],
        code: [
          'service/src/audit/denial-counter.ts',
          'lib/constructs/monitoring/trail-alarms.ts',
          'lib/constructs/monitoring/event-alarms.ts',
        ],
        see: ['164.312(a)(2)(i)', '164.308(a)(5)(ii)(B)'],
        live: [{ sees: 'denials', command: 'Logs Insights: healthcare-ai-STAGE/denials' }],
      },
      {
        id: 'Audit trail preserved',
        how: 'Append-only tables, a log group that refuses deletion, a bucket under Object Lock, six years in production.',
        policies: ['bucket-object-lock', 'audit-log-protected'],
        code: ['packages/audit-trail/src/verify/verifier.ts', 'lib/constructs/audit/audit-bucket.ts'],
        see: ['164.312(c)(2)', '164.312(c)(1)'],
        tested: true,
        live: [
          {
            sees: 'that what was published is whole and signed',
            command: 'npm run ops -- audit verify --cloudwatch --stage STAGE',
          },
        ],
      },
    ],
  },
];
