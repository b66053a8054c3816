import { isOffered } from '@healthcare-ai/lib/config/regions';
import type { StageConfig } from '@healthcare-ai/lib/config/schema';
import type { Diagnosis } from '../doctor/check.ts';
import type { Holdings, Job } from './holdings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How old the newest may be, by lib/constructs/database/backups.ts: a day or a week, and the windows of the jobs. */
const due = {
  /** Aurora's restorable time lags by about 5 minutes; 15 minutes is a fault. */
  continuous: 15 * MINUTE,
  /** Daily at 3:00, begun within 1 h and done within 6. */
  daily: DAY + 7 * HOUR,
  /** Begun when the backup is done; twelve hours for the way. */
  copy: DAY + 19 * HOUR,
  /** Mondays at 8:00, begun within 4 h; a restore of a large database takes hours. */
  restoreTest: 7 * DAY + 16 * HOUR,
} as const;

export interface Judged extends Diagnosis {
  readonly what: 'point in time' | 'daily backup' | 'copy' | 'restore test';
}

/** What there is against what was planned. */
export function judge(holdings: Holdings, config: StageConfig, now: number): Judged[] {
  if (!holdings.continuous || holdings.vault === undefined) {
    return [{ what: 'point in time', state: 'unknown', saw: 'there is no database yet' }];
  }
  const age = holdings.continuous.since ? now - holdings.continuous.since.getTime() : Number.POSITIVE_INFINITY;
  const jobs = (failedAs: string) => `aws backup list-backup-jobs --by-backup-vault-name ${failedAs}`;
  const { points, copies, restoreTests, vault } = holdings;
  const backups = points.map(({ status, createdAt }) => ({
    status,
    createdAt,
    completedAt: createdAt,
    message: undefined,
  }));
  const { copyRegion } = config.backup;
  return [
    pointInTime(holdings.continuous, config, now),
    newest('daily backup', backups, due.daily, jobs(vault), now, age),
    ...(copyRegion === undefined
      ? []
      : [newest('copy', copies, due.copy, `aws backup list-copy-jobs --by-state FAILED`, now, age)]),
    ...(isOffered('AWS::Backup::RestoreTestingPlan', config.region)
      ? [
          newest(
            'restore test',
            restoreTests,
            due.restoreTest,
            'aws backup list-restore-jobs --by-status FAILED',
            now,
            age,
          ),
        ]
      : []),
  ];
}

function pointInTime(
  { latest, earliest, days }: NonNullable<Holdings['continuous']>,
  { database }: StageConfig,
  now: number,
): Judged {
  const what = 'point in time';
  const saw = `from ${earliest?.toISOString() ?? 'never'} to ${latest?.toISOString() ?? 'never'}, ${days} days kept`;
  if (days !== database.backupDays) {
    const fix = 'deploy the database stack: its backup retention was changed by hand';
    return { what, state: 'fault', saw: `${saw}, not ${database.backupDays}`, fix };
  }
  if (latest && now - latest.getTime() <= due.continuous) return { what, state: 'ok', saw };
  return { what, state: 'fault', saw, fix: 'aws rds describe-events --source-type db-cluster --duration 1440' };
}

/** Judges the newest that ended: one that runs is neither good nor bad yet. */
function newest(
  what: Judged['what'],
  jobs: readonly Job[],
  due: number,
  fix: string,
  now: number,
  age: number,
): Judged {
  const ended = jobs.filter(({ status }) => !/^(RUNNING|PENDING|CREATED|CREATING|AVAILABLE)$/.test(status));
  const [last] = ended;
  const good = ended.find(({ status }) => status === 'COMPLETED');
  const goodAge = good && now - good.createdAt.getTime();
  const lastGood = good ? `last good one ${hours(goodAge!)} ago` : 'none';
  if (last && last !== good) {
    const why = last.message ? ` (${last.message})` : '';
    return { what, state: 'fault', saw: `the last one is ${last.status}${why}; ${lastGood}`, fix };
  }
  if (goodAge !== undefined && goodAge <= due) return { what, state: 'ok', saw: lastGood };
  if (good === undefined && age <= due) {
    return {
      what,
      state: 'unknown',
      saw: `none yet; the database is ${hours(age)} old, the first is due within ${hours(due)}`,
    };
  }
  return { what, state: 'fault', saw: `${lastGood}; due every ${hours(due)} at the latest`, fix };
}

const hours = (ms: number): string => (ms < 2 * DAY ? `${Math.round(ms / HOUR)} h` : `${Math.round(ms / DAY)} days`);
