import { Command } from 'commander';
import { requeueDead, tenantsWithDead } from '../analysis/queue/requeue.ts';
import { Committer } from '../audit/committer.ts';
import type { Config } from '../config/read.ts';
import { migrate, requireSchema } from '../database/migrate.ts';
import { openDatabase } from '../runtime/open-database.ts';
import type { Logger } from '../telemetry/log.ts';
import { createMetrics } from '../telemetry/metrics.ts';

/** `requeue-analyses`: gives what was given up another chance, once its cause is gone. Leaves an event for each tenant. */
export const requeueAnalysesCommand = (config: () => Config, version: string, log: Logger): Command =>
  new Command('requeue-analyses')
    .description('queue failed analyses again, after their cause was fixed')
    .option('--tenant <name>', 'only of this organisation')
    .action(async (options: { tenant?: string }) => {
      const settings = config();
      const { database, close } = await openDatabase(settings, log);
      try {
        if (database.kind === 'pglite') await migrate(database);
        else await requireSchema(database);
        const metrics = createMetrics({ version, stage: settings.STAGE, processMetrics: false });
        const committer = new Committer({ database, log, metrics, lanes: 1 });
        await committer.start();
        let total = 0;
        try {
          const tenants = (await tenantsWithDead(database)).filter((tenant) => (options.tenant ?? tenant) === tenant);
          for (const tenant of tenants) {
            total += await committer.change({
              change: (transaction) => requeueDead(transaction, tenant),
              event: (count) => ({
                action: 'note.analyze',
                outcome: 'success',
                recordedAt: new Date().toISOString(),
                route: 'requeue-analyses',
                reason: 'queued',
                tenant,
                count,
              }),
            });
          }
        } finally {
          await committer.stop();
        }
        process.stdout.write(`queued ${total} analyses\n`);
      } finally {
        await close();
      }
    });
