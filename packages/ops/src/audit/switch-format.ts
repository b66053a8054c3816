import { contract } from '@healthcare-ai/contract';
import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { runAnsweringTask } from '../rollout/answering-task.ts';
import { readChange } from '../rollout/change-record.ts';
import { short } from '../rollout/digest.ts';
import { currentDigest, writeDigest } from '../rollout/history.ts';
import { findImage } from '../rollout/image.ts';
import { oneOffPlace } from '../rollout/migration.ts';
import type { ImageSchema } from '../rollout/schema-safety.ts';
import { ServiceWatcher } from '../rollout/service-view.ts';
import { tasksOf } from '../status/gather.ts';

const form = 'audit-2';
const answer = /^(switched to audit format 2|audit format 2 was in use before)$/;

/**
 * Switches a stage to audit format 2: events in schema 2, and published segments. An older release can read neither, so no
 * task of one may run, and from then on `rollback` and `rollout` refuse its images.
 *
 * @throws OpsFailure when a task or a deployment of an older release runs, or the image changes
 */
export async function switchFormat(context: OpsContext): Promise<void> {
  const { stage, region, output } = context;
  const digest = await currentDigest(context);
  if (digest === undefined) throw new OpsFailure(`Stage ${stage} has no image yet. \`npm run deploy\` makes it.`);
  if (await readChange(context)) {
    throw new OpsFailure('The image of the stage is being changed. Finish or roll back the change first.');
  }
  const { schema } = await findImage(context, digest);
  const tasks = await requireAllRead(context, digest, schema);
  const place = await oneOffPlace(context);
  output.progress(`${stage} in ${region}: audit format 2, which ${short(digest)} reads; ${tasks} tasks of it run`);
  await context.confirm(
    `Switch ${stage} to audit format 2? Releases that cannot read it can no longer be rolled back to.`,
  );

  // Before the switch itself: an image that cannot read the form must be refused from the first record on.
  const change = `switch-${context.clock.now()}`;
  const oldestService = contract.database.storedForms[form];
  await writeDigest(context, digest, { kind: 'switch', change, schema: { version: schema!.version, oldestService } });
  context.state('Older images are refused from now on. The same command repeats the switch; it does no harm twice.');
  const command = [...contract.container.switchForm];
  const lines = await runAnsweringTask(context, { ...place, command, startedBy: `ops-switch-${stage}` }, (found) =>
    found.some((line) => answer.test(line)),
  );
  const said =
    lines.find((line) => answer.test(line)) ?? 'done; the answer of the task did not reach CloudWatch Logs in time';
  output.result({ stage, form, answer: said }, `${said}. The running tasks write it within a minute.`);
}

/** @returns how many tasks of the service run */
async function requireAllRead(context: OpsContext, digest: string, current: ImageSchema | undefined): Promise<number> {
  requireReads(`The image of the stage, ${short(digest)}, `, current);
  const watcher = new ServiceWatcher(context);
  const view = await watcher.view();
  if (view?.deployments.length !== 1 || view.deployments[0]!.state !== 'COMPLETED') {
    throw new OpsFailure('A deployment of the service is in progress. Wait until it has finished: `status` shows it.');
  }
  const tasks = await tasksOf(context, watcher);
  for (const task of tasks) {
    const image = task.digest === undefined ? undefined : await findImage(context, task.digest);
    requireReads(`Task ${task.id} runs ${short(task.digest)}, which `, image?.schema);
  }
  return tasks.length;
}

function requireReads(who: string, schema: ImageSchema | undefined): void {
  const needed = contract.database.storedForms[form];
  if (schema !== undefined && schema.version >= needed) return;
  const knows = schema === undefined ? 'does not say which schema it knows' : `knows schema ${schema.version}`;
  throw new OpsFailure(
    `${who}${knows}; audit format 2 is read from schema ${needed} on. Roll out a release that reads it first.`,
  );
}
