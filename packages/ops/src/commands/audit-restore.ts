import type { Command } from 'commander';
import { parseUuid } from '../options.ts';
import { example } from '../program.ts';
import type { AuditCommands } from './audit-commands.ts';

/** `audit restore`: the trail of a database that was restored, by a task beside the service. */
export function restoreCommand(audit: Command, { contextOf }: AuditCommands): void {
  audit
    .command('restore')
    .description('add to the trail of a database that was restored what the stage has published, by a one-off task')
    .option('--trail <uuid>', 'which trail, if the database has no checkpoint and the log group several', parseUuid)
    .addHelpText('after', example('npm run ops -- audit restore --stage prod'))
    .action(async ({ trail }: { readonly trail?: string }, command: Command) => {
      const context = contextOf(command);
      // The packages of AWS are loaded by a command that asks it.
      const { restoreStage } = await import('../audit/restore-stage.ts');
      await restoreStage(context, trail);
    });
}
