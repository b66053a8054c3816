import { numberOf, type Resource } from '../core/assembly.ts';
import { containers } from '../core/containers.ts';
import { between, equals, matches, off, on, optional, type Policy, type PolicyFault, unmet } from '../core/policy.ts';
import { isDisposable } from '../core/stage.ts';
import { listOf, recordOf, show, type Value, walk } from '../core/template.ts';
import type { ContractFacts, Profile } from '../profile/profile.ts';
import { attribute } from './s3.ts';

const balancerAttributes = 'LoadBalancerAttributes';

/** Attribute -> the only values that are safe. */
const requiredAttributes = (contract: ContractFacts): { readonly [key: string]: readonly string[] } => ({
  'deletion_protection.enabled': ['true'],
  'routing.http.drop_invalid_header_fields.enabled': ['true'],
  'routing.http.desync_mitigation_mode': ['strictest'],
  'access_logs.s3.enabled': ['true'],
  'connection_logs.s3.enabled': ['true'],
  // Below the service's keep-alive timeout, or the balancer reuses a connection that the service has closed (502).
  'idle_timeout.timeout_seconds': [String(contract.timeouts.loadBalancerIdle)],
});

/** Attributes that may be left at AWS's default, or else have to be one of these. */
const defaulted: { readonly [key: string]: RegExp } = {
  'waf.fail_open.enabled': /^false$/,
  'routing.http.xff_header_processing.mode': /^append$/,
  'routing.http.xff_client_port.enabled': /^(true|false)$/,
  'routing.http.preserve_host_header.enabled': /^(true|false)$/,
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': /^(true|false)$/,
  'routing.http2.enabled': /^true$/,
  'load_balancing.cross_zone.enabled': /^true$/,
  'client_keep_alive.seconds': /^\d{2,4}$/,
  'zonal_shift.config.enabled': /^(true|false)$/,
  'ipv6.deny_all_igw_traffic': /^(true|false)$/,
};

export const albAttributes = ({ contract }: Profile): Policy => {
  const required = requiredAttributes(contract);
  return {
    id: 'alb-attributes',
    description:
      'Load balancers drop malformed headers, resist request smuggling, are logged and cannot be deleted by mistake.',
    *check(assembly) {
      for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        yield* unmet(balancer, {
          Type: optional(equals('application')),
          // Left out it would mean the internet.
          Scheme: equals('internet-facing', 'internal'),
          IpAddressType: optional(equals('ipv4', 'dualstack', 'dualstack-without-public-ipv4')),
        });
        for (const [key, safe] of Object.entries(required)) {
          const values = key === 'deletion_protection.enabled' && isDisposable(assembly) ? ['true', 'false'] : safe;
          const found = attribute(balancer, balancerAttributes, key);
          if (found === undefined || !values.includes(found.value)) {
            yield balancer.fault(
              found?.path ?? balancerAttributes,
              `${key}: got ${found?.value ?? 'nothing, or it twice'}; use ${values.join(' or ')}`,
            );
          }
        }
        for (const { path: at, value } of balancer.items(balancerAttributes)) {
          const key = String(recordOf(value).Key ?? '');
          if (key in required || /^(access|connection|health_check)_logs\.s3\.(enabled|bucket|prefix)$/.test(key))
            continue;
          if (!defaulted[key]?.test(balancer.render(recordOf(value).Value))) {
            yield balancer.fault(at, `${key || 'an attribute'} is not what was reviewed; remove it`);
          }
        }
        for (const log of ['access_logs', 'connection_logs']) {
          const bucket = attribute(balancer, balancerAttributes, `${log}.s3.bucket`)?.value ?? '';
          if (balancer.assembly.mentioned(bucket)[0]?.type !== 'AWS::S3::Bucket') {
            yield balancer.fault(
              balancerAttributes,
              `${log}.s3.bucket: got ${bucket || 'nothing'}; refer to a bucket of this deployment`,
            );
          }
        }
      }
    },
  };
};

