import type { stages } from '../../lib/config/stages.ts';

/** An account as people have it: new, or with what a landing zone or an earlier deployment left in it. */
export type AccountKind = 'fresh' | 'landing-zone' | 'used';

export interface Variant {
  readonly name: string;
  readonly stage: keyof typeof stages;

  /** Settings over those of the stage, as `-c` takes them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly account: AccountKind;

  /** Settings of an update that follows. @default - none */
  readonly update?: Readonly<Record<string, unknown>>;

  /** The update removes subnets, so the stacks that use them are updated before the network. @default false */
  readonly leavesSubnets?: boolean;

  /** Region other than that of the stage. */
  readonly region?: string;

  /** Deploy into a VPC that exists. @default false */
  readonly vpc?: boolean;

  /** Destroy it at the end, by `npm run ops -- destroy`. @default false */
  readonly destroyed?: boolean;
}

/** Deployments other than that of dev: each could fail where dev does not. docs/deploy/aws.md has the same list. */
export const variants: readonly Variant[] = [
  { name: 'fresh account', stage: 'dev', account: 'fresh', settings: {} },
  {
    name: 'fresh account, service-linked roles by CloudFormation',
    stage: 'dev',
    account: 'fresh',
    settings: { 'accountBaseline.serviceLinkedRoles': 'create' },
  },
  {
    name: 'landing zone',
    stage: 'dev',
    account: 'landing-zone',
    settings: {
      'accountBaseline.guardDuty': 'existing',
      'accountBaseline.config': 'existing',
      'accountBaseline.trail': 'existing',
      'accountBaseline.rdsHostLogs': 'existing',
    },
  },
  { name: 'existing VPC', stage: 'dev', account: 'used', settings: {}, vpc: true },
  { name: 'sandbox', stage: 'sandbox', account: 'used', settings: {}, destroyed: true },
  { name: 'internal', stage: 'dev', account: 'used', settings: { 'network.exposure': 'internal' } },
  {
    name: 'GovCloud',
    stage: 'dev',
    account: 'used',
    region: 'us-gov-west-1',
    settings: {
      availabilityZones: ['us-gov-west-1a', 'us-gov-west-1b'],
      // The image of a GovCloud stage brings the RDS root certificates of its region.
      'database.ownAuthorities': true,
    },
  },
  {
    name: 'canary to rolling',
    stage: 'staging',
    account: 'used',
    settings: {},
    update: { 'service.deployment': 'rolling' },
  },
  {
    name: 'internet to internal',
    stage: 'dev',
    account: 'used',
    settings: {},
    update: { 'network.exposure': 'internal' },
    leavesSubnets: true,
  },
  {
    name: 'three zones to two',
    stage: 'dev',
    account: 'used',
    leavesSubnets: true,
    settings: { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
    update: { availabilityZones: ['us-east-1a', 'us-east-1b'] },
  },
];

/** Names a variant on a command line: `npm run rehearse -- nightly:existing-vpc`. */
export const slugOf = ({ name }: Variant): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
