import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/schema.ts';
import { acknowledge } from '../constructs/acknowledge.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { forThisAccount, LeastPrivilegeRole } from '../constructs/least-privilege-role.ts';
import { ClosedDefaultSecurityGroup } from '../constructs/network/closed-default-security-group.ts';
import { SecurityGroups } from '../constructs/network/security-groups.ts';
import { VpcEndpoints } from '../constructs/network/vpc-endpoints.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface NetworkStackProps {
  readonly config: StageConfig;
  readonly logsKey: kms.IKey;
}

/** VPC: public subnets for the load balancer alone, and subnets without a way out for everything else. */
export class NetworkStack extends StageStack {
  readonly vpc: ec2.Vpc;
  readonly groups: SecurityGroups;
  readonly loadBalancerSubnets: ec2.SubnetSelection;
  readonly taskSubnets: ec2.SubnetSelection;
  readonly databaseSubnets: ec2.SubnetSelection = { subnetGroupName: 'data' };

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, { ...props, description: 'VPC, endpoints, security groups, flow log', stateful: true });
    const { network, production, analysis } = this.config;
    const nat = network.egress === 'nat';
    const internal = network.exposure === 'internal';
    const needsPublic = nat || !internal;

    this.vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(network.cidr),
      availabilityZones: [...this.config.availabilityZones],
      // One gateway a zone in production: a zone that fails takes no other's way out with it.
      natGateways: nat ? (production ? this.config.availabilityZones.length : 1) : 0,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        ...(needsPublic
          ? [{ name: 'public', subnetType: ec2.SubnetType.PUBLIC, cidrMask: 24, mapPublicIpOnLaunch: false }]
          : []),
        {
          name: 'tasks',
          subnetType: nat ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: 23,
        },
        { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
    this.taskSubnets = { subnetGroupName: 'tasks' };
    this.loadBalancerSubnets = { subnetGroupName: internal ? 'tasks' : 'public' };

    this.groups = new SecurityGroups(this, 'Groups', {
      vpc: this.vpc,
      allowedCidrs: network.allowedCidrs,
      wayOut: nat,
    });
    new VpcEndpoints(this, 'Endpoints', {
      vpc: this.vpc,
      subnets: this.taskSubnets,
      securityGroup: this.groups.endpoints,
      bedrock: analysis.engine === 'bedrock',
    });
    new ClosedDefaultSecurityGroup(this, 'DefaultGroup', this.vpc);
    this.addFlowLog(props.logsKey);
    this.acknowledgeFindings(needsPublic);
  }

  private addFlowLog(key: kms.IKey): void {
    const group = new EncryptedLogGroup(this, 'FlowLogs', {
      name: this.names.logGroups.flow,
      key,
      retentionDays: this.config.retention.applicationLogs,
    });
    const role = new LeastPrivilegeRole(this, 'FlowLogRole', {
      assumedBy: forThisAccount('vpc-flow-logs'),
      description: 'VPC flow logs write to their log group',
      statements: [
        {
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          resources: [group.logGroupArn],
        },
      ],
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(group, role.sealed),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.ONE_MINUTE,
    });
  }

  private acknowledgeFindings(publicSubnets: boolean): void {
    const everybody = this.config.network.allowedCidrs.includes('0.0.0.0/0');
    for (const subnet of publicSubnets ? this.vpc.publicSubnets : []) {
      for (const pack of ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321']) {
        acknowledge(subnet, {
          id: `${pack}-VPCNoUnrestrictedRouteToIGW`,
          reason:
            'The load balancer (or NAT gateway) in the public subnets needs the route. Tasks and database are in subnets without one; network.exposure internal removes it.',
          types: ['AWS::EC2::Route'],
        });
      }
    }
    if (everybody) {
      acknowledge(this.groups.loadBalancer, {
        id: 'AwsSolutions-EC23',
        reason:
          'Open on 443, and on 80 to redirect, behind a WAF that blocks and an API that authenticates; network.allowedCidrs narrows it.',
        types: ['AWS::EC2::SecurityGroup'],
      });
    }
  }
}
