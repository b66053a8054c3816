import { contract } from '@healthcare-ai/contract';
import { missing, type Policy } from '../core/finding.ts';
import { metricsOf } from './alarm-metrics.ts';

const own = contract.metrics.namespace;

/** What a deployment with a service is watched for: namespace and metric names, any of which will do. */
const watched: readonly { readonly what: string; readonly namespace: string; readonly metrics: RegExp }[] = [
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

export const alarmsComplete: Policy = {
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
      if (namespace === 'CloudWatchSynthetics' && internal) continue;
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
    for (const { what, pattern } of trailEvents) {
      if (!filters.some((filter) => pattern.test(filter.text('FilterPattern')))) {
        yield missing(`no alarm on ${what} in the trail; add metric filter and alarm`);
      }
    }
  },
};
