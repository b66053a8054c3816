import { numberOf, type Resource } from '../core/assembly.ts';
import { missing, on, optional, type Policy, type PolicyFault, resourcePolicy, unmet } from '../core/policy.ts';
import { isDisposable } from '../core/stage.ts';
import { recordOf, show } from '../core/template.ts';
import type { Profile } from '../profile/profile.ts';
import { faultOf, metricsOf, rangeOf, strangers } from './metrics-of-alarm.ts';

/** Whether some value in the range breaches, and some value does not: an alarm that is always on says nothing. */
function discriminates(operator: string, threshold: number, [least, most]: readonly [number, number]): boolean {
  switch (operator) {
    case 'GreaterThanThreshold':
      return threshold < most && threshold >= least;
    case 'GreaterThanOrEqualToThreshold':
      return threshold <= most && threshold > least;
    case 'LessThanThreshold':
      return threshold > least && threshold <= most;
    case 'LessThanOrEqualToThreshold':
      return threshold >= least && threshold < most;
    default:
      return false;
  }
}

function* windowFaults(alarm: Resource, period: number): Generator<PolicyFault> {
  const evaluated = numberOf(alarm.get('EvaluationPeriods'));
  const needed = alarm.get('DatapointsToAlarm') === undefined ? evaluated : numberOf(alarm.get('DatapointsToAlarm'));
  if (!(evaluated >= 1 && evaluated <= 60)) yield alarm.fault('EvaluationPeriods', `got ${evaluated}; use 1 to 60`);
  if (!(needed >= 1 && needed <= evaluated))
    yield alarm.fault('DatapointsToAlarm', `got ${needed} of ${evaluated}; use 1 to ${evaluated}`);
  // An alarm that takes an hour comes after the customer's call.
  const seconds = period * needed;
  if (seconds > 3600) yield alarm.fault('EvaluationPeriods', `takes ${seconds} s to fire; use 3600 or less`);
}

export const alarmCanFire = resourcePolicy({
  id: 'alarm-can-fire',
  description: 'Every alarm can fire and can be quiet: its threshold lies within what statistic and metric can be.',
  types: ['AWS::CloudWatch::Alarm'],
  *check(alarm) {
    const operator = alarm.text('ComparisonOperator');
    const banded = /Upper|Lower/.test(operator) && alarm.get('ThresholdMetricId') !== undefined;
    const threshold = numberOf(alarm.get('Threshold'));
    const metrics = metricsOf(alarm);
    if (metrics.length === 0) yield alarm.fault('', 'looks at no metric; give it one');
    if (!banded && Number.isNaN(threshold))
      yield alarm.fault('Threshold', `got ${show(alarm.get('Threshold'))}; use a number`);
    for (const metric of metrics) {
      const range = rangeOf(metric);
      if (metric.compared && !banded && !discriminates(operator, threshold, range)) {
        yield alarm.fault(
          'Threshold',
          `${metric.statistic} of ${metric.name} lies in ${range.join('..')}: "${operator} ${threshold}" never changes; correct statistic or threshold`,
        );
      }
    }
    const expressions = alarm.items('Metrics').some(({ value }) => recordOf(value).Expression !== undefined);
    if (expressions) yield* expressionFaults(alarm);
    const period = Math.max(60, ...metrics.map((metric) => metric.period).filter((value) => !Number.isNaN(value)));
    yield* windowFaults(alarm, period);
  },
});

/** An expression has to use every metric, name only metrics that are there, and exactly one query is compared. */
function* expressionFaults(alarm: Resource): Generator<PolicyFault> {
  const queries = alarm.items('Metrics').map(({ path, value }) => ({ path, query: recordOf(value) }));
  const ids = queries.map(({ query }) => String(query.Id));
  const compared = queries.filter(({ query }) => query.ReturnData !== false);
  if (compared.length !== 1)
    yield alarm.fault('Metrics', `compares ${compared.length} queries; set ReturnData on one alone`);
  if (compared[0]?.query.Expression === undefined)
    yield alarm.fault('Metrics', 'compares a part instead of the expression; swap ReturnData');
  const text = queries
    .map(({ query }) => alarm.render(query.Expression))
    .join(' ')
    .replaceAll(/"[^"]*"|'[^']*'/g, '');
  for (const name of text.match(/\b[a-z]\w*\b/g) ?? []) {
    if (!ids.includes(name)) yield alarm.fault('Metrics', `the expression names ${name}, which is not a query`);
  }
  for (const { path, query } of queries) {
    if (query.Expression === undefined && !new RegExp(`\\b${String(query.Id)}\\b`).test(text))
      yield alarm.fault(path, `${String(query.Id)} is in no expression`);
  }
  const operator = alarm.text('ComparisonOperator');
  const threshold = numberOf(alarm.get('Threshold'));
  if (operator.startsWith('Greater') && threshold > 100_000)
    yield alarm.fault('Threshold', `got ${threshold}; use a value that is reached`);
  if (operator.startsWith('Less') && threshold <= 0)
    yield alarm.fault('Threshold', `got ${threshold}, which nothing falls below; raise it`);
}

