import { off, propertyPolicy } from '../core/requirements.ts';

export const subnetNoPublicIp = propertyPolicy({
  id: 'subnet-no-public-ip',
  description: 'Nothing gets a public address by being placed in a subnet.',
  types: ['AWS::EC2::Subnet'],
  require: { MapPublicIpOnLaunch: off, AssignIpv6AddressOnCreation: off },
});
