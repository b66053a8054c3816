import type { Policy } from '../core/finding.ts';
import { atLeast, between, equals, on, optional, unmet } from '../core/requirements.ts';
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
        [`${configuration}.BakeTimeInMinutes`]: optional(between(1, 1440)),
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
      if (shifting) yield* unmet(service, { [`${configuration}.BakeTimeInMinutes`]: between(1, 1440) });
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
      // With two target groups traffic flips between them, so an alarm on one of them is blind half of the time.
      for (const alarm of alarms.filter((item) => JSON.stringify(item.properties).includes('"TargetGroup"'))) {
        yield alarm.fault('Dimensions', 'a deployment alarm looks at one target group; use the load balancer alone');
      }
    }
  },
};
