import type { Samples } from './alarm-evaluator.ts';

/** Series on which an alarm has to fire, and has not to, at the end of the minute after their last one. */
export interface AlarmCase {
  readonly fires: Readonly<Record<string, Samples>>;
  readonly quiet: Readonly<Record<string, Samples>>;
}

/** The same values in each of `count` minutes from minute 0. */
const every = (count: number, ...values: readonly number[]): Samples =>
  Object.fromEntries(Array.from({ length: count }, (_, minute) => [minute, values]));

/** Minutes that all series cover. */
export const MINUTES = 60;

/** Values in the last minutes only; before them nothing was published. */
const last = (...minutes: readonly (readonly number[])[]): Samples =>
  Object.fromEntries(minutes.map((values, index) => [MINUTES - minutes.length + index, values]));

/** `usual` in each minute, and these values in the last ones. */
const after = (usual: number, ...minutes: readonly (readonly number[])[]): Samples => ({
  ...every(MINUTES, usual),
  ...last(...minutes),
});

const GIB = 1024 ** 3;
const TIB = 1024 ** 4;
const silence: Samples = {};
const busyForTenMinutes = Array.from({ length: 10 }, () => [97]);

/** Answer times of 100 requests in a minute, of which `slow` took two seconds. */
const times = (slow: number): number[] => Array.from({ length: 100 }, (_, index) => (index < slow ? 2 : 0.02));

/** By the name of the alarm without the stage; the thresholds are those of prod. */
export const alarmCases: Readonly<Record<string, AlarmCase>> = {
  'target-5xx': {
    fires: { 'five errors in two of three minutes': last([1, 1, 1, 1, 1], [], [5]) },
    quiet: { 'no errors': silence, 'one bad minute': last([1, 1, 1, 1, 1]), 'four a minute': after(4, [4]) },
  },
  'edge-5xx': {
    fires: { 'no healthy task for two minutes': last([3, 3], [9]) },
    quiet: { 'no errors': silence, 'one bad minute': last([50]) },
  },
  'latency-p99': {
    fires: { 'two of a hundred are slow for three minutes': last(times(2), times(2), times(2)) },
    quiet: {
      'no traffic': silence,
      'one of a hundred is slow': last(times(1), times(1), times(1), times(1), times(1)),
      'a slow minute': last(times(0), times(0), times(0), times(0), times(40)),
    },
  },
  'unhealthy-hosts-blue': {
    fires: { 'one host for three minutes': after(0, [0], [1], [1], [0, 1]) },
    quiet: { 'a start': after(0, [1], [1], [0]), 'no traffic in this group': silence },
  },
  'unhealthy-hosts-green': {
    fires: { 'one host for three minutes': after(0, [1], [1], [1]) },
    quiet: { 'a start': after(0, [1]), 'no traffic in this group': silence },
  },
  'waf-blocks': {
    fires: { 'a scan': last([120], [200], [100], [60], [40]) },
    quiet: { 'nothing refused': silence, 'the noise of the internet': every(MINUTES, 20) },
  },
  cpu: {
    fires: { 'all tasks busy for ten minutes': after(40, ...busyForTenMinutes) },
    quiet: { 'scaling at work': after(70, [95], [95], [95], [80], [70], [60], [60], [60], [60], [60]) },
  },
  memory: {
    fires: { 'one task near its end for five minutes': after(30, [30, 90], [91], [92], [93], [94]) },
    quiet: { 'a peak': after(30, [90], [30]) },
  },
  'few-tasks': {
    fires: { 'two of three for five minutes': after(3, [2], [2], [2], [2], [2]), 'no tasks, so no metric': silence },
    quiet: { 'a task replaced': after(3, [2], [2]), 'scaled out': every(MINUTES, 9) },
  },
  'audit-lag': {
    fires: { 'six minutes behind': after(2, [360], [420], [480]), 'a publisher that died': every(50, 2) },
    quiet: { 'a few seconds': every(MINUTES, 4), 'a slow minute': after(2, [400], [2]) },
  },
  'audit-sink-failures': {
    fires: {
      'access taken away, as attempts grow rare': after(0, [6], [1], [0], [1]),
      'a sink that answers late': after(0, [1], [0], [1], [0], [1]),
    },
    quiet: { 'all published': every(MINUTES, 0), 'throttled for a minute': after(0, [4], [1], [0]), stopped: silence },
  },
  'audit-seal-refusals': {
    fires: {
      'a database that was set back, two processes': after(0, [2, 2], [2, 2], [2, 2]),
      'a key that no process has': after(0, [1], [1], [0], [1]),
    },
    quiet: {
      'all sealed': every(MINUTES, 0),
      'a process with the old key goes': after(0, [1], [1], [0]),
      stopped: silence,
    },
  },
  'audit-broken-chains': {
    fires: { 'one process sees one': after(0, [0, 1]), 'it is still there': every(MINUTES, 1) },
    quiet: { 'whole chains': every(MINUTES, 0), 'nobody measures': silence },
  },
  'partitions-ahead': {
    fires: { 'the next quarter is the last': every(MINUTES, 1) },
    quiet: {
      'a year ahead': every(MINUTES, 4),
      'a reader holds the lock': after(4, [1], [4]),
      'nobody measures': silence,
    },
  },
  'ingest-failures': {
    fires: { 'the database away for two minutes': last([10], [12]) },
    quiet: { 'all taken': every(MINUTES, 0), 'a hiccup': last([20]) },
  },
  'authentication-failures': {
    fires: { 'somebody guesses': last([400], [380], [410]) },
    quiet: { 'a client with an old key, for a minute': last([300]), 'now and then': every(MINUTES, 3) },
  },
  'database-cpu': {
    fires: { 'busy for ten minutes': after(30, ...busyForTenMinutes) },
    quiet: { 'a vacuum': after(30, [95], [95], [95], [40]) },
  },
  'database-capacity': {
    fires: { 'near its most for ten minutes': after(20, ...busyForTenMinutes) },
    quiet: { 'a peak': after(20, [100], [100], [50]) },
  },
  'database-connections': {
    fires: { 'nearly all in use': after(100, [2700], [2700], [2700]) },
    quiet: { 'a deployment doubles them': after(72, [144], [144], [144]) },
  },
  'database-local-storage': {
    fires: { 'a large sort for ten minutes': every(MINUTES, 1 * GIB) },
    quiet: { 'room enough': every(MINUTES, 20 * GIB), 'one dip': after(20 * GIB, [1 * GIB], [20 * GIB]) },
  },
  'database-storage': {
    fires: { 'over four fifths': every(MINUTES, 110 * TIB) },
    quiet: { 'half full': every(MINUTES, 64 * TIB) },
  },
  'database-deadlocks': {
    fires: { 'minute after minute': after(0, [1], [2], [1]) },
    quiet: { one: after(0, [1], [0]) },
  },
  'task-failures': {
    fires: { 'a crash loop': last([1], [], [1], [], [1]) },
    quiet: { 'one crash': last([1]), 'no crash': silence },
  },
  ...Object.fromEntries(
    ['failed-tasks', 'failed-deployments', 'threats', 'database-events', 'delivery-test'].map((rule) => [
      `events-${rule}`,
      { fires: { 'one event that its target refuses': last([1]) }, quiet: { 'every event delivered': silence } },
    ]),
  ),
  down: {
    fires: { 'three failures': after(100, [0], [0], [0]), 'a canary that stopped': every(50, 100) },
    quiet: { 'always up': every(MINUTES, 100), 'one lost packet': after(100, [0], [100]) },
  },
};
