import type { Assembly } from '../core/assembly.ts';
import { numberOf, type Resource } from '../core/resource.ts';
import { isRecord, listOf, type Value } from '../core/template.ts';

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
    listOf(value).flatMap((item) => (isRecord(item) ? [[String(item.Name), alarm.render(item.Value)]] : [])),
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
    if (!isRecord(value) || !isRecord(value.MetricStat)) return [];
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
        compared: value.ReturnData !== false && queries.length === 1,
      },
    ];
  });
}

/** The metric filter that feeds a metric, if one of this assembly does. */
export function filterOf(assembly: Assembly, namespace: string, name: string): Resource | undefined {
  return assembly.resources('AWS::Logs::MetricFilter').find((filter) =>
    filter.items('MetricTransformations').some(({ path }) => {
      return filter.text(`${path}.MetricNamespace`) === namespace && filter.text(`${path}.MetricName`) === name;
    }),
  );
}
