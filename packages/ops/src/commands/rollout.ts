import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly despiteFindings?: boolean;
  readonly oneWay?: boolean;
}

export const rolloutCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('rollout')
    .description('run an image of the repository of the stage: migrate, deploy the service, and follow it to the end')
    .argument('<image>', 'digest (sha256:...) or tag')
    .option('--despite-findings', 'run the image despite critical scan findings: for emergencies')
    .option('--one-way', 'accept a migration after which no rollback is possible')
    .addHelpText('after', example('npm run ops -- rollout v1.4.0 --stage staging'))
    .action(async (image: string, options: Options, command) => {
      const context = contextOf(command);
      const { rollout } = await import('../rollout/rollout.ts');
      await rollout(context, { image, ...options });
    });
