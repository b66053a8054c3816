import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { WaitTimeout } from '../wait.ts';
import type { Change } from './change.ts';
import { deployServiceImage } from './deploy-service-image.ts';
import { short } from './digest.ts';
import { currentDigest, type ReleaseNote, writeDigest } from './history.ts';
import { findImage } from './image.ts';
import { runMigration } from './migration.ts';
import { beginImageUpdate, imageStacks, lastUpdateFailure, requireUsable, settledStack } from './stack.ts';

/**
 * How deploy, rollout and rollback bring an image to a stage: SSM names it, the tasks stack takes it, its migration
 * runs, the service stack takes it. Each step can be repeated, so an interrupted change can be resumed.
 */
export interface Course {
  readonly digest: string;
  readonly note: ReleaseNote;

  /** Whether the image may migrate the database: never on the way back. */
  readonly migrate: boolean;
}

/** Brings the stacks of the stage to an image by an update with their present templates. */
export async function applyImage(context: OpsContext, change: Change, course: Course): Promise<void> {
  const { digest, migrate, note } = course;
  const stacks = imageStacks(context.names);
  const { output } = context;
  // On the way back the record keeps the step "put-back".
  const step: Change['step'] = async (...args) => {
    if (change.record.step !== 'put-back') await change.step(...args);
  };
  await step('digest');
  if ((await currentDigest(context)) !== digest) await writeDigest(context, digest, note);
  await step('tasks-stack');
  output.progress(`Tasks stack: ${short(digest)}`);
  await updateStack(context, stacks.tasks, digest);
  if (migrate) {
    output.progress(`Migration; its log: npm run ops -- logs --stage ${context.stage} --group migrate --follow`);
    await runMigration(context, { change, id: change.record.id, startedBy: 'ops' });
  }
  await step('service-stack');
  output.progress(`Service stack: ${short(digest)}`);
  await deployServiceImage(context, stacks.service, digest);
}

async function updateStack(context: OpsContext, name: string, digest: string): Promise<void> {
  if (!(await beginImageUpdate(context, name, digest))) return;
  const stack = await settledStack(context, name);
  requireUsable(stack);
  if (stack.digest === digest) return;
  const reason = (await lastUpdateFailure(context, name)) ?? stack.reason ?? stack.status;
  throw new OpsFailure(`The stack ${name} was not updated: ${reason}`);
}

/**
 * Puts a failed change back: SSM names the image again that ran before, and both stacks and the service run it. Where
 * none ran before, the name stays and is marked as failed, so that no rollback goes to it.
 *
 * @returns the failure to report, with the state of the stage
 */
export async function putBack(context: OpsContext, change: Change, cause: OpsFailure): Promise<OpsFailure> {
  const { from, to, id, task } = change.record;
  await change.step('put-back', { failure: cause.message.slice(0, 500) });
  if (from === undefined || from === to) {
    const { schema } = await findImage(context, to).catch(() => ({ schema: undefined }));
    if (from === undefined) await writeDigest(context, to, { kind: 'failed', change: id, schema });
    await change.finish();
    context.state('');
    return new OpsFailure(`${cause.message}\nThere is no other image to go back to.`);
  }
  context.output.progress(`Failed; going back to ${short(from)}`);
  // Without a task no migration began.
  const note: ReleaseNote = { kind: 'restore', change: id, schema: undefined, untouched: task === undefined };
  try {
    await applyImage(context, change, { digest: from, note, migrate: false });
  } catch (error) {
    if (!(error instanceof OpsFailure) || error instanceof WaitTimeout) throw error;
    return new OpsFailure(
      `${cause.message}\nGoing back to ${short(from)} failed, too: ${error.message}\nThe change stays open: \`status\` shows it. \`rollback\` tries again.`,
    );
  }
  await change.finish();
  context.state('');
  return new OpsFailure(`${cause.message}\nRolled back: the stage runs ${short(from)} again, and SSM names it.`);
}
