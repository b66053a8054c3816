import {
  type CopyJob,
  ListCopyJobsCommand,
  ListRestoreJobsCommand,
  type RestoreJobsListMember,
} from '@aws-sdk/client-backup';
import { DescribeDBClustersCommand } from '@aws-sdk/client-rds';
import { allPages } from '../aws/all-pages.ts';
import { recoveryPointsOf } from '../aws/recovery-points.ts';
import { stackResources } from '../aws/stack-resources.ts';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';

const DAY = 86_400_000;

/** Jobs are looked for so far back, in days: five weekly tests. */
export const JOB_DAYS = 35;

export interface RecoveryPoint {
  readonly arn: string;
  readonly status: string;
  readonly createdAt: Date;
  /** Undefined is never. */
  readonly deletedAt: Date | undefined;
  readonly bytes: number | undefined;
  readonly encrypted: boolean;
}

export interface Job {
  readonly status: string;
  readonly message: string | undefined;
  readonly createdAt: Date;
  readonly completedAt: Date | undefined;
}

export interface RestoreTest extends Job {
  readonly recoveryPoint: string;
  /** What a look into the restored copy said, where one was made. */
  readonly validation: string | undefined;
}

/** The ways back to the data of a stage. */
export interface Holdings {
  /** Undefined if there is no cluster. */
  readonly continuous:
    | {
        readonly earliest: Date | undefined;
        readonly latest: Date | undefined;
        readonly days: number;
        readonly since: Date | undefined;
      }
    | undefined;
  /** Undefined if there is no vault. */
  readonly vault: string | undefined;
  /** Newest first, as are the jobs. */
  readonly points: readonly RecoveryPoint[];
  readonly copies: readonly Job[];
  readonly restoreTests: readonly RestoreTest[];
}

export async function holdingsOf(context: OpsContext): Promise<Holdings> {
  const vault = (await stackResources(context, `${context.names.base}-database`))?.find(
    ({ type }) => type === 'AWS::Backup::BackupVault',
  )?.physicalId;
  const after = new Date(context.clock.now() - JOB_DAYS * DAY);
  const [continuous, points, copies, restoreTests] = await Promise.all([
    continuousBackup(context),
    vault === undefined ? [] : pointsOf(context, vault),
    vault === undefined || context.config.backup.copyRegion === undefined ? [] : copiesOf(context, after),
    vault === undefined ? [] : restoreTestsOf(context, after),
  ]);
  return { continuous, vault, points, copies, restoreTests };
}

async function continuousBackup({ clients, names }: OpsContext): Promise<Holdings['continuous']> {
  const found = await unlessMissing(
    'DBClusterNotFound',
    clients.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: names.databaseCluster })),
  );
  const cluster = found?.DBClusters?.[0];
  return (
    cluster && {
      earliest: cluster.EarliestRestorableTime,
      latest: cluster.LatestRestorableTime,
      days: cluster.BackupRetentionPeriod ?? 0,
      since: cluster.ClusterCreateTime,
    }
  );
}

async function pointsOf(context: OpsContext, vault: string): Promise<RecoveryPoint[]> {
  const found = await recoveryPointsOf(context, vault);
  return newestFirst(
    found.map((point) => ({
      arn: point.RecoveryPointArn ?? '',
      status: point.Status ?? '',
      createdAt: point.CreationDate ?? new Date(0),
      deletedAt: point.CalculatedLifecycle?.DeleteAt,
      bytes: point.BackupSizeInBytes,
      encrypted: point.IsEncrypted ?? false,
    })),
  );
}

async function copiesOf({ clients, names }: OpsContext, ByCreatedAfter: Date): Promise<Job[]> {
  const found = await allPages<CopyJob>(async (NextToken) => {
    const { CopyJobs, NextToken: next } = await clients.backup.send(
      new ListCopyJobsCommand({ ByCreatedAfter, NextToken }),
    );
    return [CopyJobs, next];
  });
  return newestFirst(
    found
      .filter(({ DestinationBackupVaultArn }) => DestinationBackupVaultArn?.endsWith(`:${names.backupCopyVault}`))
      .map(({ State = '', StatusMessage, CreationDate, CompletionDate }) => ({
        status: State,
        message: StatusMessage,
        createdAt: CreationDate ?? new Date(0),
        completedAt: CompletionDate,
      })),
  );
}

async function restoreTestsOf({ clients, names }: OpsContext, ByCreatedAfter: Date): Promise<RestoreTest[]> {
  const found = await allPages<RestoreJobsListMember>(async (NextToken) => {
    const { RestoreJobs, NextToken: next } = await clients.backup.send(
      new ListRestoreJobsCommand({ ByCreatedAfter, NextToken }),
    );
    return [RestoreJobs, next];
  });
  // lib/constructs/database/backups.ts names the plan after the stack.
  const plan = `restore-testing-plan:${`${names.base}-database`.replaceAll('-', '_')}`;
  return newestFirst(
    found
      .filter(({ CreatedBy }) => CreatedBy?.RestoreTestingPlanArn?.includes(plan))
      .map((job) => ({
        recoveryPoint: job.RecoveryPointArn ?? '',
        status: job.Status ?? '',
        message: job.StatusMessage,
        createdAt: job.CreationDate ?? new Date(0),
        completedAt: job.CompletionDate,
        validation: job.ValidationStatus,
      })),
  );
}

const newestFirst = <T extends { readonly createdAt: Date }>(items: readonly T[]): T[] =>
  items.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
