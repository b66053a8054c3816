import { Command, Option } from 'commander';
import { restoreTrail } from '../audit/restore/restore.ts';
import type { Config } from '../config/read.ts';
import { migrate, requireSchema } from '../database/migrate.ts';
import { openDatabase } from '../runtime/open-database.ts';
import type { Logger } from '../telemetry/log.ts';
import type { SinkName } from '../telemetry/metrics.ts';
import { NoTrailError } from '../trail/directory/verify-directory.ts';
import { readKeyFiles, TrustArgumentError } from '../trail/trust-arguments.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  readonly dir: string;
  readonly publicKey: readonly string[];
  readonly published: readonly SinkName[];
}

/** `audit restore`: brings the trail of a database that was set back up to what its sinks have. */
export const restoreAuditCommand = (config: () => Config, log: Logger): Command =>
  new Command('restore')
    .description('add to a database that was restored to an earlier moment the part of the trail that its sinks have')
    .requiredOption('--dir <dir>', 'an export of a sink, or AUDIT_DIR itself')
    .requiredOption('--public-key <file...>', 'public key in PEM')
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
    .action(async ({ dir, publicKey, published }: Options) => {
      const settings = config();
      const keys = keysOf(publicKey);
      const { database, close } = await openDatabase(settings, log);
      try {
        if (database.kind === 'pglite') await migrate(database);
        else await requireSchema(database);
        const options = { database, directory: dir, keys, published, now: new Date() };
        const { first, last, events, newest } = await restoreTrail(options).catch(asUsage);
        process.stdout.write(
          first === undefined
            ? `nothing is missing: the database has checkpoint ${newest}, the newest of the directory\n`
            : `added checkpoints ${first} to ${last} with ${events} events; the trail goes on with ${newest + 1}\n`,
        );
      } finally {
        await close();
      }
    });

function keysOf(paths: readonly string[]): Buffer[] {
  try {
    return readKeyFiles(paths);
  } catch (error) {
    throw error instanceof TrustArgumentError ? new UsageError(error.message) : error;
  }
}

function asUsage(error: unknown): never {
  throw error instanceof NoTrailError ? new UsageError(error.message) : error;
}
