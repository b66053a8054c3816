import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { firstSignal, isSignal } from '../runtime/signals.ts';
import { serveMetrics } from '../runtime/telemetry.ts';
import { clusterMetrics } from '../telemetry/cluster-metrics.ts';
import type { ServeOptions } from './serve.ts';

/**
 * A worker that ends this soon, in ms, without ever having listened met a fault of configuration or schema. One that
 * ends later without having listened waited for its database in vain, and is replaced: others may still serve.
 */
const faultTime = 5_000;

/** Runs `WORKERS` processes that share the port, restarts those that die, and serves their aggregated metrics. */
export async function runPrimary({ config, log, outputLost }: ServeOptions): Promise<number> {
  const signal = firstSignal();
  let stopping = false;
  let fail: (code: number) => void = () => {};
  const failed = new Promise<number>((resolve) => {
    fail = resolve;
  });
  const starting = new Map<number, number>();
  const fork = (): Worker => {
    const worker = cluster.fork();
    starting.set(worker.id, performance.now());
    return worker;
  };
  cluster.on('listening', (worker) => starting.delete(worker.id));
  cluster.on('exit', (worker, code) => {
    const startedAt = starting.get(worker.id);
    starting.delete(worker.id);
    if (stopping) return;
    log.error('worker_died', { worker: worker.id, exit_code: code });
    // Restarting would repeat the error: exit.
    if (startedAt !== undefined && performance.now() - startedAt < faultTime) fail(code || 1);
    else fork();
  });
  for (let count = 0; count < config.WORKERS; count++) fork();
  const metricsServer = await serveMetrics({ config, log }, clusterMetrics());
  log.info('workers_started', { workers: config.WORKERS });

  const reason = await Promise.race([signal, failed, outputLost]);
  stopping = true;
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const gone = workers.map((worker) => new Promise<number>((resolve) => worker.once('exit', (code) => resolve(code))));
  for (const worker of workers) worker.process.kill('SIGTERM');
  // Workers keep the deadline themselves; this stops one that does not respond.
  const late = sleep((config.SHUTDOWN_DEADLINE_SECONDS + 2) * 1000, undefined, { ref: false }).then(() => {
    for (const worker of workers) worker.process.kill('SIGKILL');
    return [1];
  });
  const codes = await Promise.race([Promise.all(gone), late]);
  await metricsServer.stop();
  if (typeof reason === 'number') return reason;
  return Math.max(isSignal(reason) ? 0 : 1, ...codes.map((code) => code ?? 1));
}
