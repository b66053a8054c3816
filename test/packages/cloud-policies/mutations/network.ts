import { absent, added, changed, mutation, removed, removedAll } from '../draft.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const INGRESS = 'AWS::EC2::SecurityGroupIngress';
const EGRESS = 'AWS::EC2::SecurityGroupEgress';
const SUBNET = 'AWS::EC2::Subnet';
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const LB_GROUP = /^GroupsLoadBalancer[0-9A-F]{8}$/;
const DB_GROUP = /^GroupsDatabase[0-9A-F]{8}$/;
const SERVICE_GROUP = /^GroupsService[0-9A-F]{8}$/;
const DATA_SUBNET = /^VpcdataSubnet1Subnet/;

const everybody = (port: number, to = port) => ({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: port, ToPort: to });

/** Faults of the network. */
export const network = [
  added('SSH open to the world', 'sg-ingress', GROUP, 'SecurityGroupIngress', everybody(22), LB_GROUP),
  mutation('every port of the load balancer open', 'sg-ingress', (d) =>
    d.push(GROUP, 'SecurityGroupIngress', everybody(0, 65_535), LB_GROUP),
  ),
  added('database open to the world', 'sg-ingress', GROUP, 'SecurityGroupIngress', everybody(5432), DB_GROUP),
  mutation('database open to the world by IPv6', 'sg-ingress', (d) =>
    d.push(
      GROUP,
      'SecurityGroupIngress',
      { CidrIpv6: '::/0', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 },
      DB_GROUP,
    ),
  ),
  mutation('database open to the whole VPC', 'sg-ingress', (d) =>
    d.push(
      GROUP,
      'SecurityGroupIngress',
      {
        CidrIp: { 'Fn::GetAtt': [d.logicalId('AWS::EC2::VPC'), 'CidrBlock'] },
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
      },
      DB_GROUP,
    ),
  ),
  mutation('database open to the load balancer', 'reachable', (d) =>
    d.set(
      INGRESS,
      'SourceSecurityGroupId',
      { 'Fn::GetAtt': [d.logicalId(GROUP, LB_GROUP), 'GroupId'] },
      /^GroupsDatabasefrom/,
    ),
  ),
  mutation('database open to a foreign security group', 'sg-ingress', (d) =>
    d.set(INGRESS, 'SourceSecurityGroupId', 'sg-12345678', /^GroupsDatabasefrom/),
  ),
  mutation('tasks open to half of the internet', 'sg-ingress', (d) =>
    d.push(GROUP, 'SecurityGroupIngress', { ...everybody(8000), CidrIp: '0.0.0.0/1' }, SERVICE_GROUP),
  ),
  changed('all protocols between groups', 'sg-ingress', INGRESS, 'IpProtocol', '-1', /^GroupsServicefrom/),
  changed('a range of ports between groups', 'sg-ingress', INGRESS, 'ToPort', 9999, /^GroupsServicefrom/),
  mutation('metrics port opened between the groups of balancer and tasks', 'sg-ingress', (d) => {
    d.set(INGRESS, 'FromPort', 9464, /^GroupsServicefrom/);
    d.set(INGRESS, 'ToPort', 9464, /^GroupsServicefrom/);
  }),
  mutation('tasks may connect anywhere', 'sg-egress', (d) =>
    d.set(GROUP, 'SecurityGroupEgress', [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }], SERVICE_GROUP),
  ),
  mutation('load balancer may connect anywhere by HTTPS', 'sg-egress', (d) =>
    d.set(GROUP, 'SecurityGroupEgress', [everybody(443)], LB_GROUP),
  ),
  absent('security group left with the default way out', 'sg-egress', GROUP, 'SecurityGroupEgress', DB_GROUP),
  removedAll('way out of a security group removed, so that the default returns', 'sg-egress', EGRESS, /^GroupsService/),
  removed('flow log removed', 'vpc-flow-logs', 'AWS::EC2::FlowLog'),
  changed('flow log of refused traffic only', 'vpc-flow-logs', 'AWS::EC2::FlowLog', 'TrafficType', 'REJECT'),
  mutation('flow log to a foreign bucket', 'vpc-flow-logs', (d) => {
    d.unset('AWS::EC2::FlowLog', 'LogGroupName');
    d.set('AWS::EC2::FlowLog', 'LogDestinationType', 's3');
  }),
  mutation('subnet that gives public addresses', 'HIPAA.Security-VPCSubnetAutoAssignPublicIpDisabled', (d) =>
    d.set(SUBNET, 'MapPublicIpOnLaunch', true),
  ),
  mutation('route from the database to the internet', 'subnet-isolated', (d) =>
    d.add('AWS::EC2::VPC', 'WayOut', {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: d.logicalId('AWS::EC2::RouteTable', /^VpcdataSubnet1/) },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: d.logicalId('AWS::EC2::InternetGateway') },
      },
    }),
  ),
  mutation('database subnet joined to the public route table', 'subnet-isolated', (d) =>
    d.set(
      'AWS::EC2::SubnetRouteTableAssociation',
      'RouteTableId',
      { Ref: d.logicalId('AWS::EC2::RouteTable', /^VpcpublicSubnet1/) },
      /^VpcdataSubnet1/,
    ),
  ),
  mutation('peering route into the isolated subnets', 'subnet-isolated', (d) =>
    d.add('AWS::EC2::VPC', 'Peering', {
      Type: 'AWS::EC2::Route',
      Properties: {
        RouteTableId: { Ref: d.logicalId('AWS::EC2::RouteTable', /^VpctasksSubnet1/) },
        DestinationCidrBlock: '10.99.0.0/16',
        VpcPeeringConnectionId: 'pcx-1',
      },
    }),
  ),
  mutation('database subnets in one zone', 'two-zones', (d) => {
    for (const id of [/^VpcdataSubnet1Subnet/, /^VpcdataSubnet2Subnet/, /^VpcdataSubnet3Subnet/])
      d.set(SUBNET, 'AvailabilityZone', 'us-east-1a', id);
  }),
  absent('endpoint without policy', 'endpoint-policy', ENDPOINT, 'PolicyDocument', /Kms/),
  mutation('endpoint for principals of any account', 'endpoint-policy', (d) => {
    d.statement(ENDPOINT, 'PolicyDocument', /PrincipalAccount/, /Kms/).Condition = undefined;
  }),
  changed('endpoint without private DNS', 'endpoint-policy', ENDPOINT, 'PrivateDnsEnabled', false, /Kms/),
  changed('database instance on the internet', 'database-instance', 'AWS::RDS::DBInstance', 'PubliclyAccessible', true),
  mutation('network ACL of a kind that nobody reviewed', 'reviewed-type', (d) =>
    d.add('AWS::EC2::VPC', 'Acl', {
      Type: 'AWS::EC2::NetworkAcl',
      Properties: { VpcId: { Ref: d.logicalId('AWS::EC2::VPC') } },
    }),
  ),
  mutation('bastion host', 'reviewed-type', (d) =>
    d.add('AWS::EC2::VPC', 'Bastion', {
      Type: 'AWS::EC2::Instance',
      Properties: { SubnetId: { Ref: d.logicalId(SUBNET, DATA_SUBNET) } },
    }),
  ),
];