const types = ['forward', 'fixed-response', 'redirect', 'jwt-validation', 'authenticate-oidc'];

function* faultsOf(holder: Resource, path: string): Generator<PolicyFault> {
  for (const { path: at, value } of holder.items(path)) {
    const action = recordOf(value);
    if (!types.includes(String(action.Type)))
      yield holder.fault(`${at}.Type`, `got ${show(action.Type)}; use ${types.join(', ')}`);
    for (const { value: part } of walk(action)) {
      const group = recordOf(part).TargetGroupArn;
      if (group === undefined) continue;
      if (holder.follow(group)?.type !== 'AWS::ElasticLoadBalancingV2::TargetGroup') {
        yield holder.fault(at, 'forwards to a target group that is not of this deployment; refer to one that is');
      }
    }
    if (
      action.Type === 'fixed-response' &&
      !/^4\d\d$/.test(String(holder.get(`${at}.FixedResponseConfig.StatusCode`)))
    ) {
      yield holder.fault(`${at}.FixedResponseConfig.StatusCode`, 'pretends success; use 4xx');
    }
    const stickiness = holder.get(`${at}.ForwardConfig.TargetGroupStickinessConfig.Enabled`);
    if (stickiness !== undefined && stickiness !== false)
      yield holder.fault(at, 'is sticky; the service keeps no state: use false');
  }
}

/** Whether a rule takes every path, and nothing narrows it. */
function servesAll(rule: Resource): boolean {
  const conditions = rule.items('Conditions');
  return (
    conditions.length > 0 &&
    conditions.every(({ path }) => JSON.stringify(rule.get(`${path}.PathPatternConfig.Values`)) === '["/*"]')
  );
}

/** Whether an action sends something to a target group. */
const forwards = (actions: Value): boolean =>
  listOf(actions)
    .map(recordOf)
    .filter(({ Type }) => Type === 'forward')
    .some(({ TargetGroupArn, ForwardConfig }) => {
      const groups = listOf(recordOf(ForwardConfig).TargetGroups).map(recordOf);
      return (
        TargetGroupArn !== undefined ||
        groups.some((group) => group.TargetGroupArn !== undefined && Number(group.Weight ?? 1) > 0)
      );
    });

export const albListenerAction: Policy = {
  id: 'alb-listener-action',
  description: 'Listeners forward to target groups of this deployment, or refuse; never to strangers, never stickily.',
  *check(assembly) {
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const listeners = assembly
        .resources('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => listener.target('LoadBalancerArn') === balancer);
      const rules = assembly
        .resources('AWS::ElasticLoadBalancingV2::ListenerRule')
        .filter((rule) => listeners.includes(rule.target('ListenerArn') ?? rule) && servesAll(rule));
      if (
        ![...listeners.map((item) => item.get('DefaultActions')), ...rules.map((item) => item.get('Actions'))].some(
          forwards,
        )
      ) {
        yield balancer.fault('', 'no listener forwards every path to a target group with a weight; add the action');
      }
    }
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') !== 'HTTP') yield* faultsOf(listener, 'DefaultActions');
    }
    for (const rule of assembly.resources('AWS::ElasticLoadBalancingV2::ListenerRule'))
      yield* faultsOf(rule, 'Actions');
  },
};

export const albListenerRedirect: Policy = {
  id: 'alb-listener-redirect',
  description: 'A plain HTTP listener does nothing but redirect to HTTPS on the same host.',
  *check(assembly) {
    const rules = assembly.resources('AWS::ElasticLoadBalancingV2::ListenerRule');
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') !== 'HTTP') continue;
      yield* unmet(listener, {
        Port: equals(80),
        'DefaultActions.0.Type': equals('redirect'),
        'DefaultActions.0.RedirectConfig.Protocol': equals('HTTPS'),
        'DefaultActions.0.RedirectConfig.Port': equals(443),
        'DefaultActions.0.RedirectConfig.StatusCode': equals('HTTP_301'),
        'DefaultActions.0.RedirectConfig.Host': optional(equals('#{host}')),
      });
      if (listener.items('DefaultActions').length !== 1)
        yield listener.fault('DefaultActions', 'use one redirect alone');
      for (const rule of rules.filter((item) => item.target('ListenerArn') === listener)) {
        yield rule.fault('ListenerArn', 'serves over plain HTTP; attach the rule to the HTTPS listener');
      }
    }
  },
};