export const alarmMetricExists = ({ contract, serviceMetrics }: Profile): Policy => ({
  id: 'alarm-metric-exists',
  description:
    'Every alarm looks at a metric that something publishes, by a statistic that means something, of a resource that is here.',
  *check(assembly) {
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm')) {
      for (const metric of metricsOf(alarm)) {
        const fault = faultOf(metric, contract.metrics, serviceMetrics);
        if (fault !== undefined) yield alarm.fault(metric.path || 'MetricName', fault);
        for (const stranger of strangers(metric)) {
          yield alarm.fault(
            `${metric.path === '' ? '' : `${metric.path}.Metric.`}Dimensions`,
            `${stranger} is nothing of this deployment; refer to the resource`,
          );
        }
        if (![10, 20, 30].includes(metric.period) && !(metric.period >= 60 && metric.period % 60 === 0)) {
          yield alarm.fault(`${metric.path}.Period`, `got ${metric.period}; use a multiple of 60`);
        }
      }
    }
  },
});

/** Heartbeats: their silence is the fault. */
const heartbeats =
  /^(SuccessPercent|HealthyHostCount|RunningTaskCount|DatabaseUp|AuditPublisherLagSeconds|NumberOfBackupJobsCompleted)$/;

export const alarmMissingData = resourcePolicy({
  id: 'alarm-missing-data',
  description: 'Every alarm sets how missing data is treated; for a heartbeat, missing data is a breach.',
  types: ['AWS::CloudWatch::Alarm'],
  *check(alarm) {
    const heartbeat = metricsOf(alarm).some(({ name }) => heartbeats.test(name));
    // A disposable stage may have no task, and then nothing beats.
    const allowed = heartbeat && !isDisposable(alarm.assembly) ? ['breaching'] : ['notBreaching', 'breaching'];
    const given = alarm.get('TreatMissingData');
    if (!allowed.includes(String(given)))
      yield alarm.fault('TreatMissingData', `got ${show(given)}; use ${allowed.join(' or ')}`);
  },
});

export const alarmNotifies: Policy = {
  id: 'alarm-notifies',
  description: 'Every alarm notifies a topic of this deployment that has a subscriber.',
  *check(assembly) {
    const subscribed = new Set(
      assembly.resources('AWS::SNS::Subscription').flatMap((item) => item.target('TopicArn') ?? []),
    );
    for (const topic of assembly.resources('AWS::SNS::Topic')) {
      if (topic.items('Subscription').length > 0) subscribed.add(topic);
    }
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')) {
      yield* unmet(alarm, { ActionsEnabled: optional(on) });
      const actions = alarm.items('AlarmActions');
      const topics = actions
        .flatMap(({ value }) => alarm.follow(value) ?? [])
        .filter(({ type }) => type === 'AWS::SNS::Topic');
      if (topics.length === 0) yield alarm.fault('AlarmActions', 'notifies no topic of this deployment; add one');
      if (topics.length > 0 && !topics.some((topic) => subscribed.has(topic))) {
        yield topics[0]!.fault('', `has no subscription, so ${alarm.logicalId} notifies nobody; add one`);
      }
    }
  },
};

