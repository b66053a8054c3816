import { contract } from '@healthcare-ai/contract';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface SecurityGroupsProps {
  readonly vpc: ec2.IVpc;

  /** Who may reach the load balancer. */
  readonly allowedCidrs: readonly string[];

  /** Whether the service may connect to the internet. */
  readonly wayOut: boolean;

  /**
   * Where VPC endpoints of others are.
   *
   * @default - the stage makes endpoints, behind a group of its own
   */
  readonly existingEndpoints?: { readonly cidrs: readonly string[]; readonly s3PrefixList?: string };
}

/** A literal, so that tools can judge the rules: `cluster.connections` knows the port as a token only. */
export const DATABASE_PORT = 5432;

/**
 * Who may speak to whom, in one place: internet -> load balancer -> service -> database, and service -> AWS.
 *
 * All groups are in the network stack: rules between groups of different stacks would tie the stacks in a circle.
 */
export class SecurityGroups extends Construct {
  readonly loadBalancer: ec2.SecurityGroup;
  readonly service: ec2.SecurityGroup;
  readonly migrate: ec2.SecurityGroup;
  readonly database: ec2.SecurityGroup;
  /** Undefined with endpoints of others. */
  readonly endpoints: ec2.SecurityGroup | undefined;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const group = (name: string, description: string) =>
      new ec2.SecurityGroup(this, name, { vpc: props.vpc, description, allowAllOutbound: false });
    this.loadBalancer = group('LoadBalancer', 'Load balancer: HTTPS in, the service out');
    this.service = group('Service', 'Service: from the load balancer, to the database and AWS');
    this.migrate = group('Migrate', 'Migration task: to the database and AWS');
    this.database = group('Database', 'Aurora: from the service and the migration task');
    this.endpoints =
      props.existingEndpoints === undefined ? group('Endpoints', 'VPC endpoints: from the tasks') : undefined;

    for (const cidr of props.allowedCidrs) {
      this.loadBalancer.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'HTTPS');
      this.loadBalancer.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(80), 'HTTP, to be redirected');
    }
    this.allow(this.loadBalancer, this.service, contract.port, 'Requests and health checks');
    for (const task of [this.service, this.migrate]) {
      this.allow(task, this.database, DATABASE_PORT, 'PostgreSQL over TLS');
      this.allowEndpoints(task, props);
    }
    if (props.wayOut) this.service.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(443), 'The way out, by NAT');
  }

  private allowEndpoints(task: ec2.SecurityGroup, { existingEndpoints }: SecurityGroupsProps): void {
    if (this.endpoints !== undefined) this.allow(task, this.endpoints, 443, 'AWS services by VPC endpoints');
    if (existingEndpoints === undefined) return;
    const { cidrs, s3PrefixList } = existingEndpoints;
    for (const cidr of cidrs) {
      task.addEgressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'AWS services by existing VPC endpoints');
    }
    if (s3PrefixList !== undefined) {
      task.addEgressRule(ec2.Peer.prefixList(s3PrefixList), ec2.Port.tcp(443), 'S3 by its gateway endpoint');
    }
  }

  private allow(from: ec2.SecurityGroup, to: ec2.SecurityGroup, port: number, description: string): void {
    from.addEgressRule(to, ec2.Port.tcp(port), description);
    to.addIngressRule(from, ec2.Port.tcp(port), description);
  }
}
