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
    .option('-w, --watch', 'go on until Ctrl-C, and tell what has changed; with --json a line each')
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
  let before = '';
  try {
    for (;;) {
      const status = await gatherStatus(context);
      const seen = JSON.stringify(status);
      const now = clock.now();
      if (seen !== before) output.row(status, `--- ${new Date(now).toISOString()}\n${statusText(status, now)}`);
      before = seen;
      await clock.sleep(every, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
