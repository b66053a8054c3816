import { NoTrailError } from '@healthcare-ai/audit-trail/export/verify-directory';
import { NoStreamsError, SeveralTrailsError } from '@healthcare-ai/audit-trail/log-group/find-streams';
import { readKeyFiles, TrustArgumentError } from '@healthcare-ai/audit-trail/verify/trust-arguments';
import { Command, Option } from 'commander';
import { type Restored, type RestoreOptions, restoreTrail } from '../audit/restore/restore.ts';
import { directorySource } from '../audit/restore/source/directory.ts';
import type { Config } from '../config/read.ts';
import type { Database } from '../database/database.ts';
import { migrate, requireSchema } from '../database/migrate.ts';
import { openDatabase } from '../runtime/open-database.ts';
import { openPublishedTrail } from '../runtime/open-published-trail.ts';
import type { Logger } from '../telemetry/log.ts';
import type { SinkName } from '../telemetry/metrics.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly dir?: string;
  readonly cloudwatch?: true;
  readonly trail?: string;
  readonly publicKey: readonly string[];
  readonly published: readonly SinkName[];
}

/** What is restored from, and whom to trust. */
type Given = Omit<RestoreOptions, 'database' | 'now'>;

/** `audit restore`: brings the trail of a database that was set back up to what its sinks have. */
export const restoreAuditCommand = (config: () => Config, log: Logger): Command =>
  new Command('restore')
    .description('add to a database that was restored to an earlier moment the part of the trail that its sinks have')
    .option('--dir <dir>', 'from an export of a sink, or from AUDIT_DIR itself; with --public-key')
    .option('--cloudwatch', 'from AUDIT_LOG_GROUP, which must be as far as AUDIT_BUCKET')
    .option('--trail <uuid>', 'which trail of the log group, if the database knows none and there are several', uuid)
    .addOption(
      new Option(
        '--public-key <file...>',
        'public key in PEM; with --cloudwatch, those that sign here unless given',
      ).default([]),
    )
    .addOption(
      new Option('--published <sink...>', 'sinks that have all of the directory: they are not given it again')
        .choices(['cloudwatch', 's3', 'files'])
        .default([]),
    )
    .addHelpText(
      'after',
      '\nRun it as the role of the service, before the service seals: it adds rows, and changes none. What was killed is\n' +
        'run again. Name the sink that the export was made from with --published.',
    )
    .action(async (options: Options) => {
      if ((options.dir === undefined) === (options.cloudwatch === undefined)) {
        throw new UsageError('give --dir or --cloudwatch, one of them');
      }
      const settings = config();
      const keys = keysOf(options.publicKey);
      const { database, close } = await openDatabase(settings, log);
      try {
        if (database.kind === 'pglite') await migrate(database);
        else await requireSchema(database);
        const given = await givenBy(options, keys, settings, database);
        const restored = await restoreTrail({ ...given, database, now: new Date() }).catch(asUsage);
        process.stdout.write(`${told(restored, given.source.name)}\n`);
      } finally {
        await close();
      }
    });

async function givenBy(
  { dir, trail, published }: Options,
  keys: readonly Buffer[],
  config: Config,
  database: Database,
): Promise<Given> {
  if (dir === undefined) return openPublishedTrail({ config, database, trail, keys }).catch(asUsage);
  if (keys.length === 0) throw new UsageError('give the public key with --public-key FILE');
  return { source: directorySource(dir), keys, published };
}

const told = ({ first, last, events, newest }: Restored, source: string): string =>
  first === undefined
    ? `nothing is missing: the database has checkpoint ${newest}, the newest of ${source}`
    : `added checkpoints ${first} to ${last} with ${events} events; the trail goes on with ${newest + 1}`;

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
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw new UsageError('the trail must be a whole UUID');
  return text;
}
