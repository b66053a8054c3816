import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly despiteSchema?: boolean;
}

export const rollbackCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('rollback')
    .description('go back to the release before, or to the one that is named; finishes a change that was broken off')
    .argument('[revision]', 'revision of the task definition, digest or tag (default: the last good release)')
    .option('--despite-schema', 'although nobody can tell whether the image runs on the schema of the database')
    .addHelpText('after', example('npm run ops -- rollback --stage prod', 'npm run ops -- rollback 41 --stage prod'))
    .action(async (revision: string | undefined, options: Options, command) => {
      const context = contextOf(command);
      const { rollback } = await import('../rollout/rollback.ts');
      await rollback(context, { revision, ...options });
    });
