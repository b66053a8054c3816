import { Annotations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { MOST_ZONES, type StageConfig } from '../config/schema.ts';
import { acknowledge, acknowledgeRule } from '../constructs/acknowledge.ts';
import { declareElsewhere } from '../constructs/elsewhere.ts';
import { EncryptedLogGroup } from '../constructs/encrypted-log-group.ts';
import { forThisAccount, LeastPrivilegeRole } from '../constructs/least-privilege-role.ts';
import { ClosedDefaultSecurityGroup } from '../constructs/network/closed-default-security-group.ts';
import { SecurityGroups } from '../constructs/network/security-groups.ts';
import { TransitGatewayRoutes } from '../constructs/network/transit-gateway-routes.ts';
import { VpcEndpoints } from '../constructs/network/vpc-endpoints.ts';
import { StageStack } from '../constructs/stage-stack.ts';

export interface NetworkStackProps {
  readonly config: StageConfig;
  readonly logsKey: kms.IKey;
}

/** A VPC, and which of its subnets hold what. */
interface Places {
  readonly vpc: ec2.IVpc;
  readonly tasks: ec2.SubnetSelection;
  readonly loadBalancer: ec2.SubnetSelection;
  readonly database: ec2.SubnetSelection;
}

const ownSubnets = (internal: boolean): Omit<Places, 'vpc'> => ({
  tasks: { subnetGroupName: 'tasks' },
  loadBalancer: { subnetGroupName: internal ? 'tasks' : 'public' },
  database: { subnetGroupName: 'data' },
});

/** VPC: public subnets for the load balancer alone, and subnets without a way out for everything else. */
export class NetworkStack extends StageStack {
  readonly vpc: ec2.IVpc;
  readonly groups: SecurityGroups;
  readonly loadBalancerSubnets: ec2.SubnetSelection;
  readonly taskSubnets: ec2.SubnetSelection;
  readonly databaseSubnets: ec2.SubnetSelection;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, { ...props, description: 'VPC, endpoints, security groups, flow log', stateful: true });
    const { network, analysis } = this.config;
    const nat = network.egress === 'nat';
    const internal = network.exposure === 'internal';
    const needsPublic = nat || !internal;

    const own = network.vpc === undefined ? this.makeVpc(needsPublic) : undefined;
    const places = own === undefined ? this.existingVpc(network.vpc!) : { vpc: own, ...ownSubnets(internal) };
    this.vpc = places.vpc;
    this.taskSubnets = places.tasks;
    this.loadBalancerSubnets = places.loadBalancer;
    this.databaseSubnets = places.database;

    const endpoints = network.vpc?.endpoints ?? 'create';
    this.groups = new SecurityGroups(this, 'Groups', {
      vpc: this.vpc,
      allowedCidrs: network.allowedCidrs,
      wayOut: nat,
      existingEndpoints:
        endpoints === 'create' ? undefined : { cidrs: this.endpointCidrs(), s3PrefixList: network.vpc?.s3PrefixList },
    });
    if (this.groups.endpoints !== undefined) {
      new VpcEndpoints(this, 'Endpoints', {
        vpc: this.vpc,
        subnets: this.endpointSubnets(),
        securityGroup: this.groups.endpoints,
        bedrock: analysis.engine === 'bedrock',
      });
    } else {
      declareElsewhere(this, { type: 'AWS::EC2::VPCEndpoint', setting: 'network.vpc.endpoints' });
    }
    if (own !== undefined) {
      new ClosedDefaultSecurityGroup(this, 'DefaultGroup', own);
      this.addFlowLog(own, props.logsKey);
      if (network.transitGateway !== undefined) {
        new TransitGatewayRoutes(this, 'TransitGateway', {
          vpc: own,
          attachTo: this.taskSubnets,
          routesOf: internal ? [this.taskSubnets] : [this.taskSubnets, this.loadBalancerSubnets],
          ...network.transitGateway,
        });
      }
      this.acknowledgeFindings(own, needsPublic);
    }
    this.acknowledgeOpenEdge();
  }

  private makeVpc(needsPublic: boolean): ec2.Vpc {
    const { network, production } = this.config;
    const nat = network.egress === 'nat';
    return new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr(network.cidr),
      availabilityZones: [...this.config.availabilityZones],
      // One gateway a zone in production: a zone that fails takes no other's way out with it.
      natGateways: nat ? (production ? this.config.availabilityZones.length : 1) : 0,
      // Ranges for three zones and for public subnets are set aside whether the stage has them or not. Otherwise another zone
      // or exposure would move every subnet, and AWS refuses a range that overlaps that of a subnet which is still there.
      // https://github.com/aws/aws-cdk/issues/6683
      reservedAzs: MOST_ZONES - this.config.availabilityZones.length,
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [
        {
          name: 'public',
          subnetType: ec2.SubnetType.PUBLIC,
          cidrMask: 24,
          mapPublicIpOnLaunch: false,
          reserved: !needsPublic,
        },
        {
          name: 'tasks',
          subnetType: nat ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
          cidrMask: 23,
        },
        { name: 'data', subnetType: ec2.SubnetType.PRIVATE_ISOLATED, cidrMask: 24 },
      ],
    });
  }

  /** An existing VPC by its attributes. Nothing is looked up, and what the rules cannot judge is declared. */
  private existingVpc(given: NonNullable<StageConfig['network']['vpc']>): Places {
    const setting = 'network.vpc';
    const zones = this.config.availabilityZones;
    // No stack adds a route to an existing subnet.
    Annotations.of(this).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
    const vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: given.id,
      vpcCidrBlock: given.cidr,
      availabilityZones: [...zones],
    });
    declareElsewhere(this, { type: 'AWS::EC2::VPC', id: given.id, setting, properties: { CidrBlock: given.cidr } });
    const declared = new Set<string>();
    const select = (name: string, ids: readonly string[]): ec2.SubnetSelection => ({
      subnets: ids.map((subnetId, index) => {
        const availabilityZone = zones[index]!;
        if (!declared.has(subnetId)) {
          const properties = { AvailabilityZone: availabilityZone };
          declareElsewhere(this, { type: 'AWS::EC2::Subnet', id: subnetId, setting, properties });
          declared.add(subnetId);
        }
        return ec2.Subnet.fromSubnetAttributes(this, `${name}${index + 1}`, { subnetId, availabilityZone });
      }),
    });
    if (this.config.network.egress === 'nat') {
      declareElsewhere(this, { type: 'AWS::EC2::NatGateway', setting: 'network.egress' });
    }
    return {
      vpc,
      tasks: select('TaskSubnet', given.taskSubnets),
      loadBalancer: select('LoadBalancerSubnet', given.loadBalancerSubnets),
      database: select('DatabaseSubnet', given.databaseSubnets),
    };
  }

  private endpointCidrs(): readonly string[] {
    const { vpc } = this.config.network;
    if (vpc === undefined) return [];
    return vpc.endpointCidrs.length === 0 ? [vpc.cidr] : vpc.endpointCidrs;
  }

  /** Subnets of the tasks, in as many zones as the stage pays endpoints for. */
  private endpointSubnets(): ec2.SubnetSelection {
    const { endpointZones } = this.config.network;
    if (endpointZones === undefined) return this.taskSubnets;
    return { subnets: this.vpc.selectSubnets(this.taskSubnets).subnets.slice(0, endpointZones) };
  }

  private addFlowLog(vpc: ec2.Vpc, key: kms.IKey): void {
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
    vpc.addFlowLog('FlowLog', {
      destination: ec2.FlowLogDestination.toCloudWatchLogs(group, role.sealed),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.ONE_MINUTE,
    });
  }

  private acknowledgeFindings(vpc: ec2.Vpc, publicSubnets: boolean): void {
    for (const subnet of publicSubnets ? vpc.publicSubnets : []) {
      acknowledgeRule(subnet, 'VPCNoUnrestrictedRouteToIGW', {
        reason:
          'The load balancer (or NAT gateway) in the public subnets needs the route. Tasks and database are in subnets without one; network.exposure internal removes it.',
        types: ['AWS::EC2::Route'],
      });
    }
  }

  private acknowledgeOpenEdge(): void {
    if (this.config.network.allowedCidrs.includes('0.0.0.0/0')) {
      acknowledge(this.groups.loadBalancer, {
        id: 'AwsSolutions-EC23',
        reason:
          'Open on 443, and on 80 to redirect, behind a WAF that blocks and an API that authenticates; network.allowedCidrs narrows it.',
        types: ['AWS::EC2::SecurityGroup'],
      });
    }
  }
}
