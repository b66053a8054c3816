import { Command } from 'commander';
import type { Config } from '../config/read.ts';
import { migrate } from '../database/migrate.ts';
import { schemaVersion } from '../database/migrations/index.ts';
import { grantRetentionRole, setRetention } from '../database/retention-role.ts';
import { grantServiceRole } from '../database/service-role.ts';
import { openDatabase } from '../runtime/open-database.ts';
import type { Logger } from '../telemetry/log.ts';
import { asUsageError, UsageError } from './usage-error.ts';

interface Options {
  readonly serviceRole?: string;
  readonly iam?: boolean;
  readonly retentionRole?: string;
  readonly retentionDays?: number;
}

/** `migrate`: brings the schema up to date, as the owner, before the service changes. */
export const migrateCommand = (config: () => Config, log: Logger): Command =>
  new Command('migrate')
    .description('update the schema of DATABASE_URL, as its owner; run it before a new release starts')
    .option('--service-role <name>', 'create this role for the service, with only the rights it needs')
    .option(
      '--retention-role <name>',
      'create this role for expire-audit, with only the right to expire the audit trail',
    )
    .option(
      '--retention-days <days>',
      'retention of the audit trail, in days; 2192 (six years) unless changed',
      retentionDays,
    )
    .option('--iam', 'let the roles log in with AWS IAM tokens')
    .addHelpText(
      'after',
      '\nThe passwords of the roles are read from SERVICE_ROLE_PASSWORD and RETENTION_ROLE_PASSWORD.\n' +
        'Example: DATABASE_URL=postgresql://owner@db:5432/healthcare npm run migrate -- --service-role healthcare_ai',
    )
    .action(async (options: Options) => {
      const settings = config();
      if (settings.DATABASE_URL === undefined) {
        throw new UsageError('migrate requires DATABASE_URL: the embedded database migrates itself');
      }
      const { database, close } = await openDatabase(settings, log);
      try {
        const applied = await migrate(database);
        for (const { version, name } of applied) log.info('migration_applied', { count: version, migration: name });
        if (options.serviceRole !== undefined) {
          await grantServiceRole(database, {
            role: options.serviceRole,
            password: settings.SERVICE_ROLE_PASSWORD,
            iam: options.iam,
          }).catch(asUsageError);
          log.info('service_role_granted', { reason: options.serviceRole });
        }
        if (options.retentionRole !== undefined) {
          await grantRetentionRole(database, {
            role: options.retentionRole,
            password: settings.RETENTION_ROLE_PASSWORD,
            iam: options.iam,
          }).catch(asUsageError);
          log.info('retention_role_granted', { reason: options.retentionRole });
        }
        if (options.retentionDays !== undefined) {
          await setRetention(database, options.retentionDays);
          log.info('retention_set', { count: options.retentionDays });
        }
        log.info('schema_ready', { count: schemaVersion });
      } finally {
        await close();
      }
    });

function retentionDays(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new UsageError('the retention must be a whole number of days from 1 to 99999');
  return Number(text);
}
