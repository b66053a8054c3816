import { example, type OpsCommand } from '../program.ts';

interface RolloutFlags {
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
    .action(async (image: string, options: RolloutFlags, command) => {
      const context = contextOf(command);
      const { rollout } = await import('../rollout/rollout.ts');
      await rollout(context, { image, ...options });
    });

interface RollbackFlags {
  readonly despiteSchema?: boolean;
}

export const rollbackCommand: OpsCommand = (program, contextOf) =>
  void program
    .command('rollback')
    .description('roll back to the previous release, or to the given one; also ends an interrupted change')
    .argument('[revision]', 'revision of the task definition, digest or tag (default: the last good release)')
    .option('--despite-schema', 'accept an image whose support for the schema of the database is unknown')
    .addHelpText('after', example('npm run ops -- rollback --stage prod', 'npm run ops -- rollback 41 --stage prod'))
    .action(async (revision: string | undefined, options: RollbackFlags, command) => {
      const context = contextOf(command);
      const { rollback } = await import('../rollout/rollback.ts');
      await rollback(context, { revision, ...options });
    });

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
