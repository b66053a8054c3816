import { type Assembly, numberOf, type Resource } from '../core/assembly.ts';
import { environmentValues } from '../core/containers.ts';
import { isRecord, listOf, recordOf, type Value } from '../core/template.ts';
import type { ContractFacts, Profile } from '../profile/profile.ts';
import { awsMetrics } from './alarm-metrics.ts';

/** One metric that an alarm reads, of its own or within an expression. */
export interface AlarmMetric {
  readonly alarm: Resource;
  readonly path: string;
  readonly namespace: string;
  readonly name: string;
  readonly statistic: string;
  readonly period: number;
  readonly dimensions: { readonly [name: string]: string };

  /** Whether the alarm compares this metric itself with the threshold, rather than an expression. */
  readonly compared: boolean;
}

function dimensionsOf(alarm: Resource, value: Value): { [name: string]: string } {
  return Object.fromEntries(
    listOf(value)
      .map(recordOf)
      .map(({ Name, Value: given }) => [String(Name), alarm.render(given)]),
  );
}

/** The metrics of an alarm; none for an alarm on something else than metrics. */
export function metricsOf(alarm: Resource): AlarmMetric[] {
  if (alarm.get('MetricName') !== undefined) {
    return [
      {
        alarm,
        path: '',
        namespace: alarm.text('Namespace'),
        name: alarm.text('MetricName'),
        statistic: alarm.text('Statistic') || alarm.text('ExtendedStatistic'),
        period: numberOf(alarm.get('Period')),
        dimensions: dimensionsOf(alarm, alarm.get('Dimensions')),
        compared: true,
      },
    ];
  }
  const queries = alarm.items('Metrics');
  return queries.flatMap(({ path, value }) => {
    const { MetricStat, ReturnData } = recordOf(value);
    if (!isRecord(MetricStat)) return [];
    const stat = `${path}.MetricStat`;
    return [
      {
        alarm,
        path: stat,
        namespace: alarm.text(`${stat}.Metric.Namespace`),
        name: alarm.text(`${stat}.Metric.MetricName`),
        statistic: alarm.text(`${stat}.Stat`),
        period: numberOf(alarm.get(`${stat}.Period`)),
        dimensions: dimensionsOf(alarm, alarm.get(`${stat}.Metric.Dimensions`)),
        compared: ReturnData !== false && queries.length === 1,
      },
    ];
  });
}

/** The metric filter that feeds a metric, if one of this assembly does. */
function filterOf(assembly: Assembly, namespace: string, name: string): Resource | undefined {
  return assembly
    .resources('AWS::Logs::MetricFilter')
    .find((filter) =>
      filter
        .items('MetricTransformations')
        .some(
          ({ path }) =>
            filter.text(`${path}.MetricNamespace`) === namespace && filter.text(`${path}.MetricName`) === name,
        ),
    );
}

/** The range within which a metric can lie, by its statistic: `[least, most]`. */
export function rangeOf(metric: AlarmMetric): readonly [number, number] {
  const filter = filterOf(metric.alarm.assembly, metric.namespace, metric.name);
  const unit = filter === undefined ? Number.NaN : Number(filter.text('MetricTransformations.0.MetricValue'));
  // The average, the highest and the lowest of ones is one, however many there are.
  if (!Number.isNaN(unit) && metric.statistic !== 'Sum' && metric.statistic !== 'SampleCount') return [0, unit];
  if (!Number.isNaN(unit)) return [0, 1000 * unit];
  return [0, awsMetrics[metric.namespace]?.[metric.name]?.most ?? Number.POSITIVE_INFINITY];
}

/** What is wrong with the name, the statistic or the dimensions of a metric; undefined when nothing is. */
export function faultOf(
  metric: AlarmMetric,
  own: ContractFacts['metrics'],
  serviceMetrics: Profile['serviceMetrics'],
): string | undefined {
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
  if (namespace === own.namespace && serviceMetrics[name] !== undefined) {
    if (given.join() !== [...own.dimensions].sort().join())
      return `${name} has the dimensions ${own.dimensions.join(', ')}; use them`;
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
  FunctionName: /^AWS::Lambda::Function$/,
  WebACL: /^AWS::WAFv2::WebACL$/,
};

/** The property that holds a resource's own name, for a dimension that writes it out. */
const nameProperty: { readonly [type: string]: string } = {
  'AWS::ECS::Cluster': 'ClusterName',
  'AWS::ECS::Service': 'ServiceName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Synthetics::Canary': 'Name',
  'AWS::WAFv2::WebACL': 'Name',
};

export function strangers({ alarm, dimensions }: AlarmMetric): string[] {
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
