import { parseInteger } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly min?: number;
  readonly max?: number;
}

export const scaleCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('scale')
    .description('set the minimum and maximum number of tasks, until a deploy of the stacks resets them')
    .option('--min <tasks>', 'minimum', parseInteger(0))
    .option('--max <tasks>', 'maximum', parseInteger(0))
    .addHelpText('after', example('npm run ops -- scale --min 4 --max 12 --stage prod'))
    .action(async (options: Options, command) => {
      const context = contextOf(command);
      const { scale } = await import('../scale.ts');
      await scale(context, options);
    });
