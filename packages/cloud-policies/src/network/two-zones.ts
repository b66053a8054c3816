import type { Policy } from '../core/finding.ts';

export const twoZones: Policy = {
  id: 'two-zones',
  description: 'Database, tasks and load balancer stand in two zones or more: one zone can fail.',
  *check(assembly) {
    const places = {
      'AWS::RDS::DBSubnetGroup': 'SubnetIds',
      'AWS::ECS::Service': 'NetworkConfiguration.AwsvpcConfiguration.Subnets',
      'AWS::ElasticLoadBalancingV2::LoadBalancer': 'Subnets',
    };
    for (const [type, path] of Object.entries(places)) {
      for (const resource of assembly.resources(type)) {
        const subnets = resource.followAll(resource.get(path));
        const zones = new Set(subnets.map((subnet) => subnet.text('AvailabilityZone')));
        if (subnets.length > 0 && zones.size < 2)
          yield resource.fault(path, `got ${zones.size} zone; use subnets of two zones or more`);
      }
    }
  },
};
