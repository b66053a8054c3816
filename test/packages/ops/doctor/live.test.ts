import { readFileSync } from 'node:fs';
import { Assembly } from '@healthcare-ai/cloud-policies';
import { doctorCommandWith } from '@healthcare-ai/ops/commands/doctor';
import { checks } from '@healthcare-ai/ops/doctor/checks/index';
import type { NamedFinding } from '@healthcare-ai/ops/doctor/examine';
import { outside } from '@healthcare-ai/ops/doctor/live/elsewhere';
import { liveChecks } from '@healthcare-ai/ops/doctor/live/index';
import { stages } from '../../../../lib/config/stages.ts';
import { templatesOf } from '../../cloud-policies/stage.ts';
import { type AwsEndpoint, AwsFault, type Handler, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { runAgainst } from '../support/run-command.ts';
import { account, digest } from './account.ts';

let aws: AwsEndpoint;
afterEach(() => aws?.stop());

const resource = (LogicalResourceId: string, PhysicalResourceId: string, ResourceType: string) => ({
  LogicalResourceId,
  PhysicalResourceId,
  ResourceType,
  ResourceStatus: 'CREATE_COMPLETE',
  LastUpdatedTimestamp: new Date(0),
});

/** Resources that the live checks look for, by stack. */
const resources: Readonly<Record<string, object[]>> = {
  network: [resource('Vpc', 'vpc-1', 'AWS::EC2::VPC'), resource('Close', 'association-1', 'AWS::SSM::Association')],
  database: [
    resource('BackupsVault', 'vault', 'AWS::Backup::BackupVault'),
    resource('BackupsRole', 'backup-role', 'AWS::IAM::Role'),
  ],
  service: [resource('EdgeProduction', 'arn:rule', 'AWS::ElasticLoadBalancingV2::ListenerRule')],
  monitoring: [
    resource('EventsDeliveryTest', 'rule-1', 'AWS::Events::Rule'),
    resource('Canary', 'healthcare-ai-dev-up', 'AWS::Synthetics::Canary'),
  ],
};

interface Live {
  /** Of the rule for test events, before and after the event. */
  readonly invocations?: number;
  readonly failed?: number;
  readonly canary?: number | undefined;
  readonly health?: string;
  readonly backupState?: string;
  readonly optIn?: boolean;
  readonly defaultRules?: number;
  readonly missingRole?: string;
  readonly handlers?: Readonly<Record<string, Handler>>;
  readonly baseline?: object;

  /** Of `network.vpc`. */
  readonly vpc?: object;

  /** Over the configuration of dev. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

async function live(world: Live = {}) {
  const { invocations = 1, failed = 0, canary = 100, health = 'healthy', backupState = 'RUNNING' } = world;
  let sent = 0;
  aws = await startAwsEndpoint({
    ...account,
    ListStackResources: ({ StackName }) => ({ StackResourceSummaries: resources[StackName.split('-').at(-1)!] ?? [] }),
    PutEvents: () => {
      sent = 1;
      return { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] };
    },
    GetMetricStatistics: ({ Namespace, MetricName }) => {
      const Timestamp = Date.now() / 1000;
      if (Namespace === 'CloudWatchSynthetics') {
        return { Datapoints: canary === undefined ? [] : [{ Timestamp, Average: canary }] };
      }
      return { Datapoints: [{ Timestamp, Sum: sent * (MetricName === 'FailedInvocations' ? failed : invocations) }] };
    },
    DescribeRules: () => ({
      Rules: [
        {
          Actions: [
            {
              Type: 'forward',
              ForwardConfig: {
                TargetGroups: [
                  { TargetGroupArn: 'arn:a:targetgroup/blue/1', Weight: 0 },
                  { TargetGroupArn: 'arn:a:targetgroup/green/2', Weight: 100 },
                ],
              },
            },
          ],
        },
      ],
    }),
    DescribeTargetHealth: ({ TargetGroupArn }) => ({
      TargetHealthDescriptions: TargetGroupArn.includes('green') ? [{ TargetHealth: { State: health } }] : [],
    }),
    DescribeSecurityGroups: () => ({
      securityGroupInfo: [
        {
          groupId: 'sg-default',
          ipPermissions: Array.from({ length: world.defaultRules ?? 0 }, () => ({ ipProtocol: '-1' })),
        },
      ],
    }),
    'GET /account-settings': () => ({ ResourceTypeOptInPreference: { Aurora: world.optIn ?? true } }),
    'PUT /backup-jobs': () => ({ BackupJobId: 'job-1' }),
    'GET /backup-jobs/job-1': () => ({ BackupJobId: 'job-1', State: backupState, StatusMessage: 'not authorized' }),
    DescribeDBClusters: () => ({
      DBClusters: [{ DBClusterArn: 'arn:aws:rds:us-east-1:111122223333:cluster:healthcare-ai-dev' }],
    }),
    GetRole: ({ RoleName }) =>
      RoleName === world.missingRole
        ? new AwsFault('NoSuchEntity', 'not found', 404)
        : { Role: { RoleName, Arn: 'a', Path: '/', RoleId: 'r', CreateDate: new Date(0) } },
    ...world.handlers,
  });
  const dev = stages.dev as unknown as Record<string, object>;
  const result = await runAgainst(['doctor', '--live', '--stage', 'dev', '--json', '--yes', '--timeout', '20'], {
    endpoint: aws.url,
    command: doctorCommandWith(async () => []),
    stages: {
      dev: {
        ...dev,
        ...world.settings,
        accountBaseline: { ...dev.accountBaseline, ...world.baseline },
        network: { ...dev.network, ...(world.settings?.network as object), vpc: world.vpc },
      } as never,
    },
  });
  const findings: NamedFinding[] = JSON.parse(result.out).findings;
  return (check: string) => findings.find((one) => one.check === check);
}

test('a stage in order: every question of --live is answered', async () => {
  const of = await live();
  for (const check of [
    ...['service-linked roles', 'resources elsewhere', 'default security group', 'backup opt-in'],
    ...['backup on demand', 'production rule', 'uptime canary', 'events to the alarm topic'],
  ]) {
    expect([check, of(check)?.state, of(check)?.saw]).toEqual([check, 'ok', expect.any(String)]);
  }
});

test.each<[check: string, world: Live, saw: RegExp, fix: RegExp]>([
  ['events to the alarm topic', { failed: 1 }, /cannot deliver to the alarm topic/, /without conditions/],
  ['uptime canary', { canary: 0 }, /failed its last run/, /get-canary-runs/],
  ['backup on demand', { backupState: 'FAILED' }, /is FAILED: not authorized/, /trust policy of the backup role/],
  ['backup opt-in', { optIn: false }, /not enabled for Aurora/, /update-region-settings/],
  ['production rule', { health: 'unhealthy' }, /answers 503: blue 0, green 100/, /never set them by hand/],
  ['default security group', { defaultRules: 2 }, /has 2 rules/, /start-associations-once --association-ids assoc/],
  ['service-linked roles', { missingRole: 'AWSServiceRoleForECS' }, /AWSServiceRoleForECS/, /ecs\.amazonaws\.com$/],
])('%s: a fault comes with what to do', async (check, world, saw, fix) => {
  const finding = (await live(world))(check);
  expect(finding).toMatchObject({ state: 'fault', saw: expect.stringMatching(saw), fix: expect.stringMatching(fix) });
});

test('what exists elsewhere is judged in the account', async () => {
  const baseline = { guardDuty: 'existing', config: 'existing' };
  const recorders =
    (recording: boolean): Handler =>
    () => ({ ConfigurationRecordersStatus: [{ recording }] });
  const detector = {
    'GET /detector': () => ({ detectorIds: ['d'] }),
    'GET /detector/d': () => ({ status: 'ENABLED' }),
  };
  const handlers = (recording: boolean, allSupported = true) => ({
    ...detector,
    DescribeConfigurationRecorders: () => ({
      ConfigurationRecorders: [{ name: 'default', recordingGroup: { allSupported } }],
    }),
    DescribeConfigurationRecorderStatus: recorders(recording),
  });
  expect((await live({ baseline, handlers: handlers(true) }))('resources elsewhere')).toMatchObject({
    state: 'ok',
    saw: 'in order: accountBaseline.guardDuty, accountBaseline.config',
  });
  await aws.stop();
  expect((await live({ baseline, handlers: handlers(false) }))('resources elsewhere')).toMatchObject({
    state: 'fault',
    saw: 'the AWS Config recorder does not record',
  });
  await aws.stop();
  const features = {
    'GET /detector/d': () => ({ status: 'ENABLED', features: [{ name: 'RDS_LOGIN_EVENTS', status: 'DISABLED' }] }),
  };
  expect(
    (await live({ baseline, handlers: { ...handlers(true, false), ...features } }))('resources elsewhere'),
  ).toMatchObject({
    state: 'fault',
    saw: 'the GuardDuty detector d has RDS_LOGIN_EVENTS disabled; the AWS Config recorder does not record every resource type',
  });
});

test.each([
  ['arn:aws:iam::111122223333:policy/Boundary', 'ok', /^in order: permissionsBoundary$/],
  [
    undefined,
    'fault',
    /^the permissions boundary of healthcare-ai-dev-us-east-1-service-task is missing, not Boundary$/,
  ],
])('a permissions boundary of the task role (%s) is %s', async (PermissionsBoundaryArn, state, saw) => {
  const handlers: Live['handlers'] = {
    GetRole: ({ RoleName }) => ({
      Role: {
        ...{ RoleName, Arn: 'a', Path: '/', RoleId: 'r', CreateDate: new Date(0) },
        ...(PermissionsBoundaryArn ? { PermissionsBoundary: { PermissionsBoundaryArn } } : {}),
      },
    }),
  };
  const found = (await live({ settings: { permissionsBoundary: 'Boundary' }, handlers }))('resources elsewhere');
  expect(found).toMatchObject({ state, saw: expect.stringMatching(saw) });
});

test('every setting that declares what exists elsewhere has a look at it', () => {
  const assembly = new Assembly(
    templatesOf('dev', {
      'accountBaseline.guardDuty': 'existing',
      'accountBaseline.config': 'existing',
      'accountBaseline.trail': 'existing',
      'accountBaseline.rdsHostLogs': 'existing',
      permissionsBoundary: 'Boundary',
    }),
  );
  expect(new Set(assembly.outside.map(({ setting }) => setting))).toEqual(new Set(Object.keys(outside)));
});

test('docs/deploy/aws-findings.md names a check for every question, and every check of --live', () => {
  const [, table] = readFileSync('docs/deploy/aws-findings.md', 'utf8').split('## What only AWS can answer');
  const cells = table!
    .split('\n')
    .flatMap((row) => /^\| [A-Z].*\| (.+) \|$/.exec(row)?.[1] ?? [])
    .slice(1);
  const named = cells.flatMap((cell) => [...cell.matchAll(/^`([^`]+)`/g)].map(([, name]) => name!));
  const unanswered = cells.filter((cell) => !cell.startsWith('`') && !cell.startsWith('none needed'));
  expect(cells.length).toBeGreaterThan(12);
  expect(unanswered).toEqual([]);
  const all = new Set([...checks, ...liveChecks].map(({ name }) => name));
  expect(named.filter((name) => !all.has(name))).toEqual([]);
  expect(liveChecks.map(({ name }) => name).filter((name) => !named.includes(name))).toEqual([]);
});

test('a canary that never ran is unknown, not in order', async () => {
  const handlers = {
    GetMetricStatistics: () => ({ Datapoints: [] }),
    PutEvents: () => new AwsFault('InternalFailure', ''),
  };
  expect((await live({ handlers }))('uptime canary')).toMatchObject({ state: 'unknown' });
});

describe('an existing VPC', () => {
  const subnet = (place: string, zone: string) => `subnet-0000000000000${place}${zone}`;
  const pair = (place: string) => [subnet(place, 'a'), subnet(place, 'b')];
  const given = { load: pair('1'), tasks: pair('2'), data: pair('3') };
  const vpc = {
    id: 'vpc-0123456789abcdef0',
    cidr: '10.8.0.0/16',
    loadBalancerSubnets: given.load,
    taskSubnets: given.tasks,
    databaseSubnets: given.data,
    endpoints: 'existing',
    s3PrefixList: 'pl-63a5400a',
  };
  const services = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager', 's3'];
  const endpoint = (name: string) => ({
    serviceName: `com.amazonaws.us-east-1.${name}`,
    state: 'available',
    vpcEndpointType: name === 's3' ? 'Gateway' : 'Interface',
  });
  const table = (subnets: readonly string[], gatewayId: string, main = false) => ({
    associationSet: main ? [{ main }] : subnets.map((subnetId) => ({ subnetId })),
    routeSet: [{ gatewayId, destinationCidrBlock: gatewayId === 'local' ? '10.8.0.0/16' : '0.0.0.0/0' }],
  });

  /** The VPC as its owner made it, but for what a test changes. */
  const made = (changes: Readonly<Record<string, object>> = {}): Live => ({
    vpc,
    handlers: {
      DescribeSubnets: () => ({
        subnetSet: Object.values(given)
          .flat()
          .map((subnetId) => ({ subnetId, availabilityZone: `us-east-1${subnetId.at(-1)}` })),
        ...changes.subnets,
      }),
      DescribeRouteTables: () => ({
        routeTableSet: [table(given.load, 'igw-1'), table([], 'local', true)],
        ...changes.routes,
      }),
      DescribeVpcEndpoints: () => ({ vpcEndpointSet: services.map(endpoint), ...changes.endpoints }),
      DescribeVpcAttribute: ({ Attribute }) => ({ [Attribute]: { value: true }, ...changes[Attribute] }),
      DescribeFlowLogs: () => ({ flowLogSet: [{ flowLogId: 'fl-1' }], ...changes.flowLogs }),
    },
  });

  test('in order', async () => {
    const found = (await live(made()))('existing VPC');
    expect([found?.state, found?.saw]).toEqual([
      'ok',
      expect.stringMatching(/has the subnets, routes, endpoints and flow logs/),
    ]);
  });

  test.each<[what: string, changes: Readonly<Record<string, object>>, saw: RegExp]>([
    ['a subnet that is not in it', { subnets: { subnetSet: [] } }, /taskSubnets: vpc-\w+ has no subnet subnet-\w+2a/],
    [
      'subnets in one zone',
      {
        subnets: {
          subnetSet: Object.values(given)
            .flat()
            .map((subnetId) => ({ subnetId, availabilityZone: 'us-east-1a' })),
        },
      },
      /databaseSubnets are in us-east-1a, us-east-1a, not in us-east-1a, us-east-1b/,
    ],
    [
      'a database subnet with a route to the internet',
      { routes: { routeTableSet: [table(given.data, 'igw-1'), table([], 'local', true)] } },
      /databaseSubnets: subnet-\w+3a, subnet-\w+3b has a route to an internet gateway/,
    ],
    [
      'a main route table that leads to the internet',
      { routes: { routeTableSet: [table([], 'igw-1', true)] } },
      /taskSubnets: .* has a route to an internet gateway/,
    ],
    [
      'an endpoint that is not available',
      {
        endpoints: {
          vpcEndpointSet: services.map((name) => ({
            ...endpoint(name),
            state: name === 'kms' ? 'pending' : 'available',
          })),
        },
      },
      /has no endpoint of kms/,
    ],
    [
      'a load balancer that clients on the internet cannot reach',
      { routes: { routeTableSet: [table([], 'local', true)] } },
      /loadBalancerSubnets: subnet-\w+1a, subnet-\w+1b has no route to an internet gateway/,
    ],
    [
      'DNS that does not lead to endpoints',
      { enableDnsHostnames: { enableDnsHostnames: { value: false } } },
      /^vpc-\w+ has enableDnsHostnames off$/,
    ],
    ['no flow logs', { flowLogs: { flowLogSet: [] } }, /has no flow logs/],
  ])('finds %s', async (_what, changes, saw) => {
    const found = (await live(made(changes)))('existing VPC');
    expect([found?.state, found?.fix]).toEqual(['fault', expect.stringMatching(/ask the owner of the VPC/)]);
    expect(found?.saw).toMatch(saw);
  });

  test.each<[what: string, more: Partial<typeof vpc>, settings: Live['settings'], saw: RegExp]>([
    [
      'no default route for tasks with a way out',
      {},
      { network: { egress: 'nat' } },
      /2a, subnet-\w+2b has no default route/,
    ],
    [
      'a gateway of S3 without its prefix list',
      { s3PrefixList: undefined },
      {},
      /the endpoint of S3 is a gateway, and network\.vpc\.s3PrefixList is not set/,
    ],
    [
      'no endpoint of the model',
      {},
      { analysis: { engine: 'bedrock', modelId: 'anthropic.claude-sonnet-4-20250514-v1:0' } },
      /has no endpoint of bedrock-runtime/,
    ],
  ])('finds %s', async (_what, more, settings, saw) => {
    const found = (await live({ ...made(), vpc: { ...vpc, ...more }, settings }))('existing VPC');
    expect(found).toMatchObject({ state: 'fault', saw: expect.stringMatching(saw) });
  });

  test('is asked by the other checks, too, and what its owner keeps is no fault', async () => {
    const own = { ...vpc, endpoints: 'create' };
    const { handlers } = made();
    const of = await live({ vpc, handlers, defaultRules: 1 });
    expect(of('default security group')).toMatchObject({
      state: 'fault',
      fix: expect.stringMatching(/owner of the VPC/),
    });
    expect(of('VPC endpoints')).toMatchObject({ state: 'ok' });
    expect(of('log groups')?.saw).not.toMatch(/\/flow/);
    expect(of('quota: VPCs')).toMatchObject({ state: 'ok', saw: 'the stage needs none' });
    await aws.stop();
    const withEndpoint = {
      ...handlers,
      ListStackResources: () => ({
        StackResourceSummaries: [resource('Kms', 'vpce-1', 'AWS::EC2::VPCEndpoint')],
      }),
      DescribeVpcEndpoints: (input: Readonly<Record<string, string>>) =>
        JSON.stringify(input).includes(vpc.id)
          ? { vpcEndpointSet: [{ vpcEndpointId: 'vpce-1', state: 'available' }] }
          : {},
    };
    expect((await live({ vpc: own, handlers: withEndpoint }))('VPC endpoints')).toMatchObject({ state: 'ok' });
  });
});

