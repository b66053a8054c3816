import type { OpsContext } from '../context.ts';
import { OpsFailure } from '../errors.ts';
import { timed } from '../output.ts';
import { readableTime, WaitTimeout } from '../wait.ts';
import type { Change } from './change.ts';
import { waysOut } from './change-record.ts';
import { short } from './digest.ts';
import { applyImage, putBack } from './engine.ts';
import type { ReleaseNote } from './history.ts';
import type { ImageSchema } from './schema-safety.ts';
import { cancelUpdate, imageStacks } from './stack.ts';

export interface ApplyOptions {
  /** Schema annotations of the image. */
  readonly schema: ImageSchema | undefined;

  /** Whether the image may migrate the database: false for a rollback. */
  readonly migrate: boolean;

  /** Whether to cancel an update in progress instead of waiting for it. */
  readonly cancel: boolean;
}

/**
 * Brings the stage to the digest of the change: SSM, tasks stack, migration, service stack, and the service itself.
 *
 * @throws OpsFailure when it failed; the stage was then put back to where it was, unless the message says otherwise
 */
export async function applyChange(ops: OpsContext, change: Change, options: ApplyOptions): Promise<void> {
  const context = { ...ops, output: timed(ops.output, ops.clock) };
  const { kind, id, to } = change.record;
  const start = context.clock.now();
  context.state(
    `The ${kind} to ${short(to)} is incomplete.\n` +
      'ECS and CloudFormation continue, guarded by circuit breaker and alarms.\n' +
      waysOut({ to }, context.stage),
  );
  const note: ReleaseNote = { kind: kind === 'restart' ? 'rollout' : kind, change: id, schema: options.schema };
  try {
    if (options.cancel) for (const name of Object.values(imageStacks(context.names))) await cancelUpdate(context, name);
    await applyImage(context, change, { digest: to, note, migrate: options.migrate });
  } catch (error) {
    if (!(error instanceof OpsFailure) || error instanceof WaitTimeout || change.lost) throw error;
    throw await putBack(context, change, error);
  } finally {
    change.release();
  }
  await change.finish();
  context.state('');
  context.output.progress(`${short(to)} runs, after ${readableTime(context.clock.now() - start)}`);
}
