import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint, nextKeyId } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { Queryable } from '../../database/database.ts';
import { newestCheckpoint, tryToLock } from '../seal/checkpoint-store.ts';
import { RetentionError } from './retention-error.ts';

export interface ExpireOptions {
  /** The keys that this process has: the one that the trail asks for signs. */
  readonly signers: readonly Signer[];
  readonly first: number;
  readonly through: number;
  readonly givenUpSinks: readonly string[];
}

export interface Expiry {
  readonly tombstone: Checkpoint;
  readonly events: number;
}

/** Checkpoints that go by one statement: each covers 100,000 events at most, and a statement has ten seconds. */
const batch = 4;

/**
 * Removes checkpoints `first` to `through` and their events, and leaves a signed tombstone. All of it is done when the
 * transaction of the caller is committed, and nothing before. The service keeps writing meanwhile; it seals nothing.
 *
 * @throws RetentionError
 */
export async function expire(transaction: Queryable, options: ExpireOptions): Promise<Expiry> {
  const { first, through, givenUpSinks } = options;
  if (!(await tryToLock(transaction))) {
    throw new RetentionError('busy', 'another process is creating a checkpoint: retry');
  }
  const tombstone = await makeTombstone(transaction, options);
  await transaction.query({
    text: 'SELECT begin_audit_expiry($1, $2::text[])',
    values: [tombstone.record, givenUpSinks],
  });
  let events = 0;
  for (let left = through - first + 1; left > 0; left -= batch) {
    const { rows } = await transaction.query<{ events: string }>({
      name: 'expire-checkpoints',
      text: 'SELECT sum(expire_oldest_checkpoint()) AS events FROM generate_series(1, $1)',
      values: [Math.min(batch, left)],
    });
    events += Number(rows[0]!.events);
  }
  return { tombstone, events };
}

async function makeTombstone(
  transaction: Queryable,
  { signers, through }: Pick<ExpireOptions, 'signers' | 'through'>,
): Promise<Checkpoint> {
  const previous = await newestCheckpoint(transaction, undefined);
  const { rows } = await transaction.query<{ record: string }>({
    text: 'SELECT record FROM audit_checkpoints WHERE number = $1',
    values: [through],
  });
  if (!previous || !rows[0]) throw new RetentionError('unknown-checkpoint', `checkpoint ${through} does not exist`);
  const signer = signers.find(({ keyId }) => keyId === nextKeyId(previous));
  if (!signer) {
    throw new RetentionError(
      'no-key',
      `the trail is signed with the key ${nextKeyId(previous)}: set AUDIT_SIGNING_KEY to it`,
    );
  }
  const cut = parseCheckpoint(rows[0].record);
  const expired = { events: cut.statement.total, hash: cut.hash, through };
  return makeCheckpoint({ previous, segments: [], signer, now: new Date(), expired });
}
