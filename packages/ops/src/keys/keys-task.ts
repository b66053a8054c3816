import { contract } from '@healthcare-ai/contract';
import type { OpsContext } from '../context.ts';
import { runAnsweringTask } from '../rollout/answering-task.ts';
import { oneOffPlace } from '../rollout/migration.ts';

/**
 * Runs `keys` of the service as a task beside it, as the owner of the database, and waits for its end.
 *
 * @param answered whether lines hold the whole answer
 * @returns what the task wrote, as far as CloudWatch Logs has it in time
 * @throws OpsFailure with the task's own last line when it fails
 */
export async function runKeysTask(
  context: OpsContext,
  args: readonly string[],
  answered: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const command = [...contract.container.keys, ...args];
  const startedBy = `ops-keys-${context.stage}`;
  return runAnsweringTask(context, { ...(await oneOffPlace(context)), command, startedBy }, answered);
}
