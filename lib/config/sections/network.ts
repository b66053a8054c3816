import { z } from 'zod';
import { cidr, integer } from './values.ts';

const subnets = (what: string) =>
  z
    .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'must be a subnet id such as subnet-0123456789abcdef0'))
    .min(2)
    .max(3)
    .describe(`${what}: one subnet per zone, in the order of \`availabilityZones\`.`);

const existingVpc = z
  .strictObject({
    id: z
      .string()
      .regex(/^vpc-[0-9a-f]{8,17}$/, 'must be a VPC id such as vpc-0123456789abcdef0')
      .describe('Id of the existing VPC.'),
    cidr: cidr.describe('Address range of the VPC.'),
    loadBalancerSubnets: subnets('Subnets of the load balancer, public ones for `network.exposure: internet`'),
    taskSubnets: subnets('Private subnets of the tasks'),
    databaseSubnets: subnets('Private subnets of the database'),
    endpoints: z
      .enum(['create', 'existing'])
      .default('create')
      .describe(
        'Interface endpoints of ECR, CloudWatch Logs, KMS, Secrets Manager and S3. `existing`: the VPC has them, or reaches shared ones.',
      ),
    endpointCidrs: z
      .array(cidr)
      .default([])
      .describe('Address ranges of existing endpoints; empty for the range of the VPC.'),
    s3PrefixList: z
      .string()
      .regex(/^pl-[0-9a-f]{8,17}$/, 'must be a prefix list id such as pl-63a5400a')
      .optional()
      .describe('Prefix list of S3 in the region, where existing endpoints include a gateway endpoint of S3.'),
  })
  .optional()
  .describe('Use an existing VPC. Nothing is looked up: `npm run ops -- doctor --live` checks what is written here.');

export const network = z
  .strictObject({
    cidr: cidr.default('10.20.0.0/16').describe('Address range of the VPC, /16 to /20.'),
    egress: z
      .enum(['none', 'nat'])
      .default('none')
      .describe('`none`: tasks reach VPC endpoints alone. `nat`: tasks have a way out through NAT gateways.'),
    exposure: z
      .enum(['internet', 'internal'])
      .default('internet')
      .describe('Where the load balancer is. `internal`: reached through the VPC only.'),
    endpointZones: integer(1, 3)
      .optional()
      .describe('Zones with VPC endpoints; none for every zone. Each endpoint costs by zone and hour.'),
    vpc: existingVpc,
    transitGateway: z
      .strictObject({
        id: z
          .string()
          .regex(/^tgw-[0-9a-f]{8,17}$/, 'must be a transit gateway id such as tgw-0123456789abcdef0')
          .describe('Id of the transit gateway.'),
        cidrs: z.array(cidr).min(1).describe('Address ranges that the stage reaches through it, such as the hospital.'),
      })
      .optional()
      .describe('Transit gateway to which the VPC of the stage is attached: the way in of an internal load balancer.'),
    allowedCidrs: z
      .array(cidr)
      .min(1)
      .default(['0.0.0.0/0'])
      .describe('Who may reach the load balancer. A hospital list is better than everybody.'),
  })
  .describe('VPC and what may reach it.');
