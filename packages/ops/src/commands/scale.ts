import { parseInteger } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly min?: number;
  readonly max?: number;
}

export const scaleCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('scale')
    .description('set how few and how many tasks there may be, until a deploy of the stacks sets it anew')
    .option('--min <tasks>', 'fewest tasks', parseInteger(1))
    .option('--max <tasks>', 'most tasks', parseInteger(1))
    .addHelpText('after', example('npm run ops -- scale --min 4 --max 12 --stage prod'))
    .action(async (options: Options, command) => {
      const context = contextOf(command);
      const { scale } = await import('../scale.ts');
      await scale(context, options);
    });
