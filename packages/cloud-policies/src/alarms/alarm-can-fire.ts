import type { Fault, Policy } from '../core/finding.ts';
import { numberOf, type Resource } from '../core/resource.ts';
import { isRecord, show } from '../core/template.ts';
import { type AlarmMetric, filterOf, metricsOf } from './alarm-metrics.ts';
import { awsMetrics } from './metrics.ts';

/** The range within which a metric can lie, by its statistic: `[least, most]`. */
function rangeOf(metric: AlarmMetric): readonly [number, number] {
  const filter = filterOf(metric.alarm.assembly, metric.namespace, metric.name);
  const unit = filter === undefined ? Number.NaN : Number(filter.text('MetricTransformations.0.MetricValue'));
  // The average, the highest and the lowest of ones is one, however many there are.
  if (!Number.isNaN(unit) && metric.statistic !== 'Sum' && metric.statistic !== 'SampleCount') return [0, unit];
  if (!Number.isNaN(unit)) return [0, 1000 * unit];
  return [0, awsMetrics[metric.namespace]?.[metric.name]?.most ?? Number.POSITIVE_INFINITY];
}

/** Whether some value in the range breaches, and some value does not: an alarm that is always on tells nobody anything. */
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

function* windowFaults(alarm: Resource, period: number): Generator<Fault> {
  const evaluated = numberOf(alarm.get('EvaluationPeriods'));
  const needed = alarm.get('DatapointsToAlarm') === undefined ? evaluated : numberOf(alarm.get('DatapointsToAlarm'));
  if (!(evaluated >= 1 && evaluated <= 60)) yield alarm.fault('EvaluationPeriods', `got ${evaluated}; use 1 to 60`);
  if (!(needed >= 1 && needed <= evaluated))
    yield alarm.fault('DatapointsToAlarm', `got ${needed} of ${evaluated}; use 1 to ${evaluated}`);
  // Whoever is told an hour after the fact hears it from the hospital.
  const seconds = period * needed;
  if (seconds > 3600) yield alarm.fault('EvaluationPeriods', `takes ${seconds} s to fire; use 3600 or less`);
}

export const alarmCanFire: Policy = {
  id: 'alarm-can-fire',
  description: 'Every alarm can fire and can be quiet: its threshold lies within what statistic and metric can be.',
  *check(assembly) {
    for (const alarm of assembly.resources('AWS::CloudWatch::Alarm')) {
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
      const expressions = alarm
        .items('Metrics')
        .filter(({ value }) => isRecord(value) && value.Expression !== undefined);
      if (expressions.length > 0) yield* expressionFaults(alarm);
      const period = Math.max(60, ...metrics.map((metric) => metric.period).filter((value) => !Number.isNaN(value)));
      yield* windowFaults(alarm, period);
    }
  },
};

/** An expression has to use every metric, name only metrics that are there, and exactly one query is compared. */
function* expressionFaults(alarm: Resource): Generator<Fault> {
  const queries = alarm
    .items('Metrics')
    .flatMap(({ path, value }) => (isRecord(value) ? [{ path, query: value }] : []));
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
    if (!ids.includes(name)) yield alarm.fault('Metrics', `the expression names ${name}, which is no query`);
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
