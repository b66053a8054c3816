import { Option } from 'commander';
import type { OpsContext } from '../context.ts';
import { parseDuration } from '../options.ts';
import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly watch?: boolean;
  readonly every: number;
}

export const statusCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('status')
    .description(
      'show what runs: image, change in progress, deployments, tasks, targets, alarms, scaling, recent events',
    )
    .option(
      '-w, --watch',
      'keep showing until Ctrl-C: redrawn on a terminal, else one row for each change; with --json one line each',
    )
    .addOption(new Option('--every <time>', 'how often --watch looks').argParser(parseDuration).default(5000, '5s'))
    .addHelpText('after', example('npm run ops -- status --stage prod --watch'))
    .action(async ({ watch, every }: Options, command) => {
      const context = contextOf(command);
      const { gatherStatus } = await import('../status/gather.ts');
      const { statusText } = await import('../status/text.ts');
      const look = async (): Promise<[status: object, text: string]> => {
        const status = await gatherStatus(context);
        return [status, statusText(status, context.clock.now())];
      };
      if (watch) await repeat(context, every, async () => context.output.redraw(...(await look())));
      else context.output.result(...(await look()));
    });

/** Ends without a fault at Ctrl-C and at --timeout. */
async function repeat({ clock, signal }: OpsContext, every: number, look: () => Promise<void>): Promise<void> {
  try {
    for (;;) {
      await look();
      await clock.sleep(every, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