/**
 * TLS 1.2 with forward secrecy, or 1.3 alone; post-quantum key exchange where the client has it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const policies = [
  'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
];

export const albListenerTls: Policy = {
  id: 'alb-listener-tls',
  description: 'Listeners speak HTTPS on 443 by a policy of TLS 1.2 or better; plain HTTP only redirects.',
  *check(assembly) {
    for (const listener of assembly.resources('AWS::ElasticLoadBalancingV2::Listener')) {
      if (listener.get('Protocol') === 'HTTP') continue;
      yield* unmet(listener, {
        Protocol: equals('HTTPS'),
        Port: equals(443),
        SslPolicy: equals(...policies),
        'Certificates.0.CertificateArn': matches(/^(arn:aws[a-z-]*:acm:|\$\{)/, 'the ARN of a certificate'),
      });
    }
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const own = assembly
        .resources('AWS::ElasticLoadBalancingV2::Listener')
        .filter((listener) => listener.target('LoadBalancerArn') === balancer);
      if (!own.some((listener) => listener.get('Protocol') === 'HTTPS'))
        yield balancer.fault('', 'has no HTTPS listener; add one');
    }
  },
};

const groupAttributes = 'TargetGroupAttributes';

export const targetGroup = ({ contract }: Profile): Policy => ({
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
      for (const { path: at, value } of group.items(groupAttributes)) {
        const key = String(recordOf(value).Key ?? '');
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
        if (key === 'stickiness.enabled' && !off.holds(recordOf(value).Value, group)) {
          yield group.fault(at, 'stickiness.enabled: the service keeps no state; use false');
        }
      }
    }
  },
});

/** The deregistration delay of a target group in seconds; NaN where it is not set, which is 300 at AWS. */
export const deregistrationDelay = (group: Parameters<typeof attribute>[0]): number =>
  numberOf(attribute(group, groupAttributes, 'deregistration_delay.timeout_seconds')?.value);

export const timeoutChain = ({ contract }: Profile): Policy => {
  const { shutdownDelay, shutdownDeadline, healthCheckGrace } = contract.timeouts;
  return {
    id: 'timeout-chain',
    description:
      'Draining ends before the service stops, and the service before the platform kills it: no request is lost.',
    *check(assembly) {
      for (const group of assembly.resources('AWS::ElasticLoadBalancingV2::TargetGroup')) {
        const delay = deregistrationDelay(group);
        if (!(delay >= shutdownDelay && delay < shutdownDeadline)) {
          yield group.fault(
            'TargetGroupAttributes',
            `deregistration_delay.timeout_seconds: got ${delay}; use ${shutdownDelay} to ${shutdownDeadline - 1}`,
          );
        }
      }
      for (const { task, path, body } of containers(assembly)) {
        const stop = body.StopTimeout;
        if (!(numberOf(stop) > shutdownDeadline && numberOf(stop) <= 120)) {
          yield task.fault(
            `${path}.StopTimeout`,
            `got ${show(stop)}; use ${contract.timeouts.stop} (over ${shutdownDeadline}, at most 120)`,
          );
        }
      }
      for (const service of assembly.resources('AWS::ECS::Service')) {
        const grace = numberOf(service.get('HealthCheckGracePeriodSeconds'));
        if (!(grace >= healthCheckGrace && grace <= 300)) {
          yield service.fault('HealthCheckGracePeriodSeconds', `got ${grace}; use ${healthCheckGrace} to 300`);
        }
      }
    },
  };
};
