import type { Policy } from '../core/finding.ts';
import { between, equals, off, refersTo, unmet } from '../core/requirements.ts';

const tracking = 'TargetTrackingScalingPolicyConfiguration';

export const scalingTargetTracking: Policy = {
  id: 'scaling-target-tracking',
  description:
    'Scaling holds CPU near 70 %: out after 60 s, in after 300 s. One Node thread must be able to reach the target.',
  *check(assembly) {
    const policies = assembly.resources('AWS::ApplicationAutoScaling::ScalingPolicy');
    for (const target of assembly.resources('AWS::ApplicationAutoScaling::ScalableTarget')) {
      const own = policies.filter(
        (policy) =>
          policy.target('ScalingTargetId') === target || policy.text('ResourceId') === target.text('ResourceId'),
      );
      const onCpu = own.filter(
        (policy) =>
          policy.get(`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`) ===
          'ECSServiceAverageCPUUtilization',
      );
      if (onCpu.length === 0) yield target.fault('', 'has no target tracking on CPU; add it');
    }
    for (const policy of policies) {
      yield* unmet(policy, {
        PolicyType: equals('TargetTrackingScaling'),
        ScalingTargetId: refersTo('AWS::ApplicationAutoScaling::ScalableTarget'),
        [`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`]: equals(
          'ECSServiceAverageCPUUtilization',
          'ECSServiceAverageMemoryUtilization',
          'ALBRequestCountPerTarget',
        ),
        [`${tracking}.DisableScaleIn`]: off,
        [`${tracking}.ScaleInCooldown`]: equals(300),
        [`${tracking}.ScaleOutCooldown`]: equals(60),
      });
      const metric = policy.get(`${tracking}.PredefinedMetricSpecification.PredefinedMetricType`);
      // Above 75 a burst finds no headroom while new tasks start; below 50 half of what is paid for idles.
      if (metric === 'ECSServiceAverageCPUUtilization')
        yield* unmet(policy, { [`${tracking}.TargetValue`]: between(50, 75) });
    }
  },
};
