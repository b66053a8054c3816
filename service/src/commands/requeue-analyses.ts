import { Command } from 'commander';
import { requeueDead, tenantsWithDead } from '../analysis/queue/requeue.ts';
import type { Config } from '../config/read.ts';
import type { Logger } from '../telemetry/log.ts';
import { runAudited } from './with-database.ts';

/** `requeue-analyses`: gives what was given up another chance, once its cause is gone. Leaves an event for each tenant. */
export const requeueAnalysesCommand = (config: () => Config, version: string, log: Logger): Command =>
  new Command('requeue-analyses')
    .description('queue failed analyses again, after their cause was fixed')
    .option('--tenant <name>', 'only of this organisation')
    .action((options: { tenant?: string }) =>
      runAudited({ config: config(), version, log, name: 'requeue-analyses' }, async ({ database, change }) => {
        const tenants = (await tenantsWithDead(database)).filter((tenant) => (options.tenant ?? tenant) === tenant);
        let total = 0;
        for (const tenant of tenants) {
          total += await change(
            (transaction) => requeueDead(transaction, tenant),
            (count) => ({ action: 'note.analyze', outcome: 'success', reason: 'queued', tenant, count }),
          );
        }
        process.stdout.write(`queued ${total} analyses\n`);
      }),
    );
