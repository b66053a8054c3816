import { assembleCheckpoint, type Checkpoint, checkpointLimits, countEvents, isSignedBy } from './checkpoint.ts';
import { PublicKeys } from './public-keys.ts';
import { type Segment, segmentsRoot } from './segment.ts';
import type { Signer } from './signer.ts';
import { type Expired, genesisRecordHash, isOrigin, type Statement, signedMessage } from './statement.ts';

export interface MakeCheckpointOptions {
  /**
   * The newest checkpoint of the trail.
   *
   * @default - none: this is the first
   */
  readonly previous?: Checkpoint;

  /**
   * `<stage>/<uuid>`, made once.
   *
   * @default - that of the previous checkpoint
   */
  readonly origin?: string;

  /** What it covers, in any order; none for one that only says that the service lives. */
  readonly segments: readonly Segment[];

  readonly signer: Signer;

  readonly now: Date;

  /**
   * The key that signs from the next checkpoint on: this is then the last one that `signer` signs.
   *
   * @default - `signer` signs the next one too
   */
  readonly nextKey?: Pick<Signer, 'keyId' | 'publicKey'>;

  /**
   * Makes it a tombstone.
   *
   * @default - none
   */
  readonly expired?: Expired;
}

/** The checkpoint before names another key than the signer's. */
export class WrongSignerError extends Error {
  readonly expectedKeyId: string;

  constructor(expectedKeyId: string, keyId: string) {
    super(
      `the trail continues with the signing key ${expectedKeyId}, but the given key is ${keyId}: ` +
        'give the old key, and the new one as the next, so that the trail says itself that its key changes',
    );
    this.name = 'WrongSignerError';
    this.expectedKeyId = expectedKeyId;
  }
}

/** The key that must sign after this checkpoint. */
export const nextKeyId = ({ statement }: Checkpoint): string => statement.next_key?.key_id ?? statement.key_id;

/**
 * Makes the next checkpoint of a trail. The caller has checked the chains, and makes one checkpoint at a time.
 *
 * @throws WrongSignerError
 * @throws RangeError when it would cover more than a checkpoint may, a chain twice, or has no valid origin
 */
export async function makeCheckpoint(options: MakeCheckpointOptions): Promise<Checkpoint> {
  const { previous, segments, signer, nextKey, expired } = options;
  const origin = previous?.statement.origin ?? options.origin;
  if (!isOrigin(origin) || (options.origin !== undefined && options.origin !== origin)) {
    throw new RangeError('a trail has one origin, <stage>/<uuid>, from its first checkpoint on');
  }
  if (previous && nextKeyId(previous) !== signer.keyId) throw new WrongSignerError(nextKeyId(previous), signer.keyId);
  const heads = [...segments].sort((a, b) => (a.chain < b.chain ? -1 : 1));
  if (heads.some(({ chain }, index) => chain === heads[index + 1]?.chain)) {
    throw new RangeError('a checkpoint covers a chain once');
  }
  const events = countEvents(heads);
  if (heads.length > checkpointLimits.heads || events > checkpointLimits.events) {
    throw new RangeError(
      `a checkpoint covers at most ${checkpointLimits.heads} chains, ${checkpointLimits.events} events`,
    );
  }
  const statement: Statement = {
    algorithm: signer.algorithm,
    chains: heads.length,
    events,
    ...(expired && { expired }),
    key_id: signer.keyId,
    made_at: later(options.now.toISOString(), previous?.statement.made_at),
    ...(nextKey && { next_key: { key_id: nextKey.keyId, public_key: nextKey.publicKey.toString('base64url') } }),
    number: (previous?.statement.number ?? 0) + 1,
    origin,
    previous: previous?.hash ?? genesisRecordHash(origin),
    root: segmentsRoot(heads),
    total: (previous?.statement.total ?? 0) + events,
    v: 1,
  };
  return signCheckpoint(statement, heads, signer);
}

/** @throws Error when the signer's answer is not a valid signature: no checkpoint is better than one that cannot be verified */
async function signCheckpoint(statement: Statement, heads: readonly Segment[], signer: Signer): Promise<Checkpoint> {
  const checkpoint = assembleCheckpoint(statement, heads, await signer.sign(signedMessage(statement)));
  if (!isSignedBy(checkpoint, new PublicKeys([signer.publicKey]))) {
    throw new Error(`the signer ${signer.keyId} gave something else than its signature`);
  }
  return checkpoint;
}

/** A clock that was set back does not set the trail back. */
const later = (now: string, before: string | undefined): string =>
  before !== undefined && before > now ? before : now;
