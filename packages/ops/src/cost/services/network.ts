import { type CostedService, UncountableError } from '../service.ts';

const vpc = (usageType: string) => ({ service: 'AmazonVPC', usageType });
const application = { operation: 'LoadBalancing:Application' };

/**
 * VPC, load balancer, data transfer: https://aws.amazon.com/vpc/pricing/, https://aws.amazon.com/privatelink/pricing/,
 * https://aws.amazon.com/elasticloadbalancing/pricing/
 */
export const network: CostedService = {
  meters: {
    'endpoint-hours': {
      title: 'VPC interface endpoint, in one zone',
      by: 'hour',
      unit: 'hours',
      priceList: vpc('VpcEndpoint-Hours'),
    },
    'endpoint-gb': {
      title: 'Data through VPC interface endpoints',
      by: 'gigabyte',
      unit: 'GB',
      priceList: vpc('VpcEndpoint-Bytes'),
    },
    'public-ipv4': {
      title: 'Public IPv4 address in use',
      by: 'hour',
      unit: 'hours',
      priceList: vpc('PublicIPv4:InUseAddress'),
    },
    'nat-hours': {
      title: 'NAT gateway',
      by: 'hour',
      unit: 'hours',
      priceList: { service: 'AmazonEC2', usageType: 'NatGateway-Hours' },
    },
    'nat-gb': {
      title: 'Data through NAT gateways',
      by: 'gigabyte',
      unit: 'GB',
      priceList: { service: 'AmazonEC2', usageType: 'NatGateway-Bytes' },
    },
    'alb-hours': {
      title: 'Application Load Balancer',
      by: 'hour',
      unit: 'hours',
      priceList: { service: 'AWSELB', usageType: 'LoadBalancerUsage', attributes: application },
    },
    'alb-lcu': {
      title: 'Load balancer capacity units',
      by: 'hour',
      unit: 'LCU hours',
      priceList: { service: 'AWSELB', usageType: 'LCUUsage', attributes: application },
    },
    'internet-gb': {
      title: 'Data to the internet',
      by: 'gigabyte',
      unit: 'GB',
      priceList: {
        service: 'AWSDataTransfer',
        usageType: 'DataTransfer-Out-Bytes',
        attributes: { toLocation: 'External' },
        regionField: 'fromRegionCode',
      },
    },
    'zone-gb': {
      title: 'Data between zones',
      by: 'gigabyte',
      unit: 'GB',
      priceList: {
        service: 'AWSDataTransfer',
        usageType: 'DataTransfer-Regional-Bytes',
        regionField: 'fromRegionCode',
      },
    },
  },
  counters: {
    'AWS::EC2::VPC': (_, { assume }) => [{ meter: 'zone-gb', low: assume.zoneGb, how: 'zoneGb' }],
    'AWS::EC2::VPCEndpoint': ({ VpcEndpointType, SubnetIds }, { assume, stack }) => {
      if (VpcEndpointType === 'Gateway' || VpcEndpointType === undefined) return [];
      if (VpcEndpointType !== 'Interface') throw new UncountableError(`an endpoint of type ${VpcEndpointType}`);
      const zones = SubnetIds.length as number;
      const all = Object.values(stack.resources).filter(
        ({ Type, Properties }) => Type === 'AWS::EC2::VPCEndpoint' && Properties?.VpcEndpointType === 'Interface',
      ).length;
      return [
        { meter: 'endpoint-hours', low: zones * assume.hours, how: `${zones} zones x hours` },
        { meter: 'endpoint-gb', low: assume.endpointGb / all, how: `endpointGb / ${all} endpoints` },
      ];
    },
    'AWS::EC2::NatGateway': (_, { assume, stack }) => {
      const all = Object.values(stack.resources).filter(({ Type }) => Type === 'AWS::EC2::NatGateway').length;
      return [
        { meter: 'nat-hours', low: assume.hours, how: 'hours' },
        { meter: 'nat-gb', low: assume.natGb / all, how: `natGb / ${all} gateways` },
      ];
    },
    'AWS::EC2::EIP': (_, { assume }) => [{ meter: 'public-ipv4', low: assume.hours, how: 'hours' }],
    'AWS::ElasticLoadBalancingV2::LoadBalancer': ({ Type, Subnets, Scheme }, { assume }) => {
      if (Type !== 'application') throw new UncountableError(`a load balancer of type ${Type}`);
      const zones = Subnets.length as number;
      const open = Scheme === 'internet-facing';
      const out = (assume.requests * assume.answerKilobytes * 1000) / 1e9;
      return [
        { meter: 'alb-hours', low: assume.hours, how: 'hours' },
        { meter: 'alb-lcu', low: assume.lcu * assume.hours, how: 'lcu x hours' },
        ...(open
          ? [
              { meter: 'public-ipv4', low: zones * assume.hours, how: `${zones} zones x hours` },
              { meter: 'internet-gb', low: out, how: 'requests x answerKilobytes' },
            ]
          : []),
      ];
    },
  },
};
