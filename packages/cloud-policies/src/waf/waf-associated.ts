import type { Policy } from '../core/finding.ts';

export const wafAssociated: Policy = {
  id: 'waf-associated',
  description: 'Every load balancer stands behind a web ACL of this deployment.',
  *check(assembly) {
    const associations = assembly.resources('AWS::WAFv2::WebACLAssociation');
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const own = associations.filter((item) => item.target('ResourceArn') === balancer);
      if (!own.some((item) => item.target('WebACLArn')?.type === 'AWS::WAFv2::WebACL')) {
        yield balancer.fault('', 'no AWS::WAFv2::WebACLAssociation joins it to a web ACL; add one');
      }
    }
    for (const item of associations) {
      if (item.target('WebACLArn') === undefined)
        yield item.fault('WebACLArn', 'is no web ACL of this deployment; refer to one');
    }
  },
};
