import { example, type OpsCommand } from '../program.ts';

export const restartCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('restart')
    .description('replace every task by a new one of the same image, and follow the deployment')
    .addHelpText('after', example('npm run ops -- restart --stage dev'))
    .action(async (_options, command) => {
      const context = contextOf(command);
      const { restart } = await import('../rollout/restart.ts');
      await restart(context);
    });
