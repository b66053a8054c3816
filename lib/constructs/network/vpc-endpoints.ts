import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface VpcEndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.SubnetSelection;
  readonly securityGroup: ec2.ISecurityGroup;

  /** Adds the endpoint of Amazon Bedrock's runtime. */
  readonly bedrock: boolean;
}

const { InterfaceVpcEndpointAwsService: service } = ec2;

/** Every AWS service that a task calls, beside S3. */
const interfaces = {
  EcrApi: service.ECR,
  EcrDocker: service.ECR_DOCKER,
  Logs: service.CLOUDWATCH_LOGS,
  Kms: service.KMS,
  SecretsManager: service.SECRETS_MANAGER,
} as const;

/** Principals of this account alone, so that data cannot leave with credentials of another account. */
const ownPrincipals = () =>
  new iam.PolicyStatement({
    principals: [new iam.AnyPrincipal()],
    actions: ['*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID } },
  });

/** Interface endpoints with private DNS: tasks reach AWS without a way out. */
export class VpcEndpoints extends Construct {
  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const make = (name: string, endpoint: ec2.IInterfaceVpcEndpointService) =>
      new ec2.InterfaceVpcEndpoint(this, name, {
        vpc: props.vpc,
        service: endpoint,
        subnets: props.subnets,
        securityGroups: [props.securityGroup],
        privateDnsEnabled: true,
        open: false,
      });
    const wanted = { ...interfaces, ...(props.bedrock ? { Bedrock: service.BEDROCK_RUNTIME } : {}) };
    for (const [name, endpoint] of Object.entries(wanted)) make(name, endpoint).addToPolicy(ownPrincipals());
    this.addS3(make('S3', service.S3));
  }

  /**
   * An interface rather than the free gateway: a gateway is reached by a prefix list whose id CloudFormation does not
   * know, so tasks would have to be allowed to connect to any address.
   */
  private addS3(endpoint: ec2.InterfaceVpcEndpoint): void {
    const { partition, region } = Stack.of(this);
    // Without this the name resolves for on-premises resolvers only, and a gateway is demanded beside.
    (endpoint.node.defaultChild as ec2.CfnVPCEndpoint).dnsOptions = {
      privateDnsOnlyForInboundResolverEndpoint: 'AllResolvers',
    };
    endpoint.addToPolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:PutObject', 's3:GetObject'],
        resources: ['*'],
        conditions: {
          StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
    // ECR hands out image layers by links that it signs itself.
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    endpoint.addToPolicy(
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['s3:GetObject'],
        resources: [`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`],
      }),
    );
  }
}
