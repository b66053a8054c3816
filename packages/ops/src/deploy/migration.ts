import { DescribeTasksCommand } from '@aws-sdk/client-ecs';
import { MIGRATE_CONTAINER } from '@healthcare-ai/lib/config/names';
import { OpsFailure } from '../errors.ts';
import { short } from '../rollout/digest.ts';
import { lastLines } from '../rollout/failed-task.ts';
import { oneOffPlace } from '../rollout/migration.ts';
import { endOfTask, idOf, startOneOffTask } from '../rollout/one-off-task.ts';
import type { DeployContext } from './context.ts';
import type { ImageChange } from './image-change.ts';
import { serviceRuns } from './service-image.ts';
import type { Step } from './step.ts';

/** The schema is what the image needs: its migration task has ended with exit code 0. */
export function migrationStep(context: DeployContext, release: ImageChange): Step {
  const { names, clients } = context;
  return {
    title: 'Migration',
    interrupted:
      'The migration task keeps running. The same command waits for it, or runs it again: no migration is applied twice.',
    async look() {
      if (await serviceRuns(context, release.digest)) {
        return { sees: `the service runs ${short(release.digest)}, which refuses to start on an older schema` };
      }
      const under = release.change?.record.task;
      const state = under && (await statusOf(under));
      if (under && state) {
        return {
          sees: `task ${idOf(under)} of an interrupted deploy is ${state}`,
          will: 'wait for its end',
          act: () => end(under),
        };
      }
      return {
        sees: `the service does not run ${short(release.digest)}`,
        will: 'run the migration task of this image, and wait for its end',
        act: run,
      };
    },
  };

  async function statusOf(arn: string): Promise<string | undefined> {
    const { tasks } = await clients.ecs.send(new DescribeTasksCommand({ cluster: names.cluster, tasks: [arn] }));
    const [task] = tasks ?? [];
    // What has stopped with a failure is run again.
    const failed = task?.containers?.some(({ exitCode }) => exitCode !== 0);
    return task === undefined || (task.lastStatus === 'STOPPED' && failed) ? undefined : task.lastStatus;
  }

  async function run(): Promise<string> {
    const place = await oneOffPlace(context);
    await release.change?.step('migrate');
    const id = release.change?.record.id ?? release.digest.slice(7, 43);
    // Not the same token twice: a task that failed would be handed out again.
    const token = `${id.slice(0, 36)}-${context.clock.now()}`;
    const arn = await startOneOffTask(context, { ...place, startedBy: `deploy-${context.stage}`, token });
    await release.change?.step('migrate', { task: arn });
    context.output.progress(`        task ${idOf(arn)} is started`);
    return end(arn);
  }

  async function end(arn: string): Promise<string> {
    const ended = await endOfTask(context, arn, MIGRATE_CONTAINER);
    if (ended.exitCode === 0) return `task ${ended.id} ended with exit code 0`;
    const stream = `${MIGRATE_CONTAINER}/${MIGRATE_CONTAINER}/${ended.id}`;
    const lines = await lastLines(context, names.logGroups.migrate, stream);
    for (const line of lines) context.output.progress(`        ${line}`);
    const how = ended.exitCode === undefined ? 'never ran' : `ended with exit code ${ended.exitCode}`;
    const said = lines.length > 0 ? ` Its last words: ${lines.at(-1)!.slice(0, 300)}.` : '';
    throw new OpsFailure(
      `The migration task ${ended.id} ${how}: ${ended.reason ?? 'ECS gives no reason'}.${said} The service was not touched.`,
    );
  }
}
