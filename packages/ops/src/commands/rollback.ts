import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly despiteSchema?: boolean;
}

export const rollbackCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('rollback')
    .description('roll back to the previous release, or to the given one; also ends an interrupted change')
    .argument('[revision]', 'revision of the task definition, digest or tag (default: the last good release)')
    .option('--despite-schema', 'accept an image whose support for the schema of the database is unknown')
    .addHelpText('after', example('npm run ops -- rollback --stage prod', 'npm run ops -- rollback 41 --stage prod'))
    .action(async (revision: string | undefined, options: Options, command) => {
      const context = contextOf(command);
      const { rollback } = await import('../rollout/rollback.ts');
      await rollback(context, { revision, ...options });
    });
