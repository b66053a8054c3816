import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { timed } from '../output.ts';
import { readableTime, WaitTimeout } from '../wait.ts';
import { bringService } from './bring-service.ts';
import type { Change } from './change.ts';
import { type Step, waysOut } from './change-record.ts';
import { short } from './digest.ts';
import { currentDigest, type ReleaseNote, writeDigest } from './history.ts';
import { runMigration } from './migration.ts';
import type { ImageSchema } from './schema-safety.ts';
import { beginImageUpdate, cancelUpdate, firstFailure, imageStacks, requireUsable, settledStack } from './stack.ts';

export interface ApplyOptions {
  /** What the image says of the database. */
  readonly schema: ImageSchema | undefined;

  /** Whether the image may bring migrations: false on the way back. */
  readonly migrate: boolean;

  /** Whether an update that is under way is stopped rather than waited for. */
  readonly cancel: boolean;
}

interface Course {
  readonly digest: string;
  readonly note: ReleaseNote;
  readonly migrate: boolean;
  readonly step: (step: Step) => Promise<void>;
}

/**
 * Brings the stage to the digest of the change: SSM, tasks stack, migration, service stack, and the service itself.
 * Each step can be done again, so that a change that was broken off is taken up where it stands.
 *
 * @throws OpsFailure when it failed; the stage was then put back to where it was, unless the message says otherwise
 */
export async function applyChange(ops: OpsContext, change: Change, options: ApplyOptions): Promise<void> {
  const context = { ...ops, output: timed(ops.output, ops.clock) };
  const { kind, id, to, from } = change.record;
  const start = context.clock.now();
  context.state(
    `The ${kind} to ${short(to)} is half done.\n` +
      'ECS and CloudFormation go on with what they have begun, circuit breaker and alarms in force.\n' +
      waysOut({ to }, context.stage),
  );
  const note: ReleaseNote = { kind: kind === 'restart' ? 'rollout' : kind, change: id, schema: options.schema };
  try {
    if (options.cancel) for (const name of Object.values(imageStacks(context.names))) await cancelUpdate(context, name);
    await bring(context, change, { digest: to, note, migrate: options.migrate, step: (step) => change.step(step) });
  } catch (error) {
    if (!(error instanceof OpsFailure) || error instanceof WaitTimeout || change.lost) throw error;
    await putBack(context, change, error);
    throw new OpsFailure(`${error.message}\nRolled back: the stage runs ${short(from)} again, and SSM says so.`);
  } finally {
    change.release();
  }
  await change.finish();
  context.state('');
  context.output.progress(`${short(to)} runs, after ${readableTime(context.clock.now() - start)}`);
}

async function bring(context: OpsContext, change: Change, { digest, note, migrate, step }: Course): Promise<void> {
  const stacks = imageStacks(context.names);
  const { output } = context;
  await step('digest');
  if ((await currentDigest(context)) !== digest) await writeDigest(context, digest, note);
  await step('tasks-stack');
  output.progress(`Tasks stack: ${short(digest)}`);
  await bringStack(context, stacks.tasks, digest);
  if (migrate) {
    output.progress(`Migration; what it writes: npm run ops -- logs --stage ${context.stage} --group migrate --follow`);
    await runMigration(context, change);
  }
  await step('service-stack');
  output.progress(`Service stack: ${short(digest)}`);
  await bringService(context, stacks.service, digest);
}

async function bringStack(context: OpsContext, name: string, digest: string): Promise<void> {
  if (!(await beginImageUpdate(context, name, digest))) return;
  const stack = await settledStack(context, name);
  requireUsable(stack);
  if (stack.digest === digest) return;
  const reason = (await firstFailure(context, name)) ?? stack.reason ?? stack.status;
  throw new OpsFailure(`The stack ${name} was not updated: ${reason}`);
}

/** Puts the stage back to the digest that it had. */
async function putBack(context: OpsContext, change: Change, cause: OpsFailure): Promise<void> {
  const { from, to, id } = change.record;
  const open = `The change stays open: \`status\` shows it.`;
  if (from === undefined || from === to) {
    throw new OpsFailure(`${cause.message}\nThere is no other image to go back to. ${open}`);
  }
  context.output.progress(`Failed; going back to ${short(from)}`);
  await change.step('put-back', { failure: cause.message.slice(0, 500) });
  // Without a task no migration began.
  const untouched = change.record.task === undefined;
  const note: ReleaseNote = { kind: 'restore', change: id, schema: undefined, untouched };
  try {
    await bring(context, change, { digest: from, note, migrate: false, step: async () => {} });
  } catch (error) {
    if (!(error instanceof OpsFailure) || error instanceof WaitTimeout) throw error;
    throw new OpsFailure(
      `${cause.message}\nGoing back to ${short(from)} failed as well: ${error.message}\n${open} \`rollback\` tries again.`,
    );
  }
  await change.finish();
  context.state('');
}
