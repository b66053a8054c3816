import { setTimeout as sleep } from 'node:timers/promises';
import { type Checkpoint, parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint, nextKeyId } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { Queryable } from '../../database/database.ts';
import { lockNotAvailable, sqlState } from '../../database/errors.ts';
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

/**
 * Checkpoints that go by one statement: each covers 100,000 events at most, and a statement has ten seconds. Where they go
 * with their partition, their events are only counted.
 */
const batchByRow = 4;
const batchOfPartition = 32;

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
  const chosen = await transaction.query<{ before: Date | null }>({
    text: 'SELECT choose_expired_partitions() AS before',
  });
  const batch = chosen.rows[0]!.before === null ? batchByRow : batchOfPartition;
  let events = 0;
  for (let left = through - first + 1; left > 0; left -= batch) {
    const { rows } = await transaction.query<{ events: string }>({
      name: 'expire-checkpoints',
      text: 'SELECT sum(expire_oldest_checkpoint()) AS events FROM generate_series(1, $1)',
      values: [Math.min(batch, left)],
    });
    events += Number(rows[0]!.events);
  }
  await dropPartitions(transaction);
  return { tombstone, events };
}

/** How long the drop of partitions waits for readers and writers of the trail, in ms: as long, others wait behind it. */
const lockTimeout = 500;
const lockAttempts = 20;
const lockPause = 1_000;

/**
 * Drops the partitions that the tombstone covers whole. Last in the transaction, because nobody reads or writes the
 * trail between this and the commit.
 *
 * @throws RetentionError where the lock is not free within half a minute
 */
async function dropPartitions(transaction: Queryable): Promise<void> {
  await transaction.execute(`SET LOCAL lock_timeout = ${lockTimeout}`);
  for (let attempt = 1; ; attempt++) {
    await transaction.execute('SAVEPOINT drop_partitions');
    try {
      await transaction.query({ text: 'SELECT drop_expired_partitions()' });
      return;
    } catch (error) {
      if (sqlState(error) !== lockNotAvailable) throw error;
      if (attempt === lockAttempts) {
        throw new RetentionError(
          'busy',
          'another process reads the trail, such as audit verify: retry when it has ended',
        );
      }
      await transaction.execute('ROLLBACK TO SAVEPOINT drop_partitions');
      await sleep(lockPause);
    }
  }
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
