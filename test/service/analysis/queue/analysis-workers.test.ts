import { setTimeout as sleep } from 'node:timers/promises';
import { AnalysisError, type AnalysisFailure } from '../../../../service/src/analysis/analysis-error.ts';
import type { AnalysisQueue } from '../../../../service/src/analysis/queue/analysis-queue.ts';
import type { AnalysisRunner, RunResult } from '../../../../service/src/analysis/queue/analysis-runner.ts';
import { AnalysisWorkers } from '../../../../service/src/analysis/queue/analysis-workers.ts';
import type { ClaimedJob } from '../../../../service/src/analysis/queue/job.ts';
import { retryDelay } from '../../../../service/src/analysis/queue/retry-delay.ts';
import { createLogger } from '../../../../service/src/telemetry/log.ts';

const log = createLogger({ level: 'error', format: 'json' });
const report = {} as RunResult & { report: object };
const started: AnalysisWorkers[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((workers) => workers.stop(0)));
});

interface Parts {
  readonly count: number;
  /** Jobs that each claim finds, besides its limit. */
  readonly found: () => number | Promise<number>;
  readonly run: (signal: AbortSignal) => Promise<RunResult>;
}

function start({ count, found, run }: Parts): { workers: AnalysisWorkers; claims: number[] } {
  const claims: number[] = [];
  const queue = {
    claim: async (limit: number) => {
      claims.push(limit);
      // As long as a query takes at least: a turn of the event loop.
      await sleep(1);
      return Array.from({ length: Math.min(limit, await found()) }, () => ({}) as ClaimedJob);
    },
  } as unknown as AnalysisQueue;
  const runner = { runClaimed: (_job: ClaimedJob, signal: AbortSignal) => run(signal) } as unknown as AnalysisRunner;
  const workers = new AnalysisWorkers({ queue, runner, log, count, longestPause: 200 });
  started.push(workers);
  workers.start();
  return { workers, claims };
}

const failing = (code: AnalysisFailure) => async () => ({ error: new AnalysisError(code) });

test('as many jobs are in work as there may be, and no more are claimed', async () => {
  let most = 0;
  let now = 0;
  const { claims } = start({
    count: 3,
    found: () => 10,
    run: async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(20);
      now -= 1;
      return report;
    },
  });

  await sleep(300);

  expect(most).toBe(3);
  expect(claims.every((limit) => limit >= 1 && limit <= 3)).toBe(true);
  expect(claims.length).toBeGreaterThan(10);
});

test('an empty queue is looked into ever less often, and at once after a nudge', async () => {
  const { workers, claims } = start({ count: 1, found: () => 0, run: async () => report });

  await sleep(1_000);
  const quiet = claims.length;
  workers.nudge();
  await sleep(30);

  expect(quiet).toBeGreaterThan(3);
  expect(quiet).toBeLessThan(12);
  expect(claims.length).toBeGreaterThan(quiet);
});

test('an engine that is down is left alone, whatever waits and however often it is nudged', async () => {
  const { workers, claims } = start({ count: 1, found: () => 10, run: failing('circuit-open') });
  const nudging = setInterval(() => workers.nudge(), 5);

  await sleep(1_200);
  clearInterval(nudging);

  // After pauses of 250, 500 and 1,000 ms.
  expect(claims.length).toBeGreaterThanOrEqual(2);
  expect(claims.length).toBeLessThanOrEqual(4);
});

test('a note that cannot be analysed holds no other up', async () => {
  let runs = 0;
  start({
    count: 1,
    found: () => 10,
    run: () => {
      runs += 1;
      return failing('malformed-answer')();
    },
  });

  await sleep(200);

  expect(runs).toBeGreaterThan(20);
});

test('a database that is down is asked again after a second', async () => {
  const { claims } = start({
    count: 1,
    found: () => Promise.reject(new Error('down')),
    run: async () => report,
  });

  await sleep(600);

  expect(claims).toEqual([1]);
});

test('a stop waits for what runs, and takes nothing more', async () => {
  let ended = 0;
  const { workers, claims } = start({
    count: 1,
    found: () => 10,
    run: async () => {
      await sleep(100);
      ended += 1;
      return report;
    },
  });
  await sleep(30);

  await workers.stop(1_000);
  const [done, asked] = [ended, claims.length];
  await sleep(150);

  expect(done).toBe(1);
  expect([ended, claims.length]).toEqual([done, asked]);
});

test('a stop tells what does not end in time to stop', async () => {
  const { workers } = start({
    count: 1,
    found: () => 1,
    run: (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ error: new AnalysisError('stopped') }));
      }),
  });
  await sleep(30);

  const from = performance.now();
  await workers.stop(100);

  expect(performance.now() - from).toBeGreaterThan(80);
  expect(performance.now() - from).toBeLessThan(800);
});

test('the pause before a further attempt grows fourfold, by half by chance, to ten minutes', () => {
  expect([1, 2, 3, 4, 5, 9].map((attempt) => retryDelay(attempt, true, 1))).toEqual([
    3_000, 12_000, 48_000, 192_000, 600_000, 600_000,
  ]);
  expect(retryDelay(2, true, 0)).toBe(6_000);
  expect(retryDelay(5, false, 1)).toBe(30_000);
});
