import type { Policy } from '../core/finding.ts';
import { equals, matches, unmet } from '../core/requirements.ts';

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
