import type { Policy } from '../core/finding.ts';
import type { Resource } from '../core/resource.ts';
import { routes, type WayOut, wayOut, wayOutOf } from './routes.ts';

/** What may stand in which subnets. */
const places: readonly { readonly type: string; readonly path: string; readonly allowed: readonly WayOut[] }[] = [
  { type: 'AWS::RDS::DBSubnetGroup', path: 'SubnetIds', allowed: ['none'] },
  { type: 'AWS::ECS::Service', path: 'NetworkConfiguration.AwsvpcConfiguration.Subnets', allowed: ['none', 'nat'] },
  { type: 'AWS::EC2::VPCEndpoint', path: 'SubnetIds', allowed: ['none', 'nat'] },
  { type: 'AWS::Lambda::Function', path: 'VpcConfig.SubnetIds', allowed: ['none', 'nat'] },
  { type: 'AWS::Synthetics::Canary', path: 'VPCConfig.SubnetIds', allowed: ['none', 'nat'] },
];

const isSubnet = (resource: Resource): boolean => resource.type === 'AWS::EC2::Subnet';

export const subnetIsolated: Policy = {
  id: 'subnet-isolated',
  description:
    'Tasks and the database stand in subnets without a route from the internet; the database without any way out.',
  *check(assembly) {
    for (const { type, path, allowed } of places) {
      for (const resource of assembly.resources(type)) {
        for (const subnet of resource.followAll(resource.get(path)).filter(isSubnet)) {
          const way = wayOutOf(subnet);
          if (!allowed.includes(way)) {
            yield resource.fault(path, `${subnet.logicalId} has the way out "${way}"; use isolated subnets`);
          }
        }
      }
    }
    for (const balancer of assembly.resources('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
      const open = balancer.get('Scheme') === 'internet-facing';
      for (const subnet of balancer.followAll(balancer.get('Subnets')).filter(isSubnet)) {
        if ((wayOutOf(subnet) === 'internet') !== open) {
          yield balancer.fault(
            'Subnets',
            `${subnet.logicalId} has the way out "${wayOutOf(subnet)}"; ${open ? 'use public' : 'use isolated'} subnets`,
          );
        }
      }
    }
    for (const route of routes(assembly)) {
      if (wayOut(route) === 'other')
        yield route.fault('', 'leads to neither internet gateway nor NAT gateway; remove it');
    }
  },
};
