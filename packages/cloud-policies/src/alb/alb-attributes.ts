import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import { equals, optional, unmet } from '../core/requirements.ts';
import { isRecord } from '../core/template.ts';
import { attribute } from '../s3/log-delivery.ts';

const path = 'LoadBalancerAttributes';

/** Attribute -> the only values that are safe. */
const required: { readonly [key: string]: readonly string[] } = {
  'deletion_protection.enabled': ['true'],
  'routing.http.drop_invalid_header_fields.enabled': ['true'],
  'routing.http.desync_mitigation_mode': ['strictest'],
  'access_logs.s3.enabled': ['true'],
  'connection_logs.s3.enabled': ['true'],
  // Below the service's keep-alive timeout, or the balancer reuses a connection that the service has closed (502).
  'idle_timeout.timeout_seconds': [String(contract.timeouts.loadBalancerIdle)],
};

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

export const albAttributes: Policy = {
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
      for (const [key, values] of Object.entries(required)) {
        const found = attribute(balancer, path, key);
        if (found === undefined || !values.includes(found.value)) {
          yield balancer.fault(
            found?.path ?? path,
            `${key}: got ${found?.value ?? 'nothing, or it twice'}; use ${values.join(' or ')}`,
          );
        }
      }
      for (const { path: at, value } of balancer.items(path)) {
        const key = isRecord(value) ? String(value.Key) : '';
        if (key in required || /^(access|connection|health_check)_logs\.s3\.(enabled|bucket|prefix)$/.test(key))
          continue;
        if (!defaulted[key]?.test(balancer.render(isRecord(value) ? value.Value : value))) {
          yield balancer.fault(at, `${key || 'an attribute'} is not what was reviewed; remove it`);
        }
      }
      for (const log of ['access_logs', 'connection_logs']) {
        const bucket = attribute(balancer, path, `${log}.s3.bucket`)?.value ?? '';
        if (balancer.assembly.mentioned(bucket)[0]?.type !== 'AWS::S3::Bucket') {
          yield balancer.fault(
            path,
            `${log}.s3.bucket: got ${bucket || 'nothing'}; refer to a bucket of this deployment`,
          );
        }
      }
    }
  },
};
