import { DescribeTasksCommand } from '@aws-sdk/client-ecs';
import { MIGRATE_CONTAINER, RESTORE_CONTAINER } from '@healthcare-ai/lib/config/names';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import type { Change } from './change.ts';
import { lastLines } from './failed-task.ts';
import { endOfTask, idOf, startOneOffTask } from './one-off-task.ts';
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

export interface Migration {
  /** Change on record; undefined on the first deploy of a stage. */
  readonly change: Change | undefined;

  /** Makes the start of the task idempotent: the id of the change, or of what it deploys. */
  readonly id: string;

  /** Command that starts it, for ECS. */
  readonly startedBy: string;
}

/**
 * Migrates the schema with the image of the tasks stack, and waits for the task. A change that was interrupted waits for
 * the task that it had started; a task that failed is run again.
 *
 * @returns what ended, in words
 * @throws OpsFailure with the exit code and the last lines of a migration that failed
 */
export async function runMigration(context: MigrationContext, { change, id, startedBy }: Migration): Promise<string> {
  const { clock, output, names, stage } = context;
  const { definition, container, subnets, securityGroup } = await oneOffPlace(context);
  await change?.step('migrate');
  let arn = await migrationUnderWay(context, change);
  if (arn === undefined) {
    // The same token returns a task whose start was not recorded. After a failure it would return the task that failed.
    const isFirst = change !== undefined && change.record.task === undefined;
    const token = isFirst ? id : `${id.slice(0, 36)}-${clock.now()}`;
    const task = { definition, container, subnets, securityGroup, startedBy: `${startedBy}-${stage}`, token };
    arn = await startOneOffTask(context, task);
    await change?.step('migrate', { task: arn });
    output.progress(`        task ${idOf(arn)} is started`);
  }
  const ended = await endOfTask(context, arn, container);
  if (ended.exitCode === 0) return `task ${ended.id} ended with exit code 0`;
  const lines = await lastLines(context, names.logGroups.migrate, `${container}/${container}/${ended.id}`);
  for (const line of lines) output.progress(`        ${line}`);
  const how = ended.exitCode === undefined ? 'never ran' : `ended with exit code ${ended.exitCode}`;
  const last = lines.length > 0 ? ` Its last line: ${lines.at(-1)!.slice(0, 300)}.` : '';
  throw new OpsFailure(
    `The migration task ${ended.id} ${how}: ${ended.reason ?? 'ECS gives no reason'}.${last} The service was not touched.`,
  );
}

/** The task that an interrupted change had started, unless it failed or ECS has forgotten it. */
export async function migrationUnderWay(
  { clients, names }: Pick<OpsContext, 'clients' | 'names'>,
  change: Change | undefined,
): Promise<string | undefined> {
  const arn = change?.record.task;
  if (arn === undefined) return undefined;
  const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster: names.cluster, tasks: [arn] }));
  const [task] = tasks ?? [];
  const failed = task?.lastStatus === 'STOPPED' && task.containers?.some(({ exitCode }) => exitCode !== 0);
  return task === undefined || failed ? undefined : arn;
}
