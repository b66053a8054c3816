import { doctorCommandWith } from '@healthcare-ai/ops/commands/doctor';
import type { NamedFinding } from '@healthcare-ai/ops/doctor/examine';
import { stages } from '../../../../lib/config/stages.ts';
import { type AwsEndpoint, AwsFault, type Handler, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { runAgainst } from '../support/run-command.ts';
import { account, digest } from './account.ts';

let aws: AwsEndpoint;
afterEach(() => aws?.stop());

const lookUp = async () => ['192.0.2.1'];

async function doctor(
  handlers: Readonly<Record<string, Handler>>,
  { args = [] as readonly string[], stage = stages.dev as object } = {},
) {
  aws = await startAwsEndpoint(handlers);
  const result = await runAgainst(['doctor', '--stage', 'dev', '--json', ...args], {
    endpoint: aws.url,
    command: doctorCommandWith(lookUp),
    stages: { dev: stage as typeof stages.dev },
  });
  const findings: NamedFinding[] = result.out ? JSON.parse(result.out).findings : [];
  const of = (check: string) => findings.find((one) => one.check === check);
  const states = (state: string) => findings.filter((one) => one.state === state).map(({ check }) => check);
  return { ...result, findings, of, states };
}

test('a check that is not allowed reports it, and passes in no case', async () => {
  const { GetCallerIdentity } = account;
  const { code, findings, states } = await doctor({ GetCallerIdentity: GetCallerIdentity! });
  expect(code).toBe(0);
  // What needs no call.
  expect(states('ok')).toEqual(['credentials', 'quota: vCPUs of Fargate Spot', 'quota: Elastic IP addresses']);
  expect(states('fault')).toEqual([]);
  for (const { saw } of findings.filter(({ state }) => state === 'unknown')) expect(saw).toMatch(/^Not allowed: /);
});

test('--strict fails for what cannot be told', async () => {
  const { code, err } = await doctor({ GetCallerIdentity: account.GetCallerIdentity! }, { args: ['--strict'] });
  expect(code).toBe(1);
  expect(err).toMatch(/\d+ are unknown\.\n$/);
});

test('it changes nothing: every call reads', async () => {
  await doctor(account);
  const operations = [...new Set(aws.calls.map(({ operation }) => operation))];
  expect(operations.length).toBeGreaterThan(12);
  expect(operations.filter((name) => !/^(Get|List|Describe|BatchGet|GET )/.test(name))).toEqual([]);
});

test.each([
  ['ExpiredToken', 'The security token included in the request is expired', /credentials have expired/],
  ['InvalidClientTokenId', 'The security token included in the request is invalid', /does not know these credentials/],
])('without a login (%s) nothing else is asked', async (name, message, saw) => {
  const { code, of, states } = await doctor({ ...account, GetCallerIdentity: () => new AwsFault(name, message, 403) });
  expect(code).toBe(1);
  expect(of('credentials')!.saw).toMatch(saw);
  expect(states('fault')).toEqual(['credentials']);
  expect(states('ok')).toEqual([]);
  expect(aws.calls.map(({ operation }) => operation)).toEqual(['GetCallerIdentity']);
});

test('credentials of another account are a fault, and nothing is judged by them', async () => {
  const certificateArn = stages.dev.edge.certificateArn.replace('111122223333', '999999999999');
  const stage = { ...stages.dev, account: '999999999999', edge: { ...stages.dev.edge, certificateArn } };
  const { code, of, states } = await doctor(account, { stage });
  expect(code).toBe(1);
  expect(of('credentials')).toMatchObject({ state: 'fault', saw: expect.stringContaining('belongs to 999999999999') });
  expect(states('ok')).toEqual([]);
});

test('another region than that of the stage is a fault', async () => {
  const { of } = await doctor(account, { args: ['--region', 'eu-west-1'] });
  expect(of('credentials')).toMatchObject({ state: 'fault', fix: 'leave --region out' });
});

test('an empty account is no fault: what is missing says how it comes to be', async () => {
  const none = new AwsFault('ValidationError', 'Stack with id healthcare-ai-dev-audit does not exist');
  const noParameter = new AwsFault('ParameterNotFound', '');
  const { of } = await doctor({
    ...account,
    DescribeStacks: () => none,
    ListStackResources: () => none,
    GetParameter: ({ Name }) => (Name.startsWith('/cdk') ? account.GetParameter!({ Name }) : noParameter),
  });
  for (const check of ['KMS keys', 'targets', 'image', 'address', 'log groups']) {
    expect(of(check)).toMatchObject({ state: 'unknown', fix: 'npm run deploy -- --stage dev' });
  }
  expect(of('changes')).toMatchObject({ state: 'ok', saw: 'none under way; 0 of 7 stacks deployed' });
});

test('with a hosted zone it judges the certificate that the service stack made', async () => {
  const made = 'arn:aws:acm:us-east-1:111122223333:certificate/made';
  const { certificateArn: _, ...edge } = stages.dev.edge;
  const hostedZone = { id: 'Z0123456789ABCDEFGHIJ', name: 'example.org' };
  const { of } = await doctor(
    {
      ...account,
      ListStackResources: () => ({
        StackResourceSummaries: [
          {
            LogicalResourceId: 'Certificate',
            PhysicalResourceId: made,
            ResourceType: 'AWS::CertificateManager::Certificate',
            ResourceStatus: 'CREATE_COMPLETE',
          },
        ],
      }),
      DescribeCertificate: ({ CertificateArn }) =>
        CertificateArn === made
          ? {
              Certificate: {
                CertificateArn,
                DomainName: edge.domainName,
                Status: 'ISSUED',
                NotAfter: Date.now() / 1000 + 90 * 86_400,
              },
            }
          : new AwsFault('ValidationException', 'no ARN was given'),
    },
    { stage: { ...stages.dev, edge: { ...edge, hostedZone } } },
  );
  expect(of('certificate')).toMatchObject({ state: 'ok', saw: expect.stringMatching(/ends in (89|90) days/) });
});

test('a quota that is too small comes with the command that asks for more', async () => {
  const { of } = await doctor({
    ...account,
    DescribeVpcs: () => ({ vpcSet: Array.from({ length: 6 }, (_, index) => ({ vpcId: `vpc-${index}` })) }),
    GetServiceQuota: ({ QuotaCode }) =>
      QuotaCode === 'L-F678F1CE' ? { Quota: { Value: 5 } } : new AwsFault('NoSuchResourceException', 'none'),
    GetAWSDefaultServiceQuota: () => ({ Quota: { Value: 2 } }),
  });
  expect(of('quota: VPCs')).toEqual({
    check: 'quota: VPCs',
    state: 'fault',
    saw: '5 allowed; the stage needs 1 at most, others use 5',
    fix: 'aws service-quotas request-service-quota-increase --service-code vpc --quota-code L-F678F1CE --desired-value 6 --region us-east-1',
  });
  expect(of('quota: vCPUs of Fargate')).toMatchObject({
    state: 'fault',
    saw: '2 allowed; the stage needs 3.25 at most',
  });
});

test.each([
  ['COMPLETE', { CRITICAL: 1, HIGH: 2 }, 'fault', '1 critical, 2 high'],
  ['ACTIVE', { HIGH: 2 }, 'ok', '2 high'],
  ['FAILED', {}, 'unknown', 'the scan is FAILED'],
])('a scan that is %s with %j is %s', async (status, findingSeverityCounts, state, saw) => {
  const { of } = await doctor({
    ...account,
    DescribeImageScanFindings: () => ({ imageScanStatus: { status }, imageScanFindings: { findingSeverityCounts } }),
  });
  expect(of('image scan')).toMatchObject({ state, saw });
});

test('an image without arm64 is a fault', async () => {
  const amd64 = JSON.stringify({ manifests: [{ digest, platform: { os: 'linux', architecture: 'amd64' } }] });
  const { of } = await doctor({ ...account, BatchGetImage: () => ({ images: [{ imageManifest: amd64 }] }) });
  expect(of('image')).toMatchObject({ state: 'fault', saw: expect.stringContaining('no image for linux/arm64') });
  expect(of('image scan')!.state).toBe('unknown');
});

test('a key that is to be deleted comes with the command that keeps it', async () => {
  const { of } = await doctor({
    ...account,
    DescribeKey: (input) =>
      input.KeyId.endsWith('/data')
        ? { KeyMetadata: { KeyId: 'k', KeyState: 'PendingDeletion', DeletionDate: 1_798_761_600 } }
        : account.DescribeKey!(input),
  });
  expect(of('KMS keys')).toMatchObject({
    state: 'fault',
    saw: 'data is deleted on 2027-01-01',
    fix: 'aws kms cancel-key-deletion --key-id k && aws kms enable-key --key-id k',
  });
});

test('an alarm that notifies nobody, and an address that never confirmed, are faults', async () => {
  const { of } = await doctor({
    ...account,
    DescribeAlarms: () => ({
      MetricAlarms: [{ AlarmName: 'healthcare-ai-dev-down', ActionsEnabled: false, StateValue: 'OK' }],
    }),
    ListSubscriptionsByTopic: () => ({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Endpoint: 'on-call@example.org' }],
    }),
  });
  expect(of('alarms')).toMatchObject({
    state: 'fault',
    fix: 'aws cloudwatch enable-alarm-actions --alarm-names healthcare-ai-dev-down',
  });
  expect(of('alarm mail')).toMatchObject({ state: 'fault', saw: 'not confirmed: on-call@example.org' });
});

