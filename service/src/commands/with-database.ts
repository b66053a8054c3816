import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import { Committer } from '../audit/committer.ts';
import type { Config } from '../config/read.ts';
import type { Queryable } from '../database/database.ts';
import { migrate, requireSchema } from '../database/migrate.ts';
import { openDatabase } from '../runtime/open-database.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';

export interface CommandContext {
  readonly config: Config;
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

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {}, flush: async () => {} };

/** Runs a command that changes the database and leaves events. */
export async function withDatabase(
  { config, version, log, name: route }: CommandOptions,
  work: (context: CommandContext) => Promise<void>,
): Promise<void> {
  const { database, close } = await openDatabase(config, log);
  try {
    if (database.kind === 'pglite') await migrate(database);
    else await requireSchema(database);
    const metrics = createMetrics({ version, stage: config.STAGE, processMetrics: false });
    // A command reports its error in one line at the end.
    const committer = new Committer({ database, log: silent, metrics, lanes: 1 });
    await committer.start();
    try {
      await work({
        config,
        change: (change, event) =>
          committer.change({
            change,
            event: (result) => {
              const draft = event(result);
              const outcome = draft.reason === undefined ? 'success' : 'failure';
              return { outcome, ...draft, recordedAt: new Date().toISOString(), route };
            },
          }),
      });
    } finally {
      await committer.stop();
    }
  } finally {
    await close();
  }
}