/** What a deployment with a service is watched for: namespace and metric names, any of which will do. */
const watchedMetrics = (
  own: string,
): readonly { readonly what: string; readonly namespace: string; readonly metrics: RegExp }[] => [
  { what: 'server errors of the targets', namespace: 'AWS/ApplicationELB', metrics: /^HTTPCode_Target_5XX_Count$/ },
  { what: 'server errors of the load balancer', namespace: 'AWS/ApplicationELB', metrics: /^HTTPCode_ELB_5XX_Count$/ },
  { what: 'latency', namespace: 'AWS/ApplicationELB', metrics: /^TargetResponseTime$/ },
  { what: 'unhealthy targets', namespace: 'AWS/ApplicationELB', metrics: /^(UnHealthy|Healthy)HostCount$/ },
  { what: 'CPU of the tasks', namespace: 'AWS/ECS', metrics: /^CPUUtilization$/ },
  { what: 'memory of the tasks', namespace: 'AWS/ECS', metrics: /^MemoryUtilization$/ },
  { what: 'CPU of the database', namespace: 'AWS/RDS', metrics: /^(CPUUtilization|ACUUtilization)$/ },
  { what: 'connections to the database', namespace: 'AWS/RDS', metrics: /^DatabaseConnections$/ },
  { what: 'storage of the database', namespace: 'AWS/RDS', metrics: /^(FreeLocalStorage|VolumeBytesUsed)$/ },
  { what: 'requests refused by the WAF', namespace: 'AWS/WAFV2', metrics: /^BlockedRequests$/ },
  { what: 'lag of the audit publisher', namespace: own, metrics: /^AuditPublisherLagSeconds$/ },
  { what: 'sinks that refuse the audit trail', namespace: own, metrics: /^AuditSinkFailures$/ },
  { what: 'an audit trail that is not sealed', namespace: own, metrics: /^AuditSealRefusals$/ },
  { what: 'broken audit chains', namespace: own, metrics: /^AuditBrokenChains$/ },
  { what: 'partitions of the next quarters', namespace: own, metrics: /^PartitionsAhead$/ },
  { what: 'the uptime canary', namespace: 'CloudWatchSynthetics', metrics: /^(SuccessPercent|Failed)$/ },
];

/** CIS AWS Foundations 4.x: what a filter on the trail has to look for. https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html */
const trailEvents: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'use of the root account', pattern: /userIdentity\.type\s*=\s*"?Root/ },
  { what: 'unauthorized API calls', pattern: /errorCode\s*=\s*"?\*?(UnauthorizedOperation|AccessDenied)/ },
  { what: 'console logins without MFA', pattern: /MFAUsed\s*!=\s*"?Yes/ },
  { what: 'changes of IAM policies', pattern: /(Put|Create|Attach)\w*Policy/ },
  { what: 'changes of CloudTrail', pattern: /StopLogging/ },
  { what: 'deletion of customer keys', pattern: /ScheduleKeyDeletion/ },
  { what: 'changes of bucket policies', pattern: /PutBucketPolicy/ },
  { what: 'changes of security groups', pattern: /AuthorizeSecurityGroupIngress/ },
];

export const alarmsComplete = ({ contract }: Profile): Policy => {
  const watched = watchedMetrics(contract.metrics.namespace);
  return {
    id: 'alarms-complete',
    description: 'A deployment that serves patients is watched for all that the runbooks answer.',
    *check(assembly) {
      if (assembly.resources('AWS::ECS::Service').length === 0) return;
      const alarms = assembly.resources('AWS::CloudWatch::Alarm');
      const metrics = alarms.flatMap(metricsOf);
      const internal = assembly
        .resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
        .every((balancer) => balancer.get('Scheme') === 'internal');
      for (const { what, namespace, metrics: name } of watched) {
        // Synthetics calls from outside: it cannot reach an internal load balancer.
        if (namespace === 'CloudWatchSynthetics' && (internal || isDisposable(assembly))) continue;
        if (!metrics.some((metric) => metric.namespace === namespace && name.test(metric.name))) {
          yield missing(`no alarm on ${what} (${namespace} ${name.source}); add one`);
        }
      }
      const filters = assembly
        .resources('AWS::Logs::MetricFilter')
        .filter((filter) =>
          filter
            .items('MetricTransformations')
            .some(({ path }) =>
              metrics.some(
                (metric) =>
                  metric.namespace === filter.text(`${path}.MetricNamespace`) &&
                  metric.name === filter.text(`${path}.MetricName`),
              ),
            ),
        );
      // The owner of a trail outside the deployment watches the management events.
      if (assembly.isElsewhere('AWS::CloudTrail::Trail') || isDisposable(assembly)) return;
      for (const { what, pattern } of trailEvents) {
        if (!filters.some((filter) => pattern.test(filter.text('FilterPattern')))) {
          yield missing(`no alarm on ${what} in the trail; add metric filter and alarm`);
        }
      }
    },
  };
};
