import type { Policy } from '../core/finding.ts';
import { equals, optional, present, refersTo, unmet } from '../core/requirements.ts';
import { isProduction } from '../core/stage.ts';
import { isRecord } from '../core/template.ts';

const network = 'NetworkConfiguration.AwsvpcConfiguration';

export const serviceNetwork: Policy = {
  id: 'service-network',
  description:
    'Tasks have no public address, groups of their own, the newest platform, and are not interruptible in production.',
  *check(assembly) {
    for (const item of assembly.resources('AWS::ECS::ClusterCapacityProviderAssociations')) {
      for (const { path, value } of item.items('CapacityProviders')) {
        if (!['FARGATE', 'FARGATE_SPOT'].includes(String(value)))
          yield item.fault(path, `got ${String(value)}; use FARGATE`);
      }
    }
    for (const service of assembly.resources('AWS::ECS::Service')) {
      yield* unmet(service, {
        Cluster: refersTo('AWS::ECS::Cluster'),
        TaskDefinition: refersTo('AWS::ECS::TaskDefinition'),
        [`${network}.AssignPublicIp`]: equals('DISABLED'),
        [`${network}.SecurityGroups`]: present,
        [`${network}.Subnets`]: present,
        PlatformVersion: optional(equals('LATEST', '1.4.0')),
        LaunchType: optional(equals('FARGATE')),
        'LoadBalancers.0.TargetGroupArn': refersTo('AWS::ElasticLoadBalancingV2::TargetGroup'),
      });
      for (const { path, value } of service.items('CapacityProviderStrategy')) {
        const provider = isRecord(value) ? value.CapacityProvider : undefined;
        const allowed = isProduction(assembly) ? ['FARGATE'] : ['FARGATE', 'FARGATE_SPOT'];
        if (!allowed.includes(String(provider)))
          yield service.fault(path, `got ${String(provider)}; use ${allowed.join(' or ')}`);
      }
    }
  },
};
