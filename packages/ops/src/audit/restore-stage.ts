import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { contract } from '@healthcare-ai/contract';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { runAnsweringTask } from '../rollout/answering-task.ts';
import { oneOffPlace } from '../rollout/migration.ts';

/** What the task says when all is well. */
const answer = /^(added checkpoints|nothing is missing)/;

/**
 * Brings the trail of a stage's database, which was set back, up to what the stage has published: by a task beside the
 * service, which reads the log group. The service may run: of such a database it seals nothing, and waits.
 *
 * @param trail UUID of the trail, for a database that has no checkpoint
 * @throws OpsFailure with what the task refused
 */
export async function restoreStage(context: OpsContext, trail: string | undefined): Promise<void> {
  const { stage, names, region, output } = context;
  const place = await oneOffPlace(context, 'restore');
  const tasks = await runningTasks(context);
  output.progress(
    `${stage} in ${region}: ${names.logGroups.audit} -> the database; ${tasks} task${tasks === 1 ? '' : 's'} of the service run`,
  );
  await context.confirm(`Add to the audit trail of ${stage} what its database lacks?`);
  context.state('The task keeps running. The same command shows what is still missing, and adds it.');
  const command = [...contract.container.restoreAudit, ...(trail === undefined ? [] : ['--trail', trail])];
  const lines = await run(context, { ...place, command, startedBy: `ops-restore-${stage}` });
  const said = lines.find((line) => answer.test(line)) ?? 'done; its answer did not reach CloudWatch Logs in time';
  output.result({ stage, answer: said }, `${said}.`);
}

async function run(context: OpsContext, task: Parameters<typeof runAnsweringTask>[1]): Promise<readonly string[]> {
  try {
    return await runAnsweringTask(context, task, (lines) => lines.some((line) => answer.test(line)));
  } catch (error) {
    // Tasks that were there before the database was set back hold the lead; new ones look at the sinks first.
    if (!(error instanceof OpsFailure) || !/is sealing or publishing/.test(error.message)) throw error;
    throw new OpsFailure(`${error.message} npm run ops -- restart --stage ${context.stage}; then run this again.`);
  }
}

/** Without `ServiceWatcher`, which needs one more right: to read task definitions. */
async function runningTasks({ clients, names }: OpsContext): Promise<number> {
  const { services } = await clients.ecs.send(
    new DescribeServicesCommand({ cluster: names.cluster, services: [names.service] }),
  );
  return services?.[0]?.runningCount ?? 0;
}
