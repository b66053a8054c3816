import { readFileSync } from 'node:fs';
import { Assembly, type Template } from '@healthcare-ai/cloud-policies';
import { numberOf, type Resource } from '@healthcare-ai/cloud-policies/core/assembly';
import * as z from 'zod';
import { UsageError } from '../errors.ts';

const HOURS = 730;

/** Prices of one region on one day. */
const priceFile = z.strictObject({
  date: z.iso.date(),
  region: z.string(),
  currency: z.literal('USD'),
  prices: z.record(z.string(), z.strictObject({ usd: z.number().nonnegative(), source: z.string().min(1) })),
});
export type Prices = z.infer<typeof priceFile>;

/** The prices of this release. */
export const PRICE_FILE = new URL('prices.json', import.meta.url);

/** @throws UsageError when the file cannot be read or has another form */
export function readPrices(path: string | URL): Prices {
  try {
    return priceFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : (error as Error).message;
    throw new UsageError(`${path}: ${why}. docs/cost.md describes the form of the file`);
  }
}

/** An amount of something that has a price, for a month without traffic. */
interface Use {
  readonly price: string;
  readonly quantity: number;
}

const always = (price: string, count = 1): Use => ({ price, quantity: count * HOURS });

const taskSize = (task: Resource | undefined, tasks: number): Use[] => [
  always('fargate-arm-vcpu-hour', (numberOf(task?.get('Cpu')) / 1024) * tasks),
  always('fargate-arm-gb-hour', (numberOf(task?.get('Memory')) / 1024) * tasks),
];

const minutesOf = (schedule: string): number => Number(/^rate\((\d+) minutes?\)$/.exec(schedule)?.[1]);

/** The resource types that cost something without traffic, and how much of it. */
const idleUses: Readonly<Record<string, (resource: Resource) => readonly Use[]>> = {
  'AWS::ECS::Service': (service) => {
    const [target] = service.assembly.resources('AWS::ApplicationAutoScaling::ScalableTarget');
    return taskSize(service.target('TaskDefinition'), numberOf(target?.get('MinCapacity')));
  },
  'AWS::RDS::DBInstance': (instance) => {
    const cluster = instance.target('DBClusterIdentifier');
    return [always('aurora-acu-hour', numberOf(cluster?.get('ServerlessV2ScalingConfiguration.MinCapacity')))];
  },
  'AWS::RDS::DBCluster': (cluster) =>
    cluster.get('ManageMasterUserPassword') === true ? [{ price: 'secret-month', quantity: 1 }] : [],
  'AWS::SecretsManager::Secret': () => [{ price: 'secret-month', quantity: 1 }],
  'AWS::EC2::VPCEndpoint': (endpoint) =>
    endpoint.get('VpcEndpointType') === 'Interface'
      ? [always('endpoint-zone-hour', endpoint.items('SubnetIds').length)]
      : [],
  'AWS::EC2::NatGateway': () => [always('nat-gateway-hour')],
  'AWS::EC2::EIP': () => [always('public-ipv4-hour')],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': (balancer) => [
    always('alb-hour'),
    ...(balancer.get('Scheme') === 'internet-facing'
      ? [always('public-ipv4-hour', balancer.items('Subnets').length)]
      : []),
  ],
  'AWS::KMS::Key': () => [{ price: 'kms-key-month', quantity: 1 }],
  'AWS::KMS::ReplicaKey': () => [{ price: 'kms-key-month', quantity: 1 }],
  'AWS::Logs::MetricFilter': (filter) => [
    { price: 'custom-metric-month', quantity: filter.items('MetricTransformations').length },
  ],
  'AWS::CloudWatch::Alarm': (alarm) => {
    const metrics = alarm.items('Metrics').filter(({ path }) => alarm.get(`${path}.MetricStat`) !== undefined).length;
    return [{ price: 'alarm-metric-month', quantity: Math.max(metrics, 1) }];
  },
  'AWS::CloudWatch::Dashboard': () => [{ price: 'dashboard-month', quantity: 1 }],
  'AWS::Synthetics::Canary': (canary) => [
    { price: 'canary-run', quantity: (HOURS * 60) / minutesOf(canary.text('Schedule.Expression')) },
  ],
  'AWS::WAFv2::WebACL': (acl) => [
    { price: 'waf-acl-month', quantity: 1 },
    { price: 'waf-rule-month', quantity: acl.items('Rules').length },
  ],
};

export interface CostLine {
  readonly type: string;
  readonly resources: number;
  readonly usd: number;
}

export interface IdleCost {
  readonly lines: readonly CostLine[];
  readonly usd: number;

  /** Types that this estimate takes as free without traffic. */
  readonly unpriced: readonly string[];
}

/** What the templates of one stage cost in a month of 730 hours without traffic, by resource type, dearest first. */
export function idleCost(templates: readonly Template[], { prices }: Prices): IdleCost {
  const byType = Map.groupBy(new Assembly(templates).all, ({ type }) => type);
  const lines: CostLine[] = [];
  for (const [type, resources] of byType) {
    const uses = resources.flatMap((resource) => idleUses[type]?.(resource) ?? []);
    if (uses.length === 0) continue;
    const usd = uses.reduce((sum, { price, quantity }) => {
      const entry = prices[price];
      if (entry === undefined) throw new UsageError(`the price file has no "${price}"; add it`);
      if (!Number.isFinite(quantity)) throw new Error(`${type}: the amount of ${price} is unknown`);
      return sum + entry.usd * quantity;
    }, 0);
    lines.push({ type, resources: resources.length, usd });
  }
  lines.sort((a, b) => b.usd - a.usd);
  return {
    lines,
    usd: lines.reduce((sum, { usd }) => sum + usd, 0),
    unpriced: [...byType.keys()].filter((type) => !(type in idleUses)).sort(),
  };
}
