import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { waitFor } from '../wait.ts';
import { short } from './digest.ts';
import { type FailedTask, failedTaskText, firstFailedTask } from './failed-task.ts';
import { ServiceFollower, type Verdict } from './follow.ts';
import { beginImageUpdate, lastUpdateFailure, requireUsable, type StackView, settledStack } from './stack.ts';

/** By how much AWS lets a clock differ from its own, in milliseconds: https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html */
const CLOCK_SKEW_MS = 300_000;

/**
 * Updates the service stack to a digest, and follows the deployment until ECS has finished.
 *
 * @throws OpsFailure with the first failing task when ECS or CloudFormation rolled back
 */
export async function deployServiceImage(context: OpsContext, stackName: string, digest: string): Promise<void> {
  const follower = new ServiceFollower(context, digest);
  await follower.ignoreExistingEvents();
  const begun = context.clock.now();
  let failure: Verdict | undefined;
  let task: FailedTask | undefined;
  const look = async (): Promise<Verdict | undefined> => {
    const verdict = await follower.look();
    if (verdict?.outcome === 'failed') failure ??= verdict;
    // At once, for ECS forgets stopped tasks after an hour.
    if (follower.failedTasks > 0) task ??= await firstFailedTask(context, follower.taskDefinition);
    return verdict;
  };
  await beginImageUpdate(context, stackName, digest, look);
  const stack = await settledStack(context, stackName, look);
  if (stack.digest === digest && failure === undefined) {
    const verdict = await waitFor(context, {
      what: `the deployment of ${short(digest)}`,
      look: async () => (await look()) ?? follower.elsewhere(),
    });
    if (verdict.outcome === 'completed') {
      requireUsable(stack);
      return;
    }
    failure ??= verdict;
  }
  // Not a task of an earlier change, where the deployment failed between two looks.
  const since = follower.taskDefinition === undefined ? new Date(begun - CLOCK_SKEW_MS) : undefined;
  task ??= await firstFailedTask(context, follower.taskDefinition, since);
  throw new OpsFailure(await failureText(context, { stack, digest, failure, task }));
}

interface Failure {
  readonly stack: StackView;
  readonly digest: string;
  readonly failure: Verdict | undefined;
  readonly task: FailedTask | undefined;
}

async function failureText(context: OpsContext, { stack, digest, failure, task }: Failure): Promise<string> {
  const fromStack = stack.digest === digest ? undefined : await lastUpdateFailure(context, stack.name);
  const reason = failure?.reason || fromStack || stack.reason || stack.status;
  return [
    `${short(digest)} was not rolled out: ${reason}`,
    ...(fromStack !== undefined && reason !== fromStack ? [`CloudFormation: ${fromStack}`] : []),
    task === undefined
      ? 'ECS has no stopped task with more details (it keeps them for an hour).'
      : failedTaskText(task, context.stage),
  ].join('\n');
}
