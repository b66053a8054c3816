import { readFileSync } from 'node:fs';
import { type AssumptionName, assume, assumptions } from '@healthcare-ai/ops/cost/assumptions';
import { count, sums } from '@healthcare-ai/ops/cost/count';
import { freeTypes } from '@healthcare-ai/ops/cost/free';
import { counters, meters } from '@healthcare-ai/ops/cost/services/index';
import { countOf, stacksOf, used } from './stages.ts';

const prod = countOf('prod');

/** The options that change what is paid for. */
const variants: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
  ['dev', 'dev', {}],
  ['staging', 'staging', {}],
  ['prod', 'prod', {}],
  ['prod with NAT', 'prod', { 'network.egress': 'nat' }],
  [
    'dev on Spot, for GitHub',
    'dev',
    { 'service.capacity': 'spot', githubRepository: 'a/b', 'accountBaseline.githubOidcProvider': true },
  ],
  ['staging inside a network', 'staging', { 'network.exposure': 'internal', 'network.allowedCidrs': '["10.0.0.0/8"]' }],
];

describe.each(variants)('%s', (_, stage, overrides) => {
  it('has no resource of which nothing is known', () => {
    expect(countOf(stage, overrides).unknown).toEqual([]);
  });

  it('has every resource once: counted, or free', () => {
    const { lines, free } = countOf(stage, overrides);
    const resources = stacksOf(stage, overrides).flatMap(({ id, resources: all }) =>
      Object.entries(all).map(([logicalId, { Type }]) => ({ where: `${id}/${logicalId}`, Type })),
    );
    const counted = new Set(lines.map((line) => `${line.stack}/${line.logicalId}`));
    for (const { where, Type } of resources) {
      // A counter may have nothing to add, such as for the task definition of a service that is counted itself.
      if (!(Type in freeTypes)) expect([where, counted.has(where) || Type in counters]).toEqual([where, true]);
    }
    expect(Object.values(free).reduce((a, b) => a + b, 0)).toBe(
      resources.filter(({ Type }) => Type in freeTypes).length,
    );
  });

  it('counts nothing below nothing, and no span backwards', () => {
    for (const line of countOf(stage, overrides).lines) {
      expect(line.low).toBeGreaterThanOrEqual(0);
      expect(line.high).toBeGreaterThanOrEqual(line.low);
      expect(Number.isFinite(line.high)).toBe(true);
    }
  });
});

