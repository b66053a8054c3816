import { type Command, Option } from 'commander';
import { type ExportFlags, exportTrail } from '../audit/export.ts';
import { exportPublished } from '../audit/export-published.ts';
import { type CloudWatchFlags, publishedOptions } from '../audit/source/published.ts';
import { publicKeyOption } from '../audit/trust-options.ts';
import { parseInteger } from '../options.ts';
import { example } from '../program.ts';
import type { AuditCommands } from './audit-commands.ts';

/** `audit export`: from the database, or from what a stage has published. */
export function exportCommand(audit: Command, { tools, contextOf, localOf }: AuditCommands): void {
  const command = audit
    .command('export')
    .description('write the trail to a directory that can be verified offline')
    .requiredOption('--out <dir>', 'a new or empty directory')
    .addOption(
      new Option('--format <format...>', 'also write the events in these forms')
        .choices(['jsonl', 'csv', 'fhir'])
        .default([]),
    )
    .option('--unproven', 'add the events that no checkpoint covers yet')
    .option('--from-checkpoint <number>', 'continue after this checkpoint', parseInteger(0), 0);
  for (const option of [...publishedOptions(), publicKeyOption()]) command.addOption(option);
  command
    .addHelpText(
      'after',
      example(
        'npm run ops -- audit export --out export --format csv fhir',
        'npm run ops -- audit export --cloudwatch --stage prod --out export',
      ),
    )
    .action((flags: ExportFlags & CloudWatchFlags & { readonly cloudwatch?: true }, self: Command) =>
      flags.cloudwatch ? exportPublished(contextOf(self), tools, flags) : exportTrail(localOf(self), tools, flags),
    );
}
