import { isDeepStrictEqual } from 'node:util';
import type { StackResourceDrift } from '@aws-sdk/client-cloudformation';
import { weightsOf } from '../doctor/live/production-rule.ts';

/** A property that AWS changes by itself after a deployment, as the deployment asked it to. */
interface OwnedByAws {
  readonly type: string;

  /** Property of the resource, at the beginning of the path of a difference. */
  readonly property: string;
  readonly reason: string;

  /** Whether AWS made this difference. Another change of the same property is drift. */
  isOwn(expected: unknown, actual: unknown): boolean;
}

const ownedByAws: readonly OwnedByAws[] = [
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    property: 'Actions',
    reason: 'ECS shifts the weights of the production rule with each deployment; never put them back by hand',
    isOwn: differOnlyInWeights,
  },
  {
    type: 'AWS::RDS::DBCluster',
    property: 'EngineVersion',
    reason: 'RDS chooses the minor version of the engine, and upgrades it in the maintenance window',
    isOwn: isMinorUpgrade,
  },
];

/** Why a difference is not drift; undefined for drift. */
export function reasonNotDrift(drift: StackResourceDrift, path: string): string | undefined {
  const property = path.split('/')[1];
  const owned = ownedByAws.find((one) => one.type === drift.ResourceType && one.property === property);
  if (owned === undefined) return undefined;
  const [expected, actual] = [drift.ExpectedProperties, drift.ActualProperties].map((text) => {
    const properties = JSON.parse(text ?? '{}') as Record<string, unknown>;
    return properties[owned.property];
  });
  return owned.isOwn(expected, actual) ? owned.reason : undefined;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Whether two lists of actions differ in nothing but the weights of two or more target groups. The path of a difference
 * would not answer that: CloudFormation names one weight, or a whole action that it takes for removed and added.
 */
function differOnlyInWeights(expected: unknown, actual: unknown): boolean {
  if (!Array.isArray(expected) || !Array.isArray(actual) || weightsOf(expected).length < 2) return false;
  const [before, after] = [expected.map(withoutWeights), actual.map(withoutWeights)];
  return before.length === after.length && before.every((action, index) => isWithin(action, after[index]));
}

function withoutWeights(action: Json): Json {
  const forward = action.ForwardConfig as { readonly TargetGroups?: readonly Json[] } | undefined;
  if (forward?.TargetGroups === undefined) return action;
  const groups = forward.TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn);
  return { ...action, ForwardConfig: { ...forward, TargetGroups: groups.toSorted() } };
}

/** Whether `actual` has everything that `expected` sets. CloudFormation counts no property that a template leaves out. */
function isWithin(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected) || typeof expected !== 'object' || expected === null) {
    return isDeepStrictEqual(expected, actual);
  }
  if (typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([key, value]) => isWithin(value, (actual as Json)[key]));
}

/** 17 or 17.4 to 17.7; never to another major version, and never back. */
function isMinorUpgrade(expected: unknown, actual: unknown): boolean {
  const [before, after] = [expected, actual].map((version) => /^(\d+)(?:\.(\d+))?$/.exec(String(version)));
  return before?.[1] !== undefined && before[1] === after?.[1] && Number(after[2] ?? 0) >= Number(before[2] ?? 0);
}
