import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

export interface TransitGatewayRoutesProps {
  readonly vpc: ec2.IVpc;

  /** Id of the transit gateway. */
  readonly id: string;

  /** Address ranges that are reached through it. */
  readonly cidrs: readonly string[];

  /** Subnets that get a network interface of the attachment, one per zone. */
  readonly attachTo: ec2.SubnetSelection;

  /** Subnets that get a route for each range. */
  readonly routesOf: readonly ec2.SubnetSelection[];
}

/** Attaches the VPC to a transit gateway. Its owner accepts the attachment and adds the routes back. */
export class TransitGatewayRoutes extends Construct {
  constructor(scope: Construct, id: string, props: TransitGatewayRoutesProps) {
    super(scope, id);
    const attachment = new ec2.CfnTransitGatewayAttachment(this, 'Attachment', {
      transitGatewayId: props.id,
      vpcId: props.vpc.vpcId,
      subnetIds: props.vpc.selectSubnets(props.attachTo).subnetIds,
    });
    const subnets = new Set(props.routesOf.flatMap((selection) => props.vpc.selectSubnets(selection).subnets));
    for (const [index, subnet] of [...subnets].entries()) {
      for (const [at, cidr] of props.cidrs.entries()) {
        new ec2.CfnRoute(this, `Route${index + 1}-${at + 1}`, {
          routeTableId: subnet.routeTable.routeTableId,
          destinationCidrBlock: cidr,
          transitGatewayId: props.id,
        }).addResourceDependency(attachment);
      }
    }
  }
}
