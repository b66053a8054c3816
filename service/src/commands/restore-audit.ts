import { NoTrailError } from '@healthcare-ai/audit-trail/export/verify-directory';
import { NoStreamsError, SeveralTrailsError } from '@healthcare-ai/audit-trail/log-group/find-streams';
import { readKeyFiles, TrustArgumentError } from '@healthcare-ai/audit-trail/verify/trust-arguments';
import { Command, Option } from 'commander';
import { type Restored, type RestoreOptions, restoreTrail } from '../audit/restore/restore.ts';
import { directorySource } from '../audit/restore/source/source.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { isUuid } from '../ids/uuid-v7.ts';
import { openPublishedTrail } from '../runtime/open-published-trail.ts';
import type { Logger } from '../telemetry/log.ts';
import type { SinkName } from '../telemetry/metrics.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

interface Options {
  readonly dir?: string;
  readonly cloudwatch?: true;
  readonly trail?: string;
  readonly publicKey: readonly string[];
  readonly published: readonly SinkName[];
}

/** What is restored from, and whom to trust. */
type Given = Omit<RestoreOptions, 'database' | 'now'>;

/** `audit restore`: adds the newer part of the published trail to a restored database. */
export const restoreAuditCommand = (config: () => Config, log: Logger): Command =>
  new Command('restore')
    .description('add the newer part of the published trail to a database that was restored to an earlier state')
    .option('--dir <dir>', 'read an export of a sink, or AUDIT_DIR; requires --public-key')
    .option('--cloudwatch', 'read AUDIT_LOG_GROUP, which must be as complete as AUDIT_BUCKET')
    .option('--trail <uuid>', 'trail to read, if the log group has several and the database has none', uuid)
    .addOption(
      new Option(
        '--public-key <file...>',
        'public key in PEM; with --cloudwatch the default is the configured signing keys',
      ).default([]),
    )
    .addOption(
      new Option('--published <sink...>', 'sinks that already have the whole directory')
        .choices(['cloudwatch', 's3', 'files'])
        .default([]),
    )
    .addHelpText(
      'after',
      '\nRun it as the role of the service, before the service seals. It only adds rows. After an interruption, run it again.\n' +
        'Name the sink that the export came from with --published.',
    )
    .action(async (options: Options) => {
      if ((options.dir === undefined) === (options.cloudwatch === undefined)) {
        throw new UsageError('pass either --dir or --cloudwatch');
      }
      const settings = config();
      const keys = keysOf(options.publicKey);
      await withDatabase(settings, log, async (database) => {
        const given = await givenBy(options, keys, settings, database);
        const restored = await restoreTrail({ ...given, database, now: new Date() }).catch(asUsage);
        process.stdout.write(`${describeRestored(restored, given.source.name)}\n`);
      });
    });

async function givenBy(
  { dir, trail, published }: Options,
  keys: readonly Buffer[],
  config: Config,
  database: Database,
): Promise<Given> {
  if (dir === undefined) return openPublishedTrail({ config, database, trail, keys }).catch(asUsage);
  if (keys.length === 0) throw new UsageError('pass the public key with --public-key FILE');
  return { source: directorySource(dir), keys, published };
}

const describeRestored = ({ first, last, events, newest }: Restored, source: string): string =>
  first === undefined
    ? `nothing to restore: the database has checkpoint ${newest}, the newest of ${source}`
    : `added checkpoints ${first} to ${last} with ${events} events; the next checkpoint is ${newest + 1}`;

function keysOf(paths: readonly string[]): Buffer[] {
  try {
    return readKeyFiles(paths);
  } catch (error) {
    throw error instanceof TrustArgumentError ? new UsageError(error.message) : error;
  }
}

function asUsage(error: unknown): never {
  const usage = [NoTrailError, NoStreamsError, SeveralTrailsError].some((kind) => error instanceof kind);
  throw usage ? new UsageError((error as Error).message) : error;
}

function uuid(text: string): string {
  if (!isUuid(text)) throw new UsageError('the trail must be a UUID');
  return text;
}