test('a schema is judged by the last task that migrated, among tasks that made keys', async () => {
  const lines: Record<string, string> = {
    'migrate/migrate/key': 'revoked 0123456789ab',
    'migrate/migrate/new': '2026-11-01T00:00:00.000Z INFO  schema_ready count=2',
    'migrate/migrate/old': '2026-01-01T00:00:00.000Z INFO  schema_ready count=9',
  };
  const { of } = await doctor({
    ...account,
    DescribeLogStreams: () => ({ logStreams: Object.keys(lines).map((logStreamName) => ({ logStreamName })) }),
    GetLogEvents: ({ logStreamName }) => ({ events: [{ timestamp: 0, message: lines[logStreamName] }] }),
  });
  expect(of('schema')).toMatchObject({
    state: 'fault',
    saw: expect.stringMatching(/version 2 since .*; the image needs 3/),
  });
});

test('calls that are throttled or cut are repeated', async () => {
  let tries = 0;
  const { of } = await doctor({
    ...account,
    DescribeAlarms: (input) => {
      tries += 1;
      if (tries === 1) return 'cut';
      if (tries === 2) return new AwsFault('ThrottlingException', 'Rate exceeded');
      return account.DescribeAlarms!(input);
    },
  });
  expect(of('alarms')).toMatchObject({ state: 'ok', saw: '1 quiet' });
  expect(tries).toBe(3);
});

test('for people, each finding is a line, and its fix another', async () => {
  aws = await startAwsEndpoint({ ...account, GetParameter: () => new AwsFault('ParameterNotFound', '') });
  const { code, out, err } = await runAgainst(['doctor', '--stage', 'dev'], {
    endpoint: aws.url,
    command: doctorCommandWith(lookUp),
  });
  expect(code).toBe(1);
  expect(out).toMatch(/^ok {5}credentials +user\/op of 111122223333, in us-east-1$/m);
  expect(out).toMatch(/^FAULT {2}bootstrap .*\n +-> npx cdk bootstrap aws:\/\/111122223333\/us-east-1$/m);
  expect(err).toMatch(/fault/);
});

test('interrupted, it says that nothing was changed', async () => {
  const stop = new AbortController();
  aws = await startAwsEndpoint({
    ...account,
    DescribeAlarms: () => {
      stop.abort();
      return 'hang';
    },
  });
  const { code, out, err } = await runAgainst(['doctor', '--stage', 'dev'], {
    endpoint: aws.url,
    command: doctorCommandWith(lookUp),
    interrupted: stop.signal,
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/Interrupted. Nothing was changed.\n$/);
});
