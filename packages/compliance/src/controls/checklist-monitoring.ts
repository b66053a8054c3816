import { type ControlFamily, testsOf } from '../control.ts';
import { has, is, present, refersTo } from '../template/expectation.ts';
import { every } from '../template/selection.ts';
import * as look from './selections.ts';

/** The seed's pre-deployment checklist: Monitoring. */
export const checklistMonitoring: ControlFamily = {
  title: 'Checklist before deployment: monitoring',
  source: 'Production Deployment Guide, Pre-Deployment Checklist, Monitoring',
  controls: [
    {
      id: 'Logging aggregation configured',
      title: 'Monitoring',
      how: 'Tasks write JSON lines to CloudWatch Logs, without a word of a patient; load balancer, WAF, database, network and account log as well.',
      templates: [
        every('AWS::ECS::TaskDefinition', 'ContainerDefinitions.0.LogConfiguration.LogDriver', is('awslogs')),
        every(
          'AWS::ECS::TaskDefinition',
          'ContainerDefinitions.0.LogConfiguration.Options.awslogs-group',
          refersTo('AWS::Logs::LogGroup'),
        ),
        look.edgeAttribute('access_logs.s3.enabled', 'true'),
        every('AWS::WAFv2::LoggingConfiguration', 'LogDestinationConfigs', refersTo('AWS::Logs::LogGroup')),
        every('AWS::EC2::FlowLog', 'TrafficType', is('ALL')),
        every('AWS::RDS::DBCluster', 'EnableCloudwatchLogsExports', has('postgresql')),
      ],
      policies: ['container-logs', 'waf-logged', 'vpc-flow-logs'],
      code: ['service/src/telemetry/log.ts', 'lib/constructs/encrypted-log-group.ts'],
      tests: [
        ...testsOf(
          'service/telemetry/log',
          'a log line is one JSON object with time, level, event, the base and the fields',
          'the allow-list of fields keeps a value that comes in through any door out of the output of a real process',
        ),
        ...testsOf('lib/stacks/evidence', 'Log groups have a key, a chosen retention, and outlive their stack'),
      ],
      live: [{ sees: 'the newest lines', command: 'aws logs tail /healthcare-ai/STAGE/service --since 10m' }],
    },
    {
      id: 'Metrics collection enabled',
      title: 'Monitoring',
      how: 'CloudWatch by embedded metric format, Prometheus on a port of its own, Datadog where it is configured.',
      templates: [
        look.serviceVariable('EMF_NAMESPACE', 'HealthcareAI'),
        every('AWS::ECS::Cluster', 'ClusterSettings', has({ Name: 'containerInsights' })),
      ],
      policies: ['alarm-metric-exists', 'cluster'],
      code: ['service/src/telemetry/metrics.ts', 'service/src/telemetry/emf.ts', 'docs/metrics.md'],
      tests: [
        ...testsOf(
          'service/telemetry/emf',
          'a line satisfies the specification, before any report and after many',
          'names the metrics that alarms and dashboards are built on',
        ),
        ...testsOf('service/telemetry/metrics-server', 'GET /metrics answers in the Prometheus text format, uncached'),
      ],
      live: [{ sees: 'the metrics of the service', command: 'aws cloudwatch list-metrics --namespace HealthcareAI' }],
    },
    {
      id: 'Alerting rules defined',
      title: 'Monitoring',
      how: 'Each alarm is made to fire in a test, and tells people.',
      templates: [
        every('AWS::CloudWatch::Alarm', 'AlarmActions', refersTo('AWS::SNS::Topic'), { least: 20 }),
        every('AWS::SNS::Subscription', 'TopicArn', refersTo('AWS::SNS::Topic')),
      ],
      policies: ['alarm-can-fire', 'alarm-notifies', 'alarms-complete', 'alarm-missing-data', 'events-complete'],
      code: ['lib/constructs/monitoring/service-alarms.ts', 'deploy/monitoring/alerts.yml'],
      tests: [
        ...testsOf(
          'lib/stacks/alarms',
          'Every alarm has a case here, and every case an alarm',
          'The alarm %s fires on %s',
          'The alarm %s is quiet on %s',
        ),
        ...testsOf(
          'deploy/monitoring',
          'what is watched is what the service exports in every alert rule, and each says what to do',
        ),
      ],
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
      title: 'Monitoring',
      how: 'The load balancer and ECS ask /health, which touches no dependency; orchestrators that only withhold traffic ask /health/ready.',
      templates: [
        look.healthPath,
        look.targetsTls,
        every('AWS::ECS::TaskDefinition', 'ContainerDefinitions.0.HealthCheck.Command', has('healthcheck'), {
          where: {
            property: 'Family',
            is: { says: 'of the service', holds: (value) => String(value).endsWith('-service') },
          },
        }),
      ],
      policies: ['target-group'],
      code: ['service/src/http/routes/health.ts', 'service/src/commands/healthcheck.ts'],
      tests: [
        ...testsOf('service/http/service-info', 'GET /health is status, timestamp and version, and no more'),
        ...testsOf(
          'service/durability/database-restart',
          'a database that restarts under load /health stays 200: a database outage must not have every task replaced',
        ),
        ...testsOf('deploy/platforms', 'every platform agrees with the service %s'),
      ],
      live: [
        {
          sees: 'the health of every target',
          command: 'aws elbv2 describe-target-health --target-group-arn TARGET_GROUP_ARN',
        },
      ],
    },
    {
      id: 'Uptime monitoring active',
      title: 'Monitoring',
      how: 'A canary calls the API from outside of the VPC and looks at its certificate; its alarm counts in the same steps.',
      templates: [every('AWS::Synthetics::Canary', 'Schedule.Expression', present), look.alarmNotifies('down')],
      policies: ['canary'],
      code: ['lib/constructs/monitoring/uptime-canary.ts'],
      tests: testsOf(
        'lib/stacks/monitoring',
        'The rest of the watch calls the API from outside, every minute in prod, and the alarm counts in the same steps',
      ),
      live: [
        {
          sees: 'the last runs of the canary',
          command: 'aws synthetics get-canary-runs --name healthcare-ai-STAGE-up',
        },
      ],
    },
    {
      id: 'Performance baseline established',
      title: 'Monitoring',
      how: 'npm run bench measures the ingest path against servers that do the same work, in one run; the dashboard shows latency and its alarm has a limit.',
      templates: [look.alarmNotifies('latency-p99'), every('AWS::CloudWatch::Dashboard', 'DashboardBody', present)],
      code: ['bench/ingest/run.ts', 'docs/metrics.md'],
      tests: testsOf(
        'lib/stacks/monitoring',
        'The rest of the watch shows every alarm and every golden signal on one page',
      ),
      live: [
        {
          sees: 'the latency of the last day',
          command: 'aws cloudwatch get-dashboard --dashboard-name healthcare-ai-STAGE',
        },
      ],
      organisation: 'Run npm run bench against your stage, and write down what is normal for it.',
    },
  ],
};
