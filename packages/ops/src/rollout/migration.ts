import { MIGRATE_CONTAINER, RESTORE_CONTAINER } from '@healthcare-ai/lib/config/names';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import type { Change } from './change.ts';
import { lastLines } from './failed-task.ts';
import { endOfTask, startOneOffTask } from './one-off-task.ts';
import { imageStacks, viewStack } from './stack.ts';

export type MigrationContext = Pick<
  OpsContext,
  'clients' | 'names' | 'clock' | 'signal' | 'timeoutMs' | 'output' | 'stage'
>;

/** One-off tasks: the output of the tasks stack that names the definition, and the container. */
const oneOffTasks = {
  migrate: { output: 'MigrateTaskDefinition', container: MIGRATE_CONTAINER },
  restore: { output: 'RestoreTaskDefinition', container: RESTORE_CONTAINER },
} as const;

/** Where one-off tasks run: the outputs of the tasks stack. @throws OpsFailure when it lacks one */
export async function oneOffPlace(
  context: Pick<OpsContext, 'clients' | 'names'>,
  task: keyof typeof oneOffTasks = 'migrate',
) {
  const name = imageStacks(context.names).tasks;
  const { outputs = {} } = (await viewStack(context, name)) ?? {};
  const { output, container } = oneOffTasks[task];
  const { [output]: definition, TaskSubnets: subnets, MigrateSecurityGroup: securityGroup } = outputs;
  if (!definition || !subnets || !securityGroup) {
    throw new OpsFailure(
      `The stack ${name} has no output for the network of its task. Update it with \`npm run deploy\`.`,
    );
  }
  return { definition, container, subnets: subnets.split(','), securityGroup };
}

/**
 * Brings the schema up to what the image of the tasks stack needs, and waits for it. A change that is taken over
 * continues with the task that it had started.
 *
 * @throws OpsFailure with the exit code and the last lines of a migration that failed
 */
export async function runMigration(context: MigrationContext, change: Change): Promise<void> {
  const place = await oneOffPlace(context);
  await change.step('migrate');
  const { id, task } = change.record;
  const arn = task ?? (await startOneOffTask(context, { ...place, startedBy: `ops-${context.stage}`, token: id }));
  if (task === undefined) await change.step('migrate', { task: arn });
  const ended = await endOfTask(context, arn, place.container);
  if (ended.exitCode === 0) return;
  const stream = `migrate/${place.container}/${ended.id}`;
  const lines = await lastLines(context, context.names.logGroups.migrate, stream);
  const code = ended.exitCode === undefined ? 'never ran' : `ended with exit code ${ended.exitCode}`;
  const head = `The migration ${code}${ended.reason ? ` (${ended.reason})` : ''}; task ${ended.id}.`;
  throw new OpsFailure([head, ...lines.map((line) => `  ${line}`)].join('\n'));
}
