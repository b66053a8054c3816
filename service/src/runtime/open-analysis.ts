import type { EventSchema } from '@healthcare-ai/audit-trail/format/event';
import { contract } from '@healthcare-ai/contract';
import type { EngineSource } from '../analysis/engine-source.ts';
import { AnalysisQueue } from '../analysis/queue/analysis-queue.ts';
import { AnalysisRunner } from '../analysis/queue/analysis-runner.ts';
import { AnalysisWorkers } from '../analysis/queue/analysis-workers.ts';
import { Committer } from '../audit/committer.ts';
import type { LaneOptions } from '../audit/lane.ts';
import type { Config } from '../config/read.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/database.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type EngineOptions, openEngines } from './open-engines.ts';

export interface AnalysisOptions extends Pick<EngineOptions, 'threadFile'> {
  readonly config: Config;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** See `Committer`. */
  readonly onCommitted?: LaneOptions['onCommitted'];
  readonly onChained?: LaneOptions['onChained'];
  readonly schema: () => EventSchema;
}

/** Analyses notes in a process. */
export interface RunningAnalysis {
  readonly engines: EngineSource;
  readonly runner: AnalysisRunner;
  readonly workers: AnalysisWorkers;
  /** Reports how long the queue is. */
  measure(): Promise<void>;
  /** @param limit time for running analyses to finish, in ms */
  stop(limit: number): Promise<void>;
}

/**
 * Puts the workers and their engine together. Their results go through a lane of their own, with an audit chain of its
 * own, so that a note that is taken in never waits for an analysis that is stored.
 */
export async function openAnalysis(options: AnalysisOptions): Promise<RunningAnalysis> {
  const { config, database, keyring, log, metrics } = options;
  const lanes = contract.database.analysisLanes;
  const { onCommitted, onChained, schema } = options;
  const reported = { onCommitted, onChained, reportsState: false };
  const committer = new Committer({ database, log, metrics, lanes, schema, ...reported });
  await committer.start();
  const engines = openEngines(options);
  const queue = new AnalysisQueue(database);
  const maxAttempts = config.ANALYSIS_MAX_ATTEMPTS;
  const runner = new AnalysisRunner({ queue, committer, keyring, engines, log, metrics, maxAttempts });
  const workers = new AnalysisWorkers({ queue, runner, log, count: config.ANALYSIS_WORKERS });
  return {
    engines,
    runner,
    workers,
    async measure() {
      const { depth, dead, oldestSeconds } = await queue.status();
      metrics.report('analysisQueueDepth', depth);
      metrics.report('analysisDead', dead);
      metrics.report('analysisQueueAge', oldestSeconds);
    },
    async stop(limit) {
      await workers.stop(limit);
      await engines.close();
      await committer.stop();
    },
  };
}
