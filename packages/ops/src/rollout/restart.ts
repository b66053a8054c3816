import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { timed } from '../output.ts';
import { readableTime, waitFor } from '../wait.ts';
import { openChange } from './change.ts';
import { short } from './digest.ts';
import { failedTaskText, firstFailedTask } from './failed-task.ts';
import { ServiceFollower } from './follow.ts';
import { currentDigest } from './history.ts';
import { primaryOf, ServiceWatcher } from './service-view.ts';

/**
 * Replaces every task by one of the same task definition.
 *
 * @throws OpsFailure when another operator changes the stage, or the new tasks did not start: ECS keeps the old ones then
 */
export async function restart(ops: OpsContext): Promise<void> {
  const context = { ...ops, output: timed(ops.output, ops.clock) };
  const { clients, names, stage, clock } = ops;
  const view = await new ServiceWatcher(context).view();
  const running = view && primaryOf(view);
  if (view === undefined || running?.digest === undefined) {
    throw new OpsFailure(`There is no service ${names.service} that runs a pinned image. \`npm run deploy\` makes it.`);
  }
  const { digest } = running;
  const wanted = await currentDigest(context);
  if (wanted !== digest) {
    throw new OpsFailure(
      `The service runs ${short(digest)}, and SSM names ${short(wanted)}. First bring them together: \`rollout ${wanted}\`.`,
    );
  }
  ops.output.progress(`${stage} in ${context.region}: ${view.running} tasks of ${short(digest)} are replaced`);
  await context.confirm(`Restart ${stage}?`);

  const start = clock.now();
  const change = await openChange(context, { kind: 'restart', from: digest, to: digest });
  context.state('ECS keeps replacing the tasks, guarded by circuit breaker and alarms; `status` shows it.');
  try {
    const follower = new ServiceFollower(context, digest);
    await follower.ignoreExistingEvents();
    const updated = await clients.ecs.send(
      new UpdateServiceCommand({ cluster: names.cluster, service: names.service, forceNewDeployment: true }),
    );
    const begun = updated.service?.deployments?.find(({ status }) => status === 'PRIMARY');
    const verdict = await waitFor(context, { what: 'the restart', look: () => follower.look() });
    if (verdict.outcome === 'failed') {
      const task = await firstFailedTask(context, begun?.taskDefinition, begun?.createdAt);
      await change.finish();
      throw new OpsFailure(
        [
          `The restart failed: ${verdict.reason.replace(/\.+$/, '')}. The old tasks keep running.`,
          task && failedTaskText(task, stage),
        ]
          .filter(Boolean)
          .join('\n'),
      );
    }
  } finally {
    change.release();
  }
  await change.finish();
  context.state('');
  context.output.progress(`every task is a new one, after ${readableTime(clock.now() - start)}`);
  ops.output.result({ outcome: 'restarted', digest }, `Restarted: every task of ${digest} is a new one.`);
}
