import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { Committer } from '../audit/committer.ts';
import type { Config } from '../config/read.ts';
import type { Database, Queryable } from '../database/database.ts';
import { prepareSchema } from '../database/migrate.ts';
import { openDatabase } from '../runtime/open-database.ts';
import { openSigners, type SigningKeys } from '../runtime/open-signers.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { UsageError } from './usage-error.ts';

/** Opens the database for the time of a command. */
export async function withDatabase<Result>(
  config: Config,
  log: Logger,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { database, close } = await openDatabase(config, log);
  try {
    await prepareSchema(database);
    return await work(database);
  } finally {
    await close();
  }
}

/** A command reports its error in one line at the end. */
const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, flush: async () => {} };

/** Starts a committer for the time of a command. */
export async function withCommitter<Result>(
  database: Database,
  { config, version }: Pick<CommandOptions, 'config' | 'version'>,
  work: (committer: Committer, metrics: Metrics) => Promise<Result>,
): Promise<Result> {
  const metrics = createMetrics({ version, stage: config.STAGE, processMetrics: false });
  const committer = new Committer({ database, log: silent, metrics, lanes: 1 });
  await committer.start();
  try {
    return await work(committer, metrics);
  } finally {
    await committer.stop();
  }
}

/** @throws UsageError where no key is configured */
export async function requireSigners(config: Config, database: Queryable): Promise<SigningKeys> {
  const keys = await openSigners(config, database);
  if (!keys) throw new UsageError('set AUDIT_SIGNING_KEY or AUDIT_SIGNING_KEY_ID to the signing key of the trail');
  return keys;
}

export interface CommandContext {
  readonly database: Database;
  /** Makes a change together with its event. */
  readonly change: <Result>(
    change: (transaction: Queryable) => Promise<Result>,
    event: (result: Result) => CommandEvent,
  ) => Promise<Result>;
}

/** Members of an event that differ between the commands. One with a reason is a failure, unless it says otherwise. */
type CommandEvent = Pick<AuditEventDraft, 'action' | 'tenant' | 'principal' | 'subject' | 'count' | 'reason'> & {
  readonly outcome?: 'success';
};

export interface CommandOptions {
  readonly config: Config;
  readonly version: string;
  readonly log: Logger;
  /** The command, as the route of its events. */
  readonly name: string;
}

/** Runs a command that changes the database and leaves events. */
export const runAudited = (options: CommandOptions, work: (context: CommandContext) => Promise<void>): Promise<void> =>
  withDatabase(options.config, options.log, (database) =>
    withCommitter(database, options, (committer) =>
      work({
        database,
        change: (change, event) =>
          committer.change({
            change,
            event: (result) => {
              const draft = event(result);
              const outcome = draft.reason === undefined ? 'success' : 'failure';
              return { outcome, ...draft, recordedAt: new Date().toISOString(), route: options.name };
            },
          }),
      }),
    ),
  );
