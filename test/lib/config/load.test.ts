import { availableConnections } from '../../../lib/config/database-connections.ts';
import { ConfigurationError, loadStages } from '../../../lib/config/load.ts';
import { overridesIn } from '../../../lib/config/overrides.ts';
import { configurationReference } from '../../../lib/config/reference.ts';
import { stages } from '../../../lib/config/stages.ts';

/** The faults of a configuration as `path: message`. */
function faultsOf(overrides: Readonly<Record<string, unknown>>, wanted = ['prod']): string[] {
  try {
    loadStages(stages, wanted, overrides);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.faults.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('The configuration', () => {
  it('of every stage is sound', () => {
    expect(loadStages(stages).map(({ stage }) => stage)).toEqual(['sandbox', 'dev', 'staging', 'prod']);
  });

  it('takes numbers, switches, lists and digits that are text by -c key=value', () => {
    const [config] = loadStages(stages, ['dev'], {
      'service.maxTasks': '4',
      'accountBaseline.guardDuty': 'existing',
      disposable: 'true',
      'network.allowedCidrs': '["10.0.0.0/8"]',
      account: '111122223333',
    });
    expect(config).toMatchObject({
      account: '111122223333',
      service: { maxTasks: 4, minTasks: 1 },
      accountBaseline: { guardDuty: 'existing', config: 'create' },
      disposable: true,
      network: { allowedCidrs: ['10.0.0.0/8'] },
    });
  });

  it('leaves the context of CDK itself alone, and nothing else', () => {
    expect(
      overridesIn({
        '@aws-cdk/core:x': true,
        'aws:cdk:y': 1,
        'cli-telemetry': false,
        stage: 'dev',
        account: '1',
        foo: 'x',
      }),
    ).toEqual({ account: '1', foo: 'x' });
  });

  it('[164.316(b)(2)(i)] reports every fault at once, structural and cross-checked, of every stage', () => {
    const faults = faultsOf({
      'service.minTasks': '1',
      'edge.certificateArn': 'arn:aws:acm:eu-west-1:111122223333:certificate/x',
      'service.databasePoolSize': '100',
      'service.maxTasks': '1000',
      'service.cpu': '2048',
      'service.memory': '4096',
      'service.colour': 'blue',
      'retention.audit': '1827',
      'sidecar.kind': 'adot',
      'sidecar.image': `public.ecr.aws/aws-observability/aws-otel-collector@sha256:${'a'.repeat(64)}`,
    });
    expect(faults).toEqual([
      expect.stringContaining('service.colour: is not a key of the configuration'),
      'edge.certificateArn: the certificate is of eu-west-1; a load balancer in us-east-1 needs one of us-east-1',
      'service.cpu: one Node.js thread fills at most 50 % of 2 vCPUs, so 70 % is never reached; use 1024 and more tasks',
      expect.stringMatching(
        /^service.databasePoolSize: 2 x 1000 tasks x \d+ connections and 1 of the publisher are \d{6}; 16 ACU leave 3340/,
      ),
      'sidecar.kind: adot sends to the internet, and network.egress is none; set it to nat',
      'service.minTasks: got 1; production needs 2, in two zones',
      'retention.audit: got 1827 days; 45 CFR 164.316(b)(2)(i) asks for six years, 2192',
    ]);
  });

  it.each([
    ['an unknown stage', {}, ['qa'], 'stage: there is no stage "qa"'],
    ['a number that is text', { 'service.maxTasks': 'many' }, ['prod'], 'service.maxTasks: '],
    ['an account that is no account', { account: '12' }, ['prod'], 'account: must be 12 digits'],
    ['an account that does not hold the certificate', { account: '999999999999' }, ['prod'], 'edge.certificateArn: '],
    ['a zone of another region', { availabilityZones: '["eu-west-1a","us-east-1b"]' }, ['prod'], 'availabilityZones: '],
    ['one zone', { availabilityZones: '["us-east-1a"]' }, ['prod'], 'availabilityZones: '],
    [
      'a retention that CloudWatch refuses',
      { 'retention.applicationLogs': '42' },
      ['prod'],
      'retention.applicationLogs: ',
    ],
    ['memory that Fargate refuses', { 'service.memory': '1536' }, ['prod'], 'service.memory: '],
    ['more tasks at least than at most', { 'service.minTasks': '50' }, ['prod'], 'service.maxTasks: '],
    ['an image by tag', { 'sidecar.kind': 'adot', 'sidecar.image': 'adot:latest' }, ['prod'], 'sidecar.image: '],
    ['backups copied to the same region', { 'backup.copyRegion': 'us-east-1' }, ['prod'], 'backup.copyRegion: '],
    [
      'copies of the backups that a disposable stage has not',
      { 'backup.copyRegion': 'us-west-2' },
      ['sandbox'],
      'backup.copyRegion: ',
    ],
    ['spot in production', { 'service.capacity': 'spot' }, ['prod'], 'service.capacity: '],
    [
      'production in the account of another stage',
      { 'accountBaseline.owned': 'false' },
      ['prod'],
      'accountBaseline.owned: ',
    ],
    ['neither certificate nor hosted zone', { 'edge.certificateArn': undefined }, ['prod'], 'edge.certificateArn: '],
    ['a region without RDS root certificates', { region: 'il-central-1' }, ['prod'], 'rds-roots/il-central-1.pem'],
    [
      'a name outside its hosted zone',
      { 'edge.hostedZone.id': 'Z0123456789ABCDEFGHIJ', 'edge.hostedZone.name': 'example.com' },
      ['prod'],
      'edge.hostedZone.name: ',
    ],
    ['a disposable production stage', { disposable: 'true' }, ['prod'], 'disposable: '],
    ['production without a canary', { 'alarms.uptimeCheckMinutes': '0' }, ['prod'], 'alarms.uptimeCheckMinutes: '],
    ['endpoints in one zone in production', { 'network.endpointZones': '1' }, ['prod'], 'network.endpointZones: '],
    ['a database that never pauses', { 'database.minAcu': '0' }, ['dev'], 'database.minAcu: '],
    [
      'an existing VPC with a subnet too few',
      {
        'network.vpc.id': 'vpc-0123456789abcdef0',
        'network.vpc.cidr': '10.8.0.0/16',
        'network.vpc.loadBalancerSubnets': '["subnet-0000000000000000a","subnet-0000000000000000b"]',
        'network.vpc.taskSubnets': '["subnet-0000000000000000c","subnet-0000000000000000d"]',
        'network.vpc.databaseSubnets': '["subnet-0000000000000000e","subnet-0000000000000000f"]',
      },
      ['prod'],
      'network.vpc.taskSubnets: ',
    ],
    [
      'an inference profile in place of the model',
      { 'analysis.engine': 'bedrock', 'analysis.modelId': 'us.anthropic.claude-sonnet-4-20250514-v1:0' },
      ['prod'],
      'analysis.modelId: ',
    ],
    ['no replica in production', { 'database.readers': '0' }, ['prod'], 'database.readers: '],
    ['a database that sleeps in production', { 'database.minAcu': '0' }, ['prod'], 'database.minAcu: '],
    ['a range too small for the subnets', { 'network.cidr': '10.0.0.0/24' }, ['prod'], 'network.cidr: '],
    ['a section that is a word', { service: 'x' }, ['prod'], 'service: '],
  ])('refuses %s', (_, overrides, wanted, expected) => {
    expect(faultsOf(overrides, wanted).join('\n')).toContain(expected);
  });

  it('never fails in another way, whatever a key is set to', () => {
    const keys = configurationReference(stages).matchAll(/^\| `([\w.]+)` \|/gm);
    const values = [
      '',
      'x',
      '[]',
      '[1]',
      '["x"]',
      '{}',
      '-1',
      '0',
      '0.3',
      'true',
      'null',
      '1e99',
      '__proto__',
      undefined,
      7,
    ];
    const all = [...new Set([...keys].map(([, key]) => key!))].flatMap((key) => [key, `${key}.deeper`]);
    expect(all.length).toBeGreaterThan(100);
    for (const key of [...all, 'stage2', '__proto__.x', '.', 'a..b']) {
      for (const value of values) {
        try {
          loadStages(stages, ['prod'], { [key]: value });
        } catch (error) {
          expect([key, value, (error as Error).name]).toEqual([key, value, 'ConfigurationError']);
        }
      }
    }
  });

  it('reports all faults of a stage file, too', () => {
    const broken = {
      prod: {
        ...stages.prod,
        production: true,
        service: { ...stages.prod.service, minTasks: 1, colour: 'blue' },
        retention: { audit: 42, applicationLogs: 365 },
        sidecar: { kind: 'adot' },
      },
    };
    try {
      loadStages(broken as never);
    } catch (error) {
      const paths = (error as ConfigurationError).faults.map(({ path }) => path);
      expect(paths.sort()).toEqual([
        'retention.audit',
        'service.colour',
        'service.minTasks',
        'sidecar.image',
        'sidecar.kind',
      ]);
    }
    expect.assertions(1);
  });

  it('counts the connections that Aurora leaves, capped where it may shrink to half a unit', () => {
    expect(availableConnections(1, 16)).toBe(3340);
    expect(availableConnections(0.5, 16)).toBe(1980);
    expect(availableConnections(0, 2)).toBe(169);
  });

  it('takes a JWT at the load balancer with rolling deployments alone', () => {
    const jwt = { 'edge.jwt.issuer': 'https://id.example.org', 'edge.jwt.jwksEndpoint': 'https://id.example.org/jwks' };
    expect(faultsOf(jwt)).toEqual([expect.stringContaining('edge.jwt: canary deployments rewrite')]);
    expect(faultsOf({ ...jwt, 'service.deployment': 'rolling' })).toEqual([]);
  });

  it('takes the page with an issuer, and without a JWT at the load balancer', () => {
    const page = {
      'service.page.authorizationEndpoint': 'https://id.example.org/authorize',
      'service.page.tokenEndpoint': 'https://id.example.org/token',
      'service.page.clientId': 'page',
      'service.page.scope': 'openid',
      'service.issuers': JSON.stringify([
        {
          issuer: 'https://id.example.org',
          audiences: 'api',
          keys: { uri: 'https://id.example.org/jwks' },
          tenant: 'n',
        },
      ]),
    };
    const jwt = { 'edge.jwt.issuer': 'https://id.example.org', 'edge.jwt.jwksEndpoint': 'https://id.example.org/jwks' };
    expect(faultsOf(page)).toEqual([]);
    expect(faultsOf({ ...page, ...jwt, 'service.deployment': 'rolling' })).toEqual([
      expect.stringContaining('service.page: a browser sends no token when it opens /app'),
    ]);
    expect(faultsOf({ ...page, 'service.issuers': '[]' })).toEqual([expect.stringContaining('set service.issuers')]);
    expect(faultsOf({ ...page, 'service.page.scope': 'openid offline_access' })).toEqual([
      expect.stringContaining('must not have offline_access'),
    ]);
  });
});
