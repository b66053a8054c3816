import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { environmentValues } from '../core/stage.ts';
import { type AlarmMetric, filterOf, metricsOf } from './alarm-metrics.ts';
import { awsMetrics, serviceMetrics } from './metrics.ts';

/** What is wrong with the name, the statistic or the dimensions of a metric; undefined when nothing is. */
function faultOf(metric: AlarmMetric): string | undefined {
  const { namespace, name, statistic } = metric;
  const given = Object.keys(metric.dimensions).sort();
  const facts = awsMetrics[namespace]?.[name];
  if (facts !== undefined) {
    if (!facts.statistics.test(statistic))
      return `${statistic} of ${name} means nothing; use ${facts.statistics.source}`;
    if (!facts.dimensions.some((set) => [...set].sort().join() === given.join())) {
      return `${name} has no such dimensions: ${given.join(', ') || 'none'}; use ${facts.dimensions.map((set) => set.join('+')).join(' or ')}`;
    }
    return undefined;
  }
  if (filterOf(metric.alarm.assembly, namespace, name) !== undefined) {
    return given.length > 0 ? `${name} comes from a filter without dimensions; remove ${given.join(', ')}` : undefined;
  }
  if (namespace === contract.metrics.namespace && serviceMetrics[name] !== undefined) {
    if (given.join() !== [...contract.metrics.dimensions].sort().join())
      return `${name} has the dimensions ${contract.metrics.dimensions.join(', ')}; use them`;
    return serviceMetrics[name].test(statistic)
      ? undefined
      : `${statistic} of ${name} means nothing; use ${serviceMetrics[name].source}`;
  }
  return `nothing publishes ${namespace} ${name}; correct the name, or add the metric filter`;
}

/** Dimensions that have to name a resource of this assembly, and which. */
const named: { readonly [dimension: string]: RegExp } = {
  RuleName: /^AWS::Events::Rule$/,
  // CDK takes a balancer's name out of its listener's ARN.
  LoadBalancer: /^AWS::ElasticLoadBalancingV2::(LoadBalancer|Listener)$/,
  TargetGroup: /^AWS::ElasticLoadBalancingV2::TargetGroup$/,
  ClusterName: /^AWS::ECS::Cluster$/,
  ServiceName: /^AWS::ECS::Service$/,
  DBClusterIdentifier: /^AWS::RDS::DBCluster$/,
  CanaryName: /^AWS::Synthetics::Canary$/,
  WebACL: /^AWS::WAFv2::WebACL$/,
};

/** The property that holds a resource's own name, for a dimension that writes it out. */
const nameProperty: { readonly [type: string]: string } = {
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::Synthetics::Canary': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
};

function strangers({ alarm, dimensions }: AlarmMetric): string[] {
  const stages = environmentValues(alarm.assembly, 'STAGE');
  return Object.entries(dimensions).flatMap(([name, value]) => {
    if (name === 'Stage' && stages.length > 0 && !stages.includes(value)) return [`${name}=${value}`];
    if (name === 'Region' && value !== (alarm.template.region ?? value)) return [`${name}=${value}`];
    const type = named[name];
    if (type === undefined || alarm.assembly.mentioned(value).some((resource) => type.test(resource.type))) return [];
    const known = alarm.assembly.all.some((resource) => {
      const property = nameProperty[resource.type];
      return property !== undefined && type.test(resource.type) && resource.text(property) === value;
    });
    return known ? [] : [`${name}=${value}`];
  });
}

export const alarmMetricExists: Policy = {
  id: 'alarm-metric-exists',
  description:
    'Every alarm looks at a metric that something publishes, by a statistic that means something, of a resource that is here.',
  *check(assembly) {
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm')) {
      for (const metric of metricsOf(alarm)) {
        const fault = faultOf(metric);
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
};
