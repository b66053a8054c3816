import type { Assembly } from '../core/assembly.ts';
import type { Resource } from '../core/resource.ts';

/** Where a subnet's default route leads. */
export type WayOut = 'internet' | 'nat' | 'other' | 'none';

const gateways: { readonly [type: string]: WayOut } = {
  'AWS::EC2::InternetGateway': 'internet',
  'AWS::EC2::NatGateway': 'nat',
};

export function wayOut(route: Resource): WayOut {
  for (const key of ['GatewayId', 'NatGatewayId']) {
    const type = route.target(key)?.type;
    if (type !== undefined) return gateways[type] ?? 'other';
  }
  return 'other';
}

/** The worst way out of a subnet. A subnet without a table of its own is unknown, hence `other`. */
export function wayOutOf(subnet: Resource): WayOut {
  const { assembly } = subnet;
  const tables = assembly
    .resources('AWS::EC2::SubnetRouteTableAssociation')
    .filter((item) => item.target('SubnetId') === subnet)
    .map((item) => item.target('RouteTableId'));
  if (tables.length === 0) return 'other';
  const ways = routes(assembly)
    .filter((route) => tables.includes(route.target('RouteTableId')))
    .map(wayOut);
  return ways.find((way) => way === 'internet') ?? ways.find((way) => way === 'other') ?? ways[0] ?? 'none';
}

export const routes = (assembly: Assembly): Resource[] => assembly.resources('AWS::EC2::Route');
