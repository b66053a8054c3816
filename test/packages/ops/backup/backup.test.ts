import { backupCommand } from '@healthcare-ai/ops/commands/backup';
import { stages } from '../../../../lib/config/stages.ts';
import { type AwsEndpoint, AwsFault, type Handler, startAwsEndpoint } from '../support/aws-endpoint.ts';
import { RawXml } from '../support/query-protocol.ts';
import { quickClock, runAgainst } from '../support/run-command.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As the protocols of JSON carry it: seconds. */
const ago = (ms: number) => (NOW - ms) / 1000;
const iso = (ms: number) => new Date(NOW - ms).toISOString();
const VAULT = 'dev-vault';

const point = (age: number, more: object = {}) => ({
  RecoveryPointArn: `arn:aws:rds:us-east-1:111122223333:cluster-snapshot:awsbackup:${age}`,
  Status: 'COMPLETED',
  CreationDate: ago(age),
  CalculatedLifecycle: { DeleteAt: ago(age - 7 * DAY) },
  BackupSizeInBytes: 3_200_000_000,
  IsEncrypted: true,
  ...more,
});

const restore = (age: number, more: object = {}) => ({
  RecoveryPointArn: 'arn:aws:rds:us-east-1:111122223333:cluster-snapshot:awsbackup:x',
  Status: 'COMPLETED',
  CreationDate: ago(age),
  CompletionDate: ago(age - HOUR),
  ValidationStatus: 'SUCCESSFUL',
  CreatedBy: {
    RestoreTestingPlanArn: 'arn:aws:backup:us-east-1:111122223333:restore-testing-plan:healthcare_ai_dev_database-abc',
  },
  ...more,
});

interface Plan {
  readonly points?: readonly object[];
  readonly restores?: readonly object[];
  readonly copies?: readonly object[];
  readonly latest?: number;
  readonly days?: number;
  readonly age?: number;
}

function world({
  points = [point(9 * HOUR)],
  restores = [restore(4 * DAY)],
  copies = [],
  latest = 5 * 60_000,
  days = 7,
  age = 100 * DAY,
}: Plan): Record<string, Handler> {
  return {
    ListStackResources: () => ({
      StackResourceSummaries: [
        {
          LogicalResourceId: 'Vault',
          PhysicalResourceId: VAULT,
          ResourceType: 'AWS::Backup::BackupVault',
          ResourceStatus: 'CREATE_COMPLETE',
        },
      ],
    }),
    DescribeDBClusters: () => ({
      DBClusters: new RawXml(`<DBCluster>
      <EarliestRestorableTime>${iso(7 * DAY)}</EarliestRestorableTime>
      <LatestRestorableTime>${iso(latest)}</LatestRestorableTime>
      <ClusterCreateTime>${iso(age)}</ClusterCreateTime>
      <BackupRetentionPeriod>${days}</BackupRetentionPeriod>
    </DBCluster>`),
    }),
    // Two pages: what is due may stand on the second.
    [`GET /backup-vaults/${VAULT}/recovery-points`]: ({ nextToken }) =>
      nextToken ? { RecoveryPoints: points.slice(1) } : { RecoveryPoints: points.slice(0, 1), NextToken: 'second' },
    'GET /restore-jobs': () => ({ RestoreJobs: restores }),
    'GET /copy-jobs': () => ({ CopyJobs: copies }),
  };
}

let aws: AwsEndpoint;
afterEach(() => aws?.stop());

async function list(plan: Plan, more: { readonly stage?: 'dev' | 'prod'; readonly json?: boolean } = {}) {
  const { stage = 'dev', json = true } = more;
  aws = await startAwsEndpoint(world(plan));
  const result = await runAgainst(['backup', 'list', '--stage', stage, ...(json ? ['--json'] : [])], {
    endpoint: aws.url,
    command: backupCommand,
    clock: quickClock(NOW),
    stages,
  });
  const document = json && result.out ? JSON.parse(result.out) : undefined;
  const of = (what: string) => document?.judged.find((one: { what: string }) => one.what === what);
  return { ...result, document, of };
}

test('what is as planned is listed, newest first, from every page', async () => {
  const { code, document } = await list({ points: [point(33 * HOUR), point(9 * HOUR), point(57 * HOUR)] });
  expect(code).toBe(0);
  expect(document.judged.map(({ what, state }: { what: string; state: string }) => [what, state])).toEqual([
    ['point in time', 'ok'],
    ['daily backup', 'ok'],
    ['restore test', 'ok'],
  ]);
  expect(document.points.map(({ createdAt }: { createdAt: string }) => createdAt)).toEqual(
    [9, 33, 57].map((hours) => iso(hours * HOUR)),
  );
  expect(document.points[0]).toMatchObject({ status: 'COMPLETED', encrypted: true, bytes: 3_200_000_000 });
});

test('for people there is a line for each, and a table', async () => {
  const { out } = await list({}, { json: false });
  expect(out).toMatch(/^ok {5}daily backup {3}last good one 9 h ago$/m);
  expect(out).toMatch(/^2026-11-23 03:00 {2}COMPLETED {2}2026-11-30 03:00 {2}3.2 GB {2}arn:aws:rds/m);
  expect(out).toMatch(/^2026-11-19 12:00 {2}2026-11-19 13:00 {2}COMPLETED {2}SUCCESSFUL {2}arn/m);
});

