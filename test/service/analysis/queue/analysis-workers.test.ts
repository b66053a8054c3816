import { setTimeout as sleep } from 'node:timers/promises';
import { AnalysisError, type AnalysisFailure } from '../../../../service/src/analysis/analysis-error.ts';
import type { AnalysisQueue } from '../../../../service/src/analysis/queue/analysis-queue.ts';
import type { AnalysisRunner, RunResult } from '../../../../service/src/analysis/queue/analysis-runner.ts';
import { AnalysisWorkers } from '../../../../service/src/analysis/queue/analysis-workers.ts';
import type { ClaimedJob } from '../../../../service/src/analysis/queue/job.ts';
import { retryDelay } from '../../../../service/src/analysis/queue/retry-delay.ts';
import { createLogger } from '../../../../service/src/telemetry/log.ts';
import { eventually } from '../../../support/eventually.ts';

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

interface Started {
  readonly workers: AnalysisWorkers;
  /** The limit of each claim. */
  readonly claims: number[];
  /** When each was made, in ms. */
  readonly times: number[];
  /** How many have been answered. */
  readonly answered: () => number;
}

/** The pauses between claims. A timer is never early, but for the fraction of a millisecond that it rounds. */
const pausesOf = ({ times }: Pick<Started, 'times'>): number[] =>
  times.slice(1).map((time, index) => time - times[index]! + 1);

function start({ count, found, run }: Parts): Started {
  const claims: number[] = [];
  const times: number[] = [];
  let answered = 0;
  const queue = {
    claim: async (limit: number) => {
      claims.push(limit);
      times.push(performance.now());
      // As long as a query takes at least: a turn of the event loop.
      await sleep(1);
      const jobs = Array.from({ length: Math.min(limit, await found()) }, () => ({}) as ClaimedJob);
      answered += 1;
      return jobs;
    },
  } as unknown as AnalysisQueue;
  const runner = { runClaimed: (_job: ClaimedJob, signal: AbortSignal) => run(signal) } as unknown as AnalysisRunner;
  const workers = new AnalysisWorkers({ queue, runner, log, count, longestPause: 200 });
  started.push(workers);
  workers.start();
  return { workers, claims, times, answered: () => answered };
}

const until = (condition: () => boolean) => eventually('the workers do it', condition, 5);

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

  await until(() => claims.length > 10);

  expect(most).toBe(3);
  expect(claims.every((limit) => limit >= 1 && limit <= 3)).toBe(true);
});

test('an empty queue is looked into ever less often, and at once after a nudge', async () => {
  const { workers, times, answered } = start({ count: 1, found: () => 0, run: async () => report });

  // Not claimed but answered: a nudge while a look is under way is another matter (the next test).
  await until(() => answered() === 6);
  const [first, second, third, fourth, fifth] = pausesOf({ times });
  workers.nudge();
  const nudged = times.length;
  // Before any timer can have come to its end.
  await new Promise((resolve) => setImmediate(resolve));

  expect(first).toBeGreaterThanOrEqual(50);
  expect(second).toBeGreaterThanOrEqual(100);
  for (const longest of [third, fourth, fifth]) expect(longest).toBeGreaterThanOrEqual(200);
  expect(times.length).toBe(nudged + 1);
});

test('a nudge while the queue is looked into has it looked into once more, without a pause', async () => {
  let nudge = (): void => {};
  let pauses = 0;
  const { workers, answered } = start({
    count: 1,
    found: () => {
      if (answered() === 0) nudge();
      // Whoever sleeps after the nudge does so for at least 50 ms, and this timer is set before.
      if (answered() === 0) setTimeout(() => (pauses = answered()), 40);
      return 0;
    },
    run: async () => report,
  });
  nudge = () => workers.nudge();

  await until(() => pauses > 0);

  expect(pauses).toBe(2);
});

test('an engine that is down is left alone, whatever waits and however often it is nudged', async () => {
  const { workers, claims, times } = start({ count: 1, found: () => 10, run: failing('circuit-open') });
  const nudging = setInterval(() => workers.nudge(), 5);

  await until(() => claims.length === 4);
  clearInterval(nudging);

  const [first, second, third] = pausesOf({ times });
  expect(first).toBeGreaterThanOrEqual(250);
  expect(second).toBeGreaterThanOrEqual(500);
  expect(third).toBeGreaterThanOrEqual(1_000);
});

test('a note that cannot be analysed holds no other up', async () => {
  const { claims } = start({ count: 1, found: () => 10, run: failing('malformed-answer') });

  // Pauses as those after an engine that is down would take days.
  await until(() => claims.length > 20);
});

test('a database that is down is asked again after a second', async () => {
  const { claims, times } = start({
    count: 1,
    found: () => Promise.reject(new Error('down')),
    run: async () => report,
  });

  await until(() => claims.length === 2);

  expect(pausesOf({ times })[0]).toBeGreaterThanOrEqual(1_000);
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

test('a stop reports what does not end in time', async () => {
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
  expect(performance.now() - from).toBeLessThan(10_000);
});

test('the pause before a further attempt grows fourfold, by half by chance, to ten minutes', () => {
  expect([1, 2, 3, 4, 5, 9].map((attempt) => retryDelay(attempt, true, 1))).toEqual([
    3_000, 12_000, 48_000, 192_000, 600_000, 600_000,
  ]);
  expect(retryDelay(2, true, 0)).toBe(6_000);
  expect(retryDelay(5, false, 1)).toBe(30_000);
});
