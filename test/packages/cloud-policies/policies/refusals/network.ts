import { type Refusals, refusal } from '../refusal.ts';

const GROUP = 'AWS::EC2::SecurityGroup';
const anywhere = (port: number) => ({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: port, ToPort: port });

export const network: Refusals = {
  'default-group-closed': [refusal('a VPC without the association', 'Vpc', (d) => d.remove('AWS::SSM::Association'))],
  'endpoint-policy': [
    refusal('no policy', 'kmsEndpoint', (d) => d.unset('AWS::EC2::VPCEndpoint', 'PolicyDocument', /^kms/)),
    refusal('principals of another account', 'kmsEndpoint', (d) => {
      d.statement('AWS::EC2::VPCEndpoint', 'PolicyDocument', /./, /^kms/).Condition = {
        StringEquals: { 'aws:PrincipalAccount': '999999999999' },
      };
    }),
  ],
  'endpoints-complete': [refusal('no way to KMS', 'Vpc', (d) => d.remove('AWS::EC2::VPCEndpoint', /^kms/))],
  reachable: [
    refusal('tasks that the load balancer cannot reach', 'Api', (d) =>
      d.remove('AWS::EC2::SecurityGroupIngress', /^BalancerToTask$/),
    ),
    refusal('a database that tasks cannot reach', 'Api', (d) =>
      d.remove('AWS::EC2::SecurityGroupIngress', /^TaskToDatabase$/),
    ),
  ],
  'sg-egress': [
    refusal('a group without a rule', 'DatabaseGroup', (d) => d.unset(GROUP, 'SecurityGroupEgress', /^DatabaseGroup$/)),
    refusal('a way to everywhere', 'TaskGroup', (d) =>
      d.push(GROUP, 'SecurityGroupEgress', anywhere(443), /^TaskGroup$/),
    ),
  ],
  'sg-ingress': [
    refusal('tasks open to the world', 'TaskGroup', (d) =>
      d.push(GROUP, 'SecurityGroupIngress', anywhere(8000), /^TaskGroup$/),
    ),
    refusal('another port of the load balancer', 'BalancerGroup', (d) =>
      d.push(GROUP, 'SecurityGroupIngress', anywhere(22), /^BalancerGroup$/),
    ),
    refusal('a range of ports', 'BalancerToTask', (d) =>
      d.set('AWS::EC2::SecurityGroupIngress', 'ToPort', 9000, /^BalancerToTask$/),
    ),
  ],
  'sg-paired': [
    refusal('half a pair', 'BalancerToTask', (d) => d.remove('AWS::EC2::SecurityGroupEgress', /^BalancerOut$/)),
  ],
  'subnet-isolated': [
    refusal('a database with a way out', 'DatabaseSubnets', (d) =>
      d.set('AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId', { Ref: 'PublicTable' }, /^IsolatedA/),
    ),
    refusal('a route to a peer', 'PublicRoute', (d) => {
      d.unset('AWS::EC2::Route', 'GatewayId');
      d.set('AWS::EC2::Route', 'VpcPeeringConnectionId', 'pcx-1');
    }),
  ],
  'subnet-no-public-ip': [
    refusal('public addresses', 'PublicA', (d) => d.set('AWS::EC2::Subnet', 'MapPublicIpOnLaunch', true)),
  ],
  'two-zones': [
    refusal('tasks in one zone', 'Api', (d) =>
      d.set('AWS::EC2::Subnet', 'AvailabilityZone', 'us-east-1a', /^IsolatedB$/),
    ),
  ],
  'vpc-flow-logs': [
    refusal('a VPC without a log', 'Vpc', (d) => d.remove('AWS::EC2::FlowLog')),
    refusal('refused traffic alone', 'FlowLog', (d) => d.set('AWS::EC2::FlowLog', 'TrafficType', 'REJECT')),
  ],
};
