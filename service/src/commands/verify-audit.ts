import { Command } from 'commander';
import { verifyChains } from '../audit/verify-chains.ts';
import type { Config } from '../config/read.ts';
import { openDatabase } from '../runtime/open-database.ts';
import type { Logger } from '../telemetry/log.ts';

/** `verify-audit`: checks every audit chain in the database. Exit code 1 when one is broken. */
export const verifyAuditCommand = (config: () => Config, log: Logger, onBroken: () => void): Command =>
  new Command('verify-audit')
    .description('check every audit chain in the database, from its first event to its last')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const { database, close } = await openDatabase(config(), log);
      try {
        const report = await verifyChains(database);
        if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
        else {
          for (const { chain, seq, fault } of report.faults) process.stdout.write(`${chain} ${seq}: ${fault}\n`);
          const verdict = report.faults.length === 0 ? 'whole' : `broken in ${report.faults.length}`;
          process.stdout.write(`${report.chains} chains, ${report.events} events: ${verdict}\n`);
        }
        if (report.faults.length > 0) onBroken();
      } finally {
        await close();
      }
    });
