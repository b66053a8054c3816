import type { Policy } from '../core/finding.ts';
import { securityRules } from '../network/sg-ingress.ts';

export const databaseReach: Policy = {
  id: 'database-reach',
  description: 'Only security groups of tasks reach the database: neither the load balancer nor a range of addresses.',
  *check(assembly) {
    const groups = assembly
      .resources('AWS::RDS::DBCluster')
      .flatMap((cluster) => cluster.followAll(cluster.get('VpcSecurityGroupIds')));
    const balancers = assembly
      .resources('AWS::ElasticLoadBalancingV2::LoadBalancer')
      .flatMap((balancer) => balancer.followAll(balancer.get('SecurityGroups')));
    for (const rule of securityRules(assembly.all, 'Ingress')) {
      if (rule.group === undefined || !groups.includes(rule.group)) continue;
      const source = rule.holder.follow(rule.body.SourceSecurityGroupId);
      if (source === undefined || balancers.includes(source)) {
        yield rule.holder.fault(
          rule.path,
          'opens the database to something that is no task; name the group of the tasks',
        );
      }
    }
  },
};
