import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { between, equals, off, on, optional, unmet } from '../core/requirements.ts';
import { numberOf } from '../core/resource.ts';
import { isRecord } from '../core/template.ts';
import { attribute } from '../s3/log-delivery.ts';

const path = 'TargetGroupAttributes';

export const targetGroup: Policy = {
  id: 'target-group',
  description: 'Targets are reached by TLS on the port of the service, and checked on the path that says it serves.',
  *check(assembly) {
    for (const group of assembly.resources('AWS::ElasticLoadBalancingV2::TargetGroup')) {
      yield* unmet(group, {
        Protocol: equals('HTTPS'),
        Port: equals(contract.port),
        TargetType: equals('ip'),
        ProtocolVersion: optional(equals('HTTP1')),
        HealthCheckEnabled: optional(on),
        HealthCheckProtocol: equals('HTTPS'),
        HealthCheckPath: equals(contract.paths.health),
        HealthCheckPort: optional(equals('traffic-port', contract.port)),
        'Matcher.HttpCode': equals('200'),
        HealthCheckIntervalSeconds: between(5, 30),
        HealthCheckTimeoutSeconds: between(2, 10),
        HealthyThresholdCount: between(2, 5),
        UnhealthyThresholdCount: between(2, 5),
      });
      if (!(numberOf(group.get('HealthCheckTimeoutSeconds')) < numberOf(group.get('HealthCheckIntervalSeconds')))) {
        yield group.fault('HealthCheckTimeoutSeconds', 'is not below the interval; use less');
      }
      for (const { path: at, value } of group.items(path)) {
        const key = isRecord(value) ? String(value.Key) : '';
        if (
          ![
            'deregistration_delay.timeout_seconds',
            'stickiness.enabled',
            'load_balancing.algorithm.type',
            'slow_start.duration_seconds',
            'load_balancing.cross_zone.enabled',
            'target_group_health.dns_failover.minimum_healthy_targets.count',
            'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
          ].includes(key)
        ) {
          yield group.fault(at, `${key || 'an attribute'} is not what was reviewed; remove it`);
        }
        if (key === 'stickiness.enabled' && isRecord(value) && !off.holds(value.Value, group)) {
          yield group.fault(at, 'stickiness.enabled: the service keeps no state; use false');
        }
      }
    }
  },
};

/** The deregistration delay of a target group in seconds; NaN where it is not set, which is 300 at AWS. */
export const deregistrationDelay = (group: Parameters<typeof attribute>[0]): number =>
  numberOf(attribute(group, path, 'deregistration_delay.timeout_seconds')?.value);
