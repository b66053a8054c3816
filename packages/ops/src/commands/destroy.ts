import { example, type OpsCommand } from '../program.ts';
import { table } from '../table.ts';

/** `destroy`: a stage for trying things is removed with its data. */
export const destroyCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('destroy')
    .description('destroy a disposable stage with its data, and list what AWS keeps and until when')
    .addHelpText('after', example('npm run ops -- destroy --stage sandbox'))
    .action(async (_options, command) => {
      const context = contextOf(command);
      context.state('Nothing was changed.');
      const { destroy } = await import('../destroy/destroy.ts');
      const { stacks, kept } = await destroy(context);
      const rows = kept.map(({ what, until = 'until you delete it', why }) => [what, until, why]);
      context.output.result(
        { stage: context.stage, stacks, kept },
        `Destroyed ${stacks.length} stacks of ${context.stage}. AWS keeps:\n${table(['what', 'until', 'why'], rows)}`,
      );
    });