const cases: readonly (readonly [string, Plan, string, RegExp])[] = [
  [
    'a daily backup that is overdue',
    { points: [point(32 * HOUR)] },
    'daily backup',
    /last good one 32 h ago; due every 31 h/,
  ],
  ['no daily backup at all', { points: [] }, 'daily backup', /^none; due/],
  [
    'a daily backup that failed since',
    { points: [point(3 * HOUR, { Status: 'PARTIAL' }), point(9 * HOUR)] },
    'daily backup',
    /the last one is PARTIAL; last good one 9 h ago/,
  ],
  ['a restore test that is overdue', { restores: [restore(9 * DAY)] }, 'restore test', /last good one 9 days ago/],
  [
    'a restore test that failed',
    { restores: [restore(2 * DAY, { Status: 'FAILED', StatusMessage: 'no subnet' }), restore(9 * DAY)] },
    'restore test',
    /the last one is FAILED \(no subnet\)/,
  ],
  [
    'restores that somebody made by hand',
    { restores: [restore(DAY, { CreatedBy: undefined })] },
    'restore test',
    /^none/,
  ],
  ['a point in time that stands still', { latest: HOUR }, 'point in time', /to 2026-11-23T11:00/],
  ['a retention that was changed', { days: 1 }, 'point in time', /1 days kept, not 7/],
];

test.each(cases)('%s is a fault, with exit code 1', async (_, plan, what, saw) => {
  const { code, err, of, document } = await list(plan);
  expect(code).toBe(1);
  expect(of(what)).toMatchObject({ state: 'fault', saw: expect.stringMatching(saw), fix: expect.any(String) });
  expect(document.judged.filter(({ state }: { state: string }) => state === 'fault')).toHaveLength(1);
  expect(err).toContain(`not as planned: ${what}`);
});

test('a database of yesterday is not blamed for what is not due yet', async () => {
  const { code, of } = await list({ points: [], restores: [], age: 10 * HOUR });
  expect(code).toBe(0);
  expect(of('daily backup')).toMatchObject({
    state: 'unknown',
    saw: expect.stringContaining('the first is due within 31 h'),
  });
});

test('a restore that runs is not judged yet', async () => {
  const { of } = await list({ restores: [restore(HOUR, { Status: 'RUNNING' }), restore(4 * DAY)] });
  expect(of('restore test')).toMatchObject({ state: 'ok' });
});

describe('copies into another region', () => {
  const copy = (age: number, more: object = {}) => ({
    State: 'COMPLETED',
    CreationDate: ago(age),
    DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111122223333:backup-vault:healthcare-ai-prod-copy',
    ...more,
  });
  const prod = {
    days: 35,
    restores: [
      restore(4 * DAY, {
        CreatedBy: { RestoreTestingPlanArn: 'x:restore-testing-plan:healthcare_ai_prod_database-1' },
      }),
    ],
  };

  test('are judged where the stage has them', async () => {
    expect((await list({ ...prod, copies: [copy(8 * HOUR)] }, { stage: 'prod' })).of('copy')).toMatchObject({
      state: 'ok',
    });
    await aws.stop();
    const late = await list({ ...prod, copies: [copy(60 * HOUR)] }, { stage: 'prod' });
    expect(late.of('copy')).toMatchObject({ state: 'fault' });
  });

  test('into other vaults do not count', async () => {
    const elsewhere = copy(HOUR, {
      DestinationBackupVaultArn: 'arn:aws:backup:us-west-2:111122223333:backup-vault:mine',
    });
    expect((await list({ ...prod, copies: [elsewhere] }, { stage: 'prod' })).of('copy')).toMatchObject({
      state: 'fault',
    });
  });

  test('are asked for nowhere else', async () => {
    expect((await list({})).of('copy')).toBeUndefined();
    expect(aws.calls.map(({ operation }) => operation)).not.toContain('GET /copy-jobs');
  });
});

test('an account without the stage is no fault', async () => {
  const none = new AwsFault('ValidationError', 'Stack with id healthcare-ai-dev-database does not exist');
  aws = await startAwsEndpoint({
    ListStackResources: () => none,
    DescribeDBClusters: () => new AwsFault('DBClusterNotFoundFault', 'DBCluster not found', 404),
  });
  const { code, out } = await runAgainst(['backup', 'list', '--stage', 'dev'], {
    endpoint: aws.url,
    command: backupCommand,
  });
  expect(code).toBe(0);
  expect(out).toContain('there is no database yet');
});

test('a call that is not allowed is one line and exit code 1', async () => {
  aws = await startAwsEndpoint({
    ...world({}),
    'GET /restore-jobs': () =>
      new AwsFault('AccessDeniedException', 'User: x is not authorized to perform: backup:ListRestoreJobs', 403),
  });
  const { code, out, err } = await runAgainst(['backup', 'list', '--stage', 'dev'], {
    endpoint: aws.url,
    command: backupCommand,
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^Not allowed: backup:ListRestoreJobs.*Nothing was changed\.\n$/);
});
