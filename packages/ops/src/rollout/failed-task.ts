import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { unlessMissing } from '../aws/unless-missing.ts';
import type { OpsContext } from '../context.ts';
import { idOf } from './one-off-task.ts';

type TaskContext = Pick<OpsContext, 'clients' | 'names'>;

export interface FailedTask {
  readonly id: string;
  readonly container: string | undefined;

  /** Undefined if the container never ran. */
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
  readonly lines: readonly string[];
}

/** What ECS says of a task that it stopped on purpose. */
const onPurpose = /^(Scaling activity|Task stopped by|Service .* was|Deployment|Availability zone rebalancing)/i;

/**
 * The first task that failed, with its last words. ECS keeps stopped tasks for an hour.
 *
 * @param taskDefinition ARN of the one that it ran; undefined for the newest one with a task that failed
 * @param since tasks made before are not looked at
 */
export async function firstFailedTask(
  context: TaskContext,
  taskDefinition: string | undefined,
  since?: Date,
): Promise<FailedTask | undefined> {
  const { clients, names } = context;
  const { taskArns } = await clients.ecs.send(
    new ListTasksCommand({ cluster: names.cluster, serviceName: names.service, desiredStatus: 'STOPPED' }),
  );
  if (!taskArns?.length) return undefined;
  const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster: names.cluster, tasks: taskArns }));
  const ours = (tasks ?? []).filter(
    (task) =>
      (taskDefinition === undefined || task.taskDefinitionArn === taskDefinition) &&
      (since === undefined || task.createdAt === undefined || task.createdAt >= since) &&
      (badExit(task) !== undefined || !onPurpose.test(task.stoppedReason ?? '')),
  );
  const revision = ({ taskDefinitionArn }: Task) => Number(taskDefinitionArn?.split(':').at(-1)) || 0;
  const newest = Math.max(...ours.map(revision));
  const time = ({ stoppedAt, stoppingAt, createdAt }: Task) => (stoppedAt ?? stoppingAt ?? createdAt)?.getTime() ?? 0;
  const [first] = ours.filter((task) => revision(task) === newest).sort((a, b) => time(a) - time(b));
  return first && describe(context, first);
}

/** A container that was stopped ends with 143 or 137. */
const badExit = ({ containers }: Task) =>
  containers?.find(({ exitCode }) => exitCode !== undefined && ![0, 137, 143].includes(exitCode)) ??
  containers?.find(({ reason }) => reason !== undefined);

async function describe(context: TaskContext, task: Task): Promise<FailedTask> {
  const id = idOf(task.taskArn ?? '');
  const container = badExit(task) ?? task.containers?.[0];
  const name = container?.name;
  return {
    id,
    container: name,
    exitCode: container?.exitCode,
    reason: container?.reason ?? task.stoppedReason,
    lines: name === undefined ? [] : await lastLines(context, context.names.logGroups.service, `service/${name}/${id}`),
  };
}

/** The end of a task's log; empty if it never wrote. */
export async function lastLines(
  { clients }: TaskContext,
  logGroupName: string,
  logStreamName: string,
): Promise<string[]> {
  const found = await unlessMissing(
    'ResourceNotFound',
    clients.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, limit: 15, startFromHead: false })),
  );
  return (found?.events ?? []).map(({ message = '' }) => message.trimEnd());
}

/** As people read it, a few lines. */
export function failedTaskText({ id, container, exitCode, reason, lines }: FailedTask, stage: string): string {
  const code = exitCode === undefined ? 'never ran' : `ended with exit code ${exitCode}`;
  const head = `The first task that failed, ${id}: container ${container ?? 'unknown'} ${code}${reason ? ` (${reason})` : ''}.`;
  if (lines.length === 0) return `${head}\nIt logged nothing.`;
  const more = `All of its lines: npm run ops -- logs --stage ${stage} --since 1h --task ${id.slice(0, 8)}`;
  return [head, 'Its last lines:', ...lines.map((line) => `  ${line}`), more].join('\n');
}
