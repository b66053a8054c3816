import type { Draft, Mutation } from '../draft.ts';
import { absent, changed, mutation } from '../draft.ts';

const ROLE = 'AWS::IAM::Role';
const PROVIDER = 'AWS::IAM::OIDCProvider';

/** Settings that production does not have, and single faults in what they make. */
export interface OptionalPart {
  readonly stage: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly faults: readonly Mutation[];
}

/** A route through the transit gateway out of a subnet. */
const route = (draft: Draft, table: RegExp, DestinationCidrBlock: string) =>
  draft.add('AWS::EC2::VPC', 'Added', {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: { Ref: draft.logicalId('AWS::EC2::RouteTable', table) },
      DestinationCidrBlock,
      TransitGatewayId: 'tgw-0123456789abcdef0',
    },
  });

export const optional: { readonly [name: string]: OptionalPart } = {
  'a transit gateway': {
    stage: 'dev',
    settings: {
      'network.exposure': 'internal',
      'network.transitGateway.id': 'tgw-0123456789abcdef0',
      'network.transitGateway.cidrs': '["10.0.0.0/8"]',
    },
    faults: [
      mutation('every address behind the transit gateway', 'subnet-isolated', (d) =>
        route(d, /^VpctasksSubnet1/, '0.0.0.0/0'),
      ),
      mutation('public addresses behind the transit gateway', 'subnet-isolated', (d) =>
        route(d, /^VpctasksSubnet1/, '10.0.0.0/7'),
      ),
      mutation('the database behind the transit gateway', 'subnet-isolated', (d) =>
        route(d, /^VpcdataSubnet1/, '10.0.0.0/8'),
      ),
      mutation('an attachment without its VPC', 'wired', (d) =>
        d.set('AWS::EC2::TransitGatewayAttachment', 'VpcId', 'vpc-0123456789abcdef0'),
      ),
    ],
  },
  'a permissions boundary': {
    stage: 'dev',
    settings: { permissionsBoundary: 'Boundary' },
    faults: [
      absent('a role without the boundary', 'iam-permissions-boundary', ROLE, 'PermissionsBoundary'),
      mutation('a role with another boundary', 'iam-permissions-boundary', (d) =>
        d.set(ROLE, 'PermissionsBoundary', 'arn:aws:iam::aws:policy/AdministratorAccess'),
      ),
    ],
  },
  'deployment from GitHub': {
    stage: 'dev',
    settings: { githubRepository: 'owner/name', 'accountBaseline.githubOidcProvider': 'true' },
    faults: [
      changed('tokens for another audience', 'oidc-provider', PROVIDER, 'ClientIdList', ['anybody']),
      changed('tokens of another provider', 'oidc-provider', PROVIDER, 'Url', 'https://example.org'),
    ],
  },
};
