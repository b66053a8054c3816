import { contract } from '@healthcare-ai/contract';
import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { portOf, securityRules } from './sg-ingress.ts';

export const reachable: Policy = {
  id: 'reachable',
  description: 'Clients reach the load balancer, it the tasks, and they the database.',
  *check(assembly) {
    const rules = [...securityRules(assembly.all, 'Ingress')];
    const admits = (to: readonly Resource[], from: readonly Resource[], ports: readonly unknown[]): boolean =>
      rules.some((rule) => {
        const source = rule.holder.follow(rule.body.SourceSecurityGroupId);
        return (
          rule.group !== undefined &&
          to.includes(rule.group) &&
          source !== undefined &&
          from.includes(source) &&
          ports.includes(portOf(rule))
        );
      });
    const groupsOf = (types: string, path: string): Resource[] =>
      assembly.resources(types).flatMap((resource) => resource.followAll(resource.get(path)));
    const balancers = groupsOf('AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups');
    const databases = groupsOf('AWS::RDS::DBCluster', 'VpcSecurityGroupIds');
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const own = balancer.followAll(balancer.get('SecurityGroups'));
      if (!rules.some((rule) => rule.group !== undefined && own.includes(rule.group) && portOf(rule) === 443)) {
        yield balancer.fault('SecurityGroups', 'no rule admits anybody on 443; add it');
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      const path = 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups';
      const tasks = service.followAll(service.get(path));
      if (balancers.length > 0 && !admits(tasks, balancers, [contract.port])) {
        yield service.fault(path, `no rule admits the load balancer on ${contract.port}; add it`);
      }
      if (databases.length > 0 && !admits(databases, tasks, [5432, 'database'])) {
        yield service.fault(path, 'no rule of the database admits the tasks on 5432; add it');
      }
    }
  },
};