test('a disposable stage that is stopped, without canary and backups, has no open question', async () => {
  const alarms = { ...stages.dev.alarms, uptimeCheckMinutes: 0 };
  const monitoring = resources.monitoring!.slice(0, 1);
  const primary = { id: 'd', status: 'PRIMARY', taskDefinition: 'healthcare-ai-dev-service:1' };
  const handlers: Live['handlers'] = {
    ListStackResources: ({ StackName }) => ({
      StackResourceSummaries: StackName.endsWith('monitoring')
        ? monitoring
        : (resources[StackName.split('-').at(-1)!] ?? []),
    }),
    DescribeServices: () => ({
      services: [{ status: 'ACTIVE', desiredCount: 0, runningCount: 0, deployments: [primary] }],
    }),
    DescribeTaskDefinition: () => ({
      taskDefinition: { containerDefinitions: [{ name: 'service', image: `repository@${digest}` }] },
    }),
    GetRole: ({ RoleName }) =>
      RoleName.includes('RestoreTesting')
        ? new AwsFault('NoSuchEntity', 'not found', 404)
        : { Role: { RoleName, Arn: 'a', Path: '/', RoleId: 'r', CreateDate: new Date(0) } },
  };
  const service = { ...stages.dev.service, minTasks: 0 };
  const of = await live({ settings: { disposable: true, alarms, service }, handlers });
  for (const check of [
    'service',
    'targets',
    'backups',
    'backup on demand',
    'backup opt-in',
    'uptime canary',
    'service-linked roles',
  ]) {
    expect([check, of(check)?.state]).toEqual([check, 'ok']);
  }
});