describe('prod', () => {
  it('pays for 3 to 12 tasks of one vCPU and 2 GB, for its migrations and for an expiry', () => {
    const { hours, deploys, migrationMinutes, expiries, expiryMinutes } = assume();
    const migration = (deploys * migrationMinutes) / 60;
    const expiry = (expiries * expiryMinutes) / 60;
    expect(used(prod, 'fargate-arm-vcpu')).toMatchObject({
      low: 3 * hours + migration / 4 + expiry,
      high: 12 * hours + migration / 4 + expiry,
    });
    expect(used(prod, 'fargate-arm-memory')).toMatchObject({
      low: 6 * hours + migration / 2 + 2 * expiry,
      high: 24 * hours + migration / 2 + 2 * expiry,
    });
  });

  it('pays for each endpoint in each of three zones', () => {
    expect(used(prod, 'endpoint-hours')).toMatchObject({ low: 6 * 3 * 730, resources: 6 });
    expect(used(prod, 'endpoint-gb').low).toBeCloseTo(assume().endpointGb);
  });

  it('pays for the capacity of a writer and a reader', () => {
    const tests = assume().restoreTests * assume().restoreTestHours;
    expect(used(prod, 'aurora-acu')).toMatchObject({ low: 2 * 1 * 730 + tests, high: 2 * 16 * 730 + tests });
  });

  it('pays for the key of the copies, and for the replica of that of the notes, where they lie', () => {
    const keys = sums(prod.lines).filter(({ meter }) => meter === 'kms-key');
    expect(keys.map(({ region, low }) => [region, low])).toEqual([
      ['us-east-1', 8],
      ['us-west-2', 2],
    ]);
  });

  it('pays for a signature a minute', () => {
    expect(used(prod, 'kms-signature').low).toBe(730 * 60);
    expect(used(countOf('prod', {}, { checkpointMinutes: '5' }), 'kms-signature').low).toBe(730 * 12);
  });

  it('pays for an alarm of its own, and for the two of its scaling', () => {
    const alarms = stacksOf('prod').flatMap(({ resources }) =>
      Object.values(resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm'),
    );
    expect(used(prod, 'alarm').low).toBe(alarms.length + 2);
  });

  it('pays for a run of the canary a minute', () => {
    expect(used(prod, 'canary-run').low).toBe(730 * 60);
  });
});

describe('An option that costs', () => {
  it('NAT: a gateway and an address in each zone', () => {
    const nat = countOf('prod', { 'network.egress': 'nat' });
    expect(used(nat, 'nat-hours').low).toBe(3 * 730);
    expect(used(nat, 'public-ipv4').low).toBe(used(prod, 'public-ipv4').low + 3 * 730);
  });

  it('Spot: the same hours at another price', () => {
    const spot = countOf('dev', { 'service.capacity': 'spot' });
    expect(used(spot, 'spot-arm-vcpu')).toMatchObject({ low: 365, high: 1095 });
    // The one-off tasks alone: a quarter of a vCPU for migrations, one for an expiry.
    expect(used(spot, 'fargate-arm-vcpu').low).toBe(1 / 4 + 1);
  });

  it('more tasks: more hours', () => {
    expect(used(countOf('prod', { 'service.maxTasks': 20 }), 'fargate-arm-vcpu').high).toBeGreaterThan(20 * 730);
  });

  it('an internal load balancer has no public address', () => {
    const inside = countOf('staging', { 'network.exposure': 'internal', 'network.allowedCidrs': '["10.0.0.0/8"]' });
    expect(() => used(inside, 'public-ipv4')).toThrow('used in 0 regions');
  });
});

describe('A resource of which nothing is known', () => {
  const stack = (resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>) => [
    { id: 'extra', name: 'extra', region: 'us-east-1', resources, outputs: {} },
  ];

  it('is named when its type is new', () => {
    const { unknown, lines } = count(stack({ Hot: { Type: 'AWS::ElastiCache::CacheCluster' } }), assume());
    expect({ unknown, lines }).toEqual({ unknown: ['extra/Hot: AWS::ElastiCache::CacheCluster'], lines: [] });
  });

  it.each([
    ['AWS::KMS::Key', { KeySpec: 'RSA_4096' }, 'a key of spec RSA_4096'],
    ['AWS::Logs::LogGroup', { LogGroupName: '/new' }, 'log group /new: how much it takes in'],
    ['AWS::SNS::Subscription', { Protocol: 'sms' }, 'a subscription by sms'],
    ['AWS::EC2::VPCEndpoint', { VpcEndpointType: 'GatewayLoadBalancer' }, 'an endpoint of type GatewayLoadBalancer'],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Type: 'network' }, 'a load balancer of type network'],
    ['AWS::Synthetics::Canary', { Schedule: { Expression: 'cron(0 1 * * ? *)' } }, 'a schedule like cron(0 1 * * ? *)'],
    [
      'AWS::GuardDuty::Detector',
      { Features: [{ Name: 'RUNTIME_MONITORING', Status: 'ENABLED' }] },
      'the feature RUNTIME_MONITORING',
    ],
    ['AWS::RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' }, 'an instance of class db.r8g.large'],
  ])('is named when it is a kind of %s that is new', (Type, Properties, why) => {
    expect(count(stack({ One: { Type, Properties } }), assume()).unknown).toEqual([`extra/One: ${Type}, ${why}`]);
  });
});

describe('An assumption', () => {
  it('is used, and every one that is used has a meaning', () => {
    const how = variants
      .flatMap(([, stage, overrides]) => countOf(stage, overrides).lines.map((line) => line.how))
      .join(' ');
    // These shape a figure whose formula names them otherwise.
    const within: AssumptionName[] = ['logMonths', 'canaryGb'];
    const names = Object.keys(assumptions) as AssumptionName[];
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(how) && !within.includes(name))).toEqual([]);
  });

  it('of the metrics of the service is how many docs/metrics.md has', () => {
    const [, section] = readFileSync('docs/metrics.md', 'utf8').split('| CloudWatch | Unit | Meaning |');
    expect(section!.match(/^\| `\w+` \| /gm)).toHaveLength(assumptions.serviceMetrics.value);
  });

  it.each([
    [{ nodes: '1' }, /no such assumption/],
    [{ requests: 'many' }, /use a number from 0/],
    [{ requests: '-1' }, /use a number from 0/],
    [{ requests: ' ' }, /use a number from 0/],
  ])('%j is refused', (given, message) => {
    expect(() => assume(given)).toThrow(message);
  });
});

it('Every meter is used by something, or only where an option or another architecture asks for it', () => {
  const all = new Set(
    variants.flatMap(([, stage, overrides]) => countOf(stage, overrides).lines.map(({ meter }) => meter)),
  );
  expect(Object.keys(meters).filter((id) => !all.has(id))).toEqual([
    'fargate-x86-vcpu',
    'fargate-x86-memory',
    'aurora-acu-io-optimized',
    'aurora-storage-io-optimized',
    'alarm-high-resolution',
  ]);
});
