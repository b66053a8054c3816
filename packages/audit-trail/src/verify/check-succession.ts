import type { Checkpoint } from '../format/checkpoint.ts';
import { nextKeyId } from '../format/make-checkpoint.ts';
import type { Fault } from './fault.ts';

/**
 * Whether a checkpoint continues the one before it: the same trail, its hash, its key or the one that it named, its
 * time, its count.
 *
 * @param origin the trail that it must be; undefined for any
 */
export function checkSuccession(
  before: Checkpoint | undefined,
  { statement }: Checkpoint,
  origin: string | undefined,
): Fault | undefined {
  const bad = (message: string): Fault => ({ kind: 'checkpoint', checkpoint: statement.number, message });
  if (origin !== undefined && statement.origin !== origin) return bad(`is of the trail ${statement.origin}`);
  if (!before) return undefined;
  const earlier = before.statement;
  if (statement.origin !== earlier.origin) return bad('is of another trail');
  if (statement.previous !== before.hash) return bad('does not follow the checkpoint before it');
  if (statement.key_id !== nextKeyId(before)) {
    return bad(`is signed by the key ${statement.key_id}, but the trail continues with ${nextKeyId(before)}`);
  }
  if (statement.made_at < earlier.made_at) return bad('was made before the checkpoint before it');
  if (statement.total !== earlier.total + statement.events) return bad('does not count the events so far');
  return undefined;
}
