import { DescribeTasksCommand, RunTaskCommand, type Task } from '@aws-sdk/client-ecs';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';

export type TaskContext = Pick<OpsContext, 'clients' | 'names' | 'clock' | 'signal' | 'timeoutMs'>;

export interface OneOffTask {
  /** ARN or family of the task definition. */
  readonly definition: string;
  readonly container: string;

  /** @default - that of the definition */
  readonly command?: readonly string[];
  readonly subnets: readonly string[];
  readonly securityGroup: string;

  /** Who started it, at most 36 characters. */
  readonly startedBy: string;

  /** The same token starts no second task, at most 64 characters. */
  readonly token: string;
}

export interface EndedTask {
  readonly arn: string;
  readonly id: string;

  /** Undefined if the container never ran. */
  readonly exitCode: number | undefined;
  readonly reason: string | undefined;
}

/** Starts a task beside the service. @returns its ARN */
export async function startOneOffTask({ clients, names }: TaskContext, task: OneOffTask): Promise<string> {
  const { tasks, failures } = await clients.ecs.send(
    new RunTaskCommand({
      cluster: names.cluster,
      taskDefinition: task.definition,
      launchType: 'FARGATE',
      startedBy: task.startedBy,
      clientToken: task.token,
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: [...task.subnets],
          securityGroups: [task.securityGroup],
          assignPublicIp: 'DISABLED',
        },
      },
      overrides:
        task.command === undefined
          ? undefined
          : { containerOverrides: [{ name: task.container, command: [...task.command] }] },
    }),
  );
  const arn = tasks?.[0]?.taskArn;
  if (arn === undefined) {
    const [failure] = failures ?? [];
    throw new OpsFailure(
      `ECS did not start the task: ${failure?.reason ?? 'no reason given'} ${failure?.detail ?? ''}`.trim(),
    );
  }
  return arn;
}

/** Waits until a task has stopped. @throws OpsFailure when it is gone, or takes longer than --timeout */
export async function endOfTask(context: TaskContext, arn: string, container: string): Promise<EndedTask> {
  const stopped = await waitFor(context, {
    what: `the task ${idOf(arn)}`,
    look: async (): Promise<Task | undefined> => {
      const { tasks } = await context.clients.ecs.send(
        new DescribeTasksCommand({ cluster: context.names.cluster, tasks: [arn] }),
      );
      const [task] = tasks ?? [];
      if (task === undefined) throw new OpsFailure(`ECS does not know the task ${idOf(arn)} any more.`);
      return task.lastStatus === 'STOPPED' ? task : undefined;
    },
  });
  const found = stopped.containers?.find(({ name }) => name === container);
  return { arn, id: idOf(arn), exitCode: found?.exitCode, reason: found?.reason ?? stopped.stoppedReason };
}

export const idOf = (arn: string): string => arn.split('/').at(-1)!;
