import { AwsFault, type Input } from '../aws-server.ts';
import { ACCOUNT, arn, type Deployment, names, type Task, type World } from './world.ts';

const FAILURES_UNTIL_ROLLBACK = 3;

const revisionArn = (world: World, revision: number): string =>
  arn('ecs', `task-definition/${world.revisions[revision - 1]!.family}:${revision}`);

/** One step of the service: each time somebody looks. */
export function advance(world: World): void {
  const [primary] = world.deployments;
  if (primary === undefined || primary.state !== 'IN_PROGRESS') return;
  const { digest } = world.revisions[primary.revision - 1]!;
  const { exitCode } = world.image(digest) ?? { exitCode: 1 };
  if (exitCode === undefined) {
    primary.running += 1;
    if (primary.running < world.desired) return;
    Object.assign(primary, { state: 'COMPLETED', reason: `ECS deployment ${primary.id} completed.` });
    world.deployments.splice(1);
    world.tell('has reached a steady state.');
    return;
  }
  primary.failed += 1;
  world.tasks.push(task(world, primary.revision, names.serviceFamily, exitCode));
  if (primary.failed >= FAILURES_UNTIL_ROLLBACK) breakCircuit(world, primary);
}

function breakCircuit(world: World, failed: Deployment): void {
  Object.assign(failed, { state: 'FAILED', reason: 'ECS deployment circuit breaker: tasks failed to start.' });
  const before = world.deployments.find(({ state }) => state === 'COMPLETED');
  if (before === undefined) return;
  world.tell(`deployment failed: rolling back to ${revisionArn(world, before.revision)}.`);
  world.deploy(before.revision);
}

function task(world: World, revision: number, family: string, exitCode: number | undefined): Task {
  const id = `task${world.tasks.length + 1}`;
  if (exitCode !== undefined && exitCode !== 0) {
    const stream = family === names.serviceFamily ? `service/service/${id}` : `migrate/migrate/${id}`;
    world.logs.set(stream, ['{"msg":"starting"}', `{"level":"error","msg":"no start of revision ${revision}"}`]);
  }
  return { arn: arn('ecs', `task/${names.cluster}/${id}`), revision, family, exitCode, looks: 0 };
}

const asDeployment = (world: World, deployment: Deployment) => ({
  id: deployment.id,
  status: deployment.status,
  taskDefinition: revisionArn(world, deployment.revision),
  desiredCount: world.desired,
  runningCount: deployment.running,
  pendingCount: deployment.state === 'IN_PROGRESS' ? world.desired - deployment.running : 0,
  failedTasks: deployment.failed,
  rolloutState: deployment.state,
  rolloutStateReason: deployment.reason,
  createdAt: 1_700_000_000,
});

const asService = (world: World) => ({
  serviceName: names.service,
  status: 'ACTIVE',
  desiredCount: world.desired,
  runningCount: world.desired,
  pendingCount: 0,
  deployments: world.deployments.map((deployment) => asDeployment(world, deployment)),
  events: world.events.map(({ id, message, at }) => ({ id, message, createdAt: at / 1000 })),
  loadBalancers: [{ targetGroupArn: arn('elasticloadbalancing', 'targetgroup/blue/0123456789abcdef') }],
});

function asTask(world: World, task: Task) {
  task.looks += 1;
  const stopped = task.exitCode !== undefined && (task.family === names.serviceFamily || task.looks > 1);
  return {
    taskArn: task.arn,
    taskDefinitionArn: revisionArn(world, task.revision),
    lastStatus: stopped ? 'STOPPED' : 'RUNNING',
    healthStatus: 'HEALTHY',
    availabilityZone: 'us-east-1a',
    stoppedReason: stopped ? 'Essential container in task exited' : undefined,
    createdAt: 1_700_000_000,
    containers: [
      {
        name: task.family === names.serviceFamily ? 'service' : 'migrate',
        exitCode: stopped ? task.exitCode : undefined,
      },
    ],
  };
}

const tokens = new WeakMap<World, Map<string, Task>>();

export const ecs: Readonly<Record<string, (world: World, input: Input) => unknown>> = {
  DescribeServices: (world) => {
    advance(world);
    return { services: [asService(world)], failures: [] };
  },
  UpdateService: (world, { forceNewDeployment }) => {
    if (forceNewDeployment) world.deploy(world.deployments[0]!.revision);
    return { service: asService(world) };
  },
  DescribeTaskDefinition: (world, { taskDefinition }) => {
    const revision = Number(String(taskDefinition).split(':').at(-1));
    const found = world.revisions[revision - 1];
    if (found === undefined) throw new AwsFault('ClientException', 'Unable to describe task definition.');
    const image = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${names.repository}@${found.digest}`;
    const name = found.family === names.serviceFamily ? 'service' : 'migrate';
    return {
      taskDefinition: { taskDefinitionArn: revisionArn(world, revision), containerDefinitions: [{ name, image }] },
    };
  },
  ListServiceDeployments: () => ({
    serviceDeployments: [
      { serviceDeploymentArn: arn('ecs', `service-deployment/${names.cluster}/${names.service}/d1`) },
    ],
  }),
  DescribeServiceDeployments: (world) => {
    const { state } = world.deployments[0]!;
    const underWay = { status: 'IN_PROGRESS', lifecycleStage: 'PRODUCTION_TRAFFIC_SHIFT' };
    return { serviceDeployments: [state === 'IN_PROGRESS' ? underWay : { status: 'SUCCESSFUL' }], failures: [] };
  },
  ListTasks: (world, { desiredStatus }) => ({
    taskArns: world.tasks
      .filter(
        ({ family, exitCode }) =>
          family === names.serviceFamily && (exitCode !== undefined) === (desiredStatus === 'STOPPED'),
      )
      .map((task) => task.arn),
  }),
  DescribeTasks: (world, { tasks }) => ({
    tasks: world.tasks.filter((task) => (tasks as string[]).includes(task.arn)).map((task) => asTask(world, task)),
  }),
  RunTask: (world, { clientToken }) => {
    const known = tokens.get(world) ?? tokens.set(world, new Map()).get(world)!;
    const before = known.get(String(clientToken));
    if (before !== undefined) return { tasks: [asTask(world, before)], failures: [] };
    const revision = world.revisions.findLastIndex(({ family }) => family === names.migrateFamily) + 1;
    const { migrationExitCode = 0 } = world.image(world.revisions[revision - 1]!.digest)!;
    const started = task(world, revision, names.migrateFamily, migrationExitCode);
    world.tasks.push(started);
    known.set(String(clientToken), started);
    return { tasks: [asTask(world, started)], failures: [] };
  },
};
