import type { Policy } from '../core/finding.ts';
import { matches, present, refersTo, unmet } from '../core/requirements.ts';
import { show } from '../core/template.ts';

export const metricFilter: Policy = {
  id: 'metric-filter',
  description: 'Metric filters match something, publish a number, and read a log group of this deployment.',
  *check(assembly) {
    for (const filter of assembly.resources('AWS::Logs::MetricFilter')) {
      yield* unmet(filter, {
        LogGroupName: refersTo('AWS::Logs::LogGroup'),
        FilterPattern: present,
        'MetricTransformations.0.MetricName': present,
        'MetricTransformations.0.MetricNamespace': present,
        'MetricTransformations.0.MetricValue': matches(
          /^(\d+(\.\d+)?|\$\.?[\w.[\]]+)$/,
          'a number or a field such as $.lag',
        ),
      });
      const value = filter.text('MetricTransformations.0.MetricValue');
      const byDefault = filter.get('MetricTransformations.0.DefaultValue');
      // A filter that counts shows nothing until it fires, unless it has a default.
      if (/^\d/.test(value) && Number(value) === 0)
        yield filter.fault('MetricTransformations.0.MetricValue', 'got 0; use 1');
      const dimensions = filter.get('MetricTransformations.0.Dimensions');
      if (/^\d/.test(value) && dimensions === undefined && byDefault !== 0) {
        yield filter.fault('MetricTransformations.0.DefaultValue', `got ${show(byDefault)}; use 0`);
      }
    }
  },
};
