import type { LaneOptions } from '../audit/lane.ts';
import { type Lag, measureLag } from '../audit/publish/lag.ts';
import { Publisher } from '../audit/publish/publisher.ts';
import { RecentEvents } from '../audit/seal/recent-events.ts';
import { Sealer } from '../audit/seal/sealer.ts';
import { Sealing } from '../audit/seal/sealing.ts';
import { SinkGuard } from '../audit/seal/sink-guard.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { keepPartitions, quartersAhead } from '../database/partitions.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { openSigners, publicKeysOf, signersOf } from './open-signers.ts';
import { openSinks } from './open-sinks.ts';

export interface TrailOptions {
  readonly config: Config;
  readonly database: Database;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Seals and publishes the audit trail of a process. */
export interface RunningTrail {
  /** How far behind the trail is; undefined where this process seals nothing. */
  lag(): Promise<Lag | undefined>;
  /** Reports how far behind the trail is. */
  measure(): Promise<void>;
  /** Reports events that a committer of this process has committed: sealing starts early when many have gathered. */
  committed(events: number): void;
  /** Takes the events that a committer of this process has committed; undefined where this process seals nothing. */
  readonly onChained?: LaneOptions['onChained'];
  /**
   * Makes the closing checkpoint and publishes it. Call it after the chains have ended.
   *
   * @param limit how long that may take, in ms
   */
  stop(limit: number): Promise<void>;
}

/** Starts sealer, publisher and sinks. Without a signing key it starts nothing. */
export async function openTrail({ config, database, log, metrics }: TrailOptions): Promise<RunningTrail> {
  const keys = await openSigners(config, database);
  if (!keys) {
    log.warn('audit_not_sealed', { reason: 'AUDIT_SIGNING_KEY is not set' });
    return { lag: async () => undefined, measure: async () => {}, committed() {}, stop: async () => {} };
  }
  const signers = signersOf(keys);
  const sinks = openSinks(config, publicKeysOf(keys));
  if (config.production && sinks.length === 0) {
    log.warn('audit_not_published', { reason: 'none of AUDIT_LOG_GROUP, AUDIT_BUCKET and AUDIT_DIR is set' });
  }
  const recent = new RecentEvents();
  const publisher = new Publisher({ database, sinks, log, metrics, recent });
  const sealer = new Sealer({ database, signers, stage: config.STAGE, log, metrics, recent });
  const guard = new SinkGuard({ database, sinks, log, metrics });
  const sealing = new Sealing({
    sealer,
    log,
    metrics,
    interval: config.AUDIT_CHECKPOINT_SECONDS * 1000,
    onSealed: () => publisher.nudge(),
    allowed: () => guard.isClear(),
  });
  const names = sinks.map(({ name }) => name);
  const stopping = new AbortController();
  sealing.start();
  const partitions = keepPartitions(database, log, stopping.signal);
  // A term drawn before the database is up to date would already be in use.
  const waiting = guard.wait(stopping.signal).then(() => {
    if (guard.clear) publisher.start();
  });
  return {
    lag: () => measureLag(database, names),
    async measure() {
      const { seconds, brokenChains } = await measureLag(database, names);
      metrics.report('auditLag', seconds);
      metrics.report('auditBrokenChains', brokenChains);
      metrics.report('partitionsAhead', await quartersAhead(database));
    },
    committed: (events) => sealing.committed(events),
    onChained: (chain, events) => recent.add(chain, events),
    async stop(limit) {
      stopping.abort();
      await sealing.stop(limit / 2);
      await Promise.all([waiting, partitions]);
      if (guard.clear) await publisher.stop(limit / 2);
    },
  };
}
