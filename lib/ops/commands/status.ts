import { Option } from 'commander';
import type { OpsContext } from '../context.ts';
import { parseDuration } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';
import { gatherStatus } from '../status/gather.ts';
import { statusText } from '../status/text.ts';

interface Options {
  readonly watch?: boolean;
  readonly every: number;
}

export const statusCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('status')
    .description('what runs: image, change under way, deployments, tasks, targets, alarms, scaling, last events')
    .option(
      '-w, --watch',
      'go on until Ctrl-C: drawn anew on a terminal, else told when it has changed; with --json a line each',
    )
    .addOption(new Option('--every <time>', 'how often --watch looks').argParser(parseDuration).default(5000, '5s'))
    .addHelpText('after', example('npm run ops -- status --stage prod --watch'))
    .action(async ({ watch, every }: Options, command) => {
      const context = contextOf(command);
      if (watch) return watchStatus(context, every);
      const status = await gatherStatus(context);
      context.output.result(status, statusText(status, context.clock.now()));
    });

/** Ends without a fault at Ctrl-C and at --timeout. */
async function watchStatus(context: OpsContext, every: number): Promise<void> {
  const { clock, output, signal } = context;
  try {
    for (;;) {
      const status = await gatherStatus(context);
      output.redraw(status, statusText(status, clock.now()));
      await clock.sleep(every, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
