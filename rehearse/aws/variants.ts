import type { Construct } from 'constructs';
import type { stages } from '../../lib/config/stages.ts';
import { existingVpc, hostedZone, type MadeByOthers, platformTeam, transitGateway } from './made-by-others.ts';
import {
  accountHasOneOfEach,
  idlesCheaply,
  isInGovCloud,
  isInternal,
  makesLinkedRoles,
  makesNoVpc,
  type Outcome,
  rolesHaveBoundary,
  shiftsTraffic,
  tasksReachTransitGateway,
  usesZones,
} from './outcomes.ts';
import type { Place } from './place.ts';
import { restart, unprotect } from './remedies.ts';
import { readOneOutputMore } from './templates.ts';

/** An account as people have it: new, or with what a landing zone or an earlier deployment left in it. */
export type AccountKind = 'fresh' | 'landing-zone' | 'used';

type Settings = Readonly<Record<string, unknown>>;

export interface Update {
  readonly settings: Settings;

  /** The stacks that use the network leave its subnets first. @default false */
  readonly removesSubnets?: boolean;

  /** What `npm run deploy` refuses at first, and the command that its message names. @default - nothing */
  readonly refused?: { readonly message: RegExp; readonly remedy: (place: Place) => Promise<unknown> };
  readonly shows?: readonly Outcome[];
}

export interface Variant {
  readonly name: string;
  readonly stage: keyof typeof stages;
  readonly account: AccountKind;

  /** Settings over those of the stage, as `-c` takes them. */
  readonly settings: Settings;

  /** Settings without which `npm run deploy` refuses the account, and names them. @default - none */
  readonly needs?: readonly string[];

  /** Region other than that of the stage. */
  readonly region?: string;

  /** What others have made in the account before. @default - nothing */
  readonly madeByOthers?: MadeByOthers;

  /** Makes the first deployment one of an earlier release. @default - it is of this release */
  readonly earlier?: (scope: Construct) => void;

  /** Deploy it every night by plain `npx cdk deploy`, too. @default false */
  readonly plain?: boolean;

  /** What the account has to show after the deployment, besides what every deployment has to. */
  readonly shows?: readonly Outcome[];

  readonly update?: Update;

  /** Destroy it at the end, by `npm run ops -- destroy`. @default false */
  readonly destroyed?: boolean;
}

/** Deployments other than that of dev: each could fail where dev does not. docs/deploy/aws.md has the same list. */
export const variants: readonly Variant[] = [
  { name: 'fresh account', stage: 'dev', account: 'fresh', settings: {}, plain: true },
  {
    name: 'fresh account, service-linked roles by CloudFormation',
    stage: 'dev',
    account: 'fresh',
    settings: { 'accountBaseline.serviceLinkedRoles': 'create' },
    plain: true,
    shows: [makesLinkedRoles],
  },
  {
    name: 'landing zone',
    stage: 'dev',
    account: 'landing-zone',
    madeByOthers: platformTeam,
    settings: {
      'accountBaseline.guardDuty': 'existing',
      'accountBaseline.config': 'existing',
      'accountBaseline.trail': 'existing',
      'accountBaseline.rdsHostLogs': 'existing',
    },
    needs: ['accountBaseline.guardDuty', 'accountBaseline.config', 'accountBaseline.rdsHostLogs'],
    shows: [accountHasOneOfEach, rolesHaveBoundary],
  },
  { name: 'existing VPC', stage: 'dev', account: 'used', settings: {}, madeByOthers: existingVpc, shows: [makesNoVpc] },
  { name: 'sandbox', stage: 'sandbox', account: 'used', settings: {}, shows: [idlesCheaply], destroyed: true },
  {
    name: 'internal',
    stage: 'dev',
    account: 'used',
    madeByOthers: transitGateway,
    settings: { 'network.exposure': 'internal' },
    shows: [isInternal(true), tasksReachTransitGateway],
  },
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
    shows: [isInGovCloud],
  },
  {
    name: 'canary to rolling',
    stage: 'staging',
    account: 'used',
    settings: {},
    plain: true,
    shows: [shiftsTraffic(true)],
    update: {
      settings: { 'service.deployment': 'rolling' },
      refused: { message: /target group without tasks.*npm run ops -- restart --stage staging/, remedy: restart },
      shows: [shiftsTraffic(false)],
    },
  },
  {
    name: 'internet to internal',
    stage: 'dev',
    account: 'used',
    madeByOthers: hostedZone,
    settings: {},
    shows: [isInternal(false)],
    update: {
      settings: { 'network.exposure': 'internal' },
      removesSubnets: true,
      refused: { message: /protected against deletion.*Value=false/, remedy: unprotect },
      shows: [isInternal(true)],
    },
  },
  {
    name: 'three zones to two',
    stage: 'dev',
    account: 'used',
    settings: { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
    shows: [usesZones(3)],
    update: {
      settings: { availabilityZones: ['us-east-1a', 'us-east-1b'] },
      removesSubnets: true,
      shows: [usesZones(2)],
    },
  },
  {
    name: 'an output of a release goes away',
    stage: 'dev',
    account: 'used',
    settings: {},
    earlier: readOneOutputMore,
    update: { settings: {} },
  },
];

/** Names a variant on a command line: `npm run rehearse -- nightly:existing-vpc`. */
export const slugOf = ({ name }: Variant): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
