import { example, type OpsCommand } from '../program.ts';

interface Options {
  readonly despiteFindings?: boolean;
  readonly oneWay?: boolean;
}

export const rolloutCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('rollout')
    .description(
      'bring the stage to an image that is in its repository: migration, then the service, followed to the end',
    )
    .argument('<image>', 'digest (sha256:...) or tag')
    .option('--despite-findings', 'although its scan speaks against it: for emergencies')
    .option('--one-way', 'although a migration of the image closes the way back')
    .addHelpText('after', example('npm run ops -- rollout v1.4.0 --stage staging'))
    .action(async (image: string, options: Options, command) => {
      const context = contextOf(command);
      const { rollout } = await import('../rollout/rollout.ts');
      await rollout(context, { image, ...options });
    });
