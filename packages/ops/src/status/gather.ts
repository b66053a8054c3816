import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTasksCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { explain, isAwsError } from '../aws/explain.ts';
import type { OpsContext } from '../context.ts';
import { isAbandoned } from '../rollout/change.ts';
import { type ChangeRecord, readChange } from '../rollout/change-record.ts';
import { currentDigest } from '../rollout/history.ts';
import { idOf } from '../rollout/one-off-task.ts';
import { type ServiceView, ServiceWatcher } from '../rollout/service-view.ts';
import { imageStacks, type StackView, viewStack } from '../rollout/stack.ts';
import { type Range, scalingRange } from '../scale.ts';

/** What could not be asked says why: the rest is worth knowing all the same. */
export type Asked<T> = T | { readonly unavailable: string };

export interface TaskStatus {
  readonly id: string;
  readonly status: string;
  readonly health: string;
  readonly digest: string | undefined;
  readonly zone: string | undefined;
  readonly startedAt: Date | undefined;
}

export interface TargetStatus {
  readonly group: string;
  readonly target: string;
  readonly state: string;
  readonly reason: string | undefined;
}

export interface AlarmStatus {
  readonly name: string;
  readonly since: Date | undefined;
  readonly reason: string;
}

export interface StageStatus {
  readonly stage: string;
  readonly region: string;

  /** Digest that SSM names. */
  readonly digest: string | undefined;
  readonly change: (ChangeRecord & { readonly abandoned: boolean }) | undefined;
  readonly stacks: readonly Pick<StackView, 'name' | 'status' | 'digest'>[];
  readonly service: Omit<ServiceView, 'targetGroups'> | undefined;
  readonly canary: Asked<{ readonly status: string; readonly stage: string | undefined } | undefined>;
  readonly tasks: Asked<readonly TaskStatus[]>;
  readonly targets: Asked<readonly TargetStatus[]>;
  readonly alarms: Asked<readonly AlarmStatus[]>;
  readonly scaling: Asked<Range | undefined>;
}

const EVENTS = 5;

/** Looks at everything that says how a stage is. @throws when the service itself cannot be asked for */
export async function gatherStatus(context: OpsContext): Promise<StageStatus> {
  const watcher = new ServiceWatcher(context);
  const [digest, change, view, stacks] = await Promise.all([
    currentDigest(context),
    changeStatus(context),
    watcher.view(),
    Promise.all(Object.values(imageStacks(context.names)).map((name) => viewStack(context, name))),
  ]);
  const canary = context.config.service.deployment === 'canary';
  const [canaryStage, tasks, targets, alarms, scaling] = await Promise.all([
    asked(async () => (canary && view ? watcher.canaryStage() : undefined)),
    asked(() => tasksOf(context, watcher)),
    asked(() => targetsOf(context, view?.targetGroups ?? [])),
    asked(() => alarmsOf(context)),
    asked(() => scalingRange(context)),
  ]);
  const { targetGroups: _, ...service } = view ?? { targetGroups: [] };
  return {
    stage: context.stage,
    region: context.region,
    digest,
    change,
    stacks: stacks.filter((stack) => stack !== undefined).map(({ name, status, digest }) => ({ name, status, digest })),
    service: view && { ...(service as Omit<ServiceView, 'targetGroups'>), events: view.events.slice(0, EVENTS) },
    canary: canaryStage,
    tasks,
    targets,
    alarms,
    scaling,
  };
}

async function asked<T>(ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return await ask();
  } catch (error) {
    if (!isAwsError(error)) throw error;
    return { unavailable: explain(error) };
  }
}

async function changeStatus(context: OpsContext): Promise<StageStatus['change']> {
  const stored = await readChange(context);
  if (stored === undefined) return undefined;
  return { ...stored.record, abandoned: isAbandoned(stored, context.clock.now()) };
}

/** The tasks of the service that run, or are starting. */
export async function tasksOf({ clients, names }: OpsContext, watcher: ServiceWatcher): Promise<TaskStatus[]> {
  const { taskArns } = await clients.ecs.send(
    new ListTasksCommand({
      cluster: names.cluster,
      serviceName: names.service,
      desiredStatus: 'RUNNING',
      maxResults: 100,
    }),
  );
  if (!taskArns?.length) return [];
  const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster: names.cluster, tasks: taskArns }));
  return Promise.all(
    (tasks ?? []).map(async (task) => ({
      id: idOf(task.taskArn ?? ''),
      status: task.lastStatus ?? '',
      health: task.healthStatus ?? 'UNKNOWN',
      digest: task.taskDefinitionArn && (await watcher.digestOf(task.taskDefinitionArn)),
      zone: task.availabilityZone,
      startedAt: task.startedAt,
    })),
  );
}

async function targetsOf({ clients }: OpsContext, groups: readonly string[]): Promise<TargetStatus[]> {
  const found = await Promise.all(
    groups.map(async (arn) => {
      const { TargetHealthDescriptions } = await clients.elb.send(
        new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
      );
      return (TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
        group: arn.split('/')[1] ?? arn,
        target: `${Target?.Id}:${Target?.Port}`,
        state: TargetHealth?.State ?? 'unknown',
        reason: TargetHealth?.Description ?? TargetHealth?.Reason,
      }));
    }),
  );
  return found.flat();
}

async function alarmsOf({ clients, names }: OpsContext): Promise<AlarmStatus[]> {
  const { MetricAlarms, CompositeAlarms } = await clients.cloudWatch.send(
    new DescribeAlarmsCommand({
      AlarmNamePrefix: `${names.base}-`,
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      StateValue: 'ALARM',
      MaxRecords: 100,
    }),
  );
  return [...(MetricAlarms ?? []), ...(CompositeAlarms ?? [])]
    .filter(({ StateValue }) => StateValue === 'ALARM')
    .map((alarm) => ({
      name: alarm.AlarmName ?? '',
      since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
      reason: alarm.StateReason ?? '',
    }));
}
