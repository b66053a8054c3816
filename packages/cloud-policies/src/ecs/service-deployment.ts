import { metricsOf } from '../alarms/alarm-metrics.ts';
import type { Policy } from '../core/finding.ts';
import { absent, atLeast, between, equals, on, optional, unmet } from '../core/requirements.ts';
import { listOf } from '../core/template.ts';

const configuration = 'DeploymentConfiguration';

export const serviceDeployment: Policy = {
  id: 'service-deployment',
  description:
    'A deployment cannot hang, never drops below full capacity, and goes back by itself when it fails or alarms.',
  *check(assembly) {
    for (const service of assembly.resources('AWS::ECS::Service')) {
      yield* unmet(service, {
        [`${configuration}.DeploymentCircuitBreaker.Enable`]: on,
        [`${configuration}.DeploymentCircuitBreaker.Rollback`]: on,
        [`${configuration}.MinimumHealthyPercent`]: between(100, 100),
        [`${configuration}.MaximumPercent`]: between(150, 200),
        [`${configuration}.Alarms.Enable`]: on,
        [`${configuration}.Alarms.Rollback`]: on,
        [`${configuration}.Strategy`]: optional(equals('ROLLING', 'CANARY', 'LINEAR', 'BLUE_GREEN')),
        [`${configuration}.CanaryConfiguration.CanaryPercent`]: optional(between(1, 50)),
        [`${configuration}.CanaryConfiguration.CanaryBakeTimeInMinutes`]: optional(atLeast(1)),
        AvailabilityZoneRebalancing: equals('ENABLED'),
        SchedulingStrategy: optional(equals('REPLICA')),
        'DeploymentController.Type': optional(equals('ECS')),
      });
      const shifting = ['CANARY', 'LINEAR', 'BLUE_GREEN'].includes(service.text(`${configuration}.Strategy`));
      if (shifting !== (service.get('LoadBalancers.0.AdvancedConfiguration') !== undefined)) {
        yield service.fault(
          `${configuration}.Strategy`,
          'and the alternate target group do not fit; set both or neither',
        );
      }
      // ECS computes the bake time of a rolling deployment, and documents that it cannot be set.
      yield* unmet(service, { [`${configuration}.BakeTimeInMinutes`]: shifting ? between(1, 1440) : absent });
      if (service.text(`${configuration}.Strategy`) === 'CANARY') {
        yield* unmet(service, {
          [`${configuration}.CanaryConfiguration.CanaryPercent`]: between(1, 50),
          [`${configuration}.CanaryConfiguration.CanaryBakeTimeInMinutes`]: between(1, 1440),
        });
      }
      const names = listOf(service.get(`${configuration}.Alarms.AlarmNames`));
      const alarms = names.flatMap((name) => {
        const text = service.render(name);
        return assembly
          .resources('AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm')
          .filter((alarm) => assembly.mentioned(text).includes(alarm) || alarm.text('AlarmName') === text);
      });
      if (names.length === 0 || alarms.length < names.length) {
        yield service.fault(
          `${configuration}.Alarms.AlarmNames`,
          'names no alarm of this deployment, or one that is not; refer to them',
        );
      }
      // Traffic flips between two target groups, so an alarm on one of them is blind half of the time.
      const groups = assembly.resources('AWS::ElasticLoadBalancingV2::TargetGroup');
      for (const alarm of alarms) {
        const seen = metricsOf(alarm).flatMap(({ dimensions }) => assembly.mentioned(dimensions.TargetGroup ?? ''));
        if (seen.length > 0 && !groups.every((group) => seen.includes(group))) {
          yield alarm.fault(
            'Dimensions',
            'a deployment alarm looks at one target group; use the load balancer, or every group',
          );
        }
      }
      // Few requests make few errors: a count alone passes a release that fails every one of them.
      const rates = alarms.filter((alarm) => {
        const names = metricsOf(alarm).map(({ name }) => name);
        return names.includes('HTTPCode_Target_5XX_Count') && names.includes('RequestCount');
      });
      if (rates.length === 0) {
        yield service.fault(
          `${configuration}.Alarms.AlarmNames`,
          'none compares HTTPCode_Target_5XX_Count with RequestCount; add an alarm on the share of failed requests',
        );
      }
    }
  },
};
