import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { Queryable } from '../../database/database.ts';
import type { Sealer, SealOutcome } from '../seal/sealer.ts';

/** The signing key could not be changed; the message says what to do. */
export class RotationError extends Error {
  /** Whether it may go well at once when it is tried again. */
  readonly again: boolean;

  constructor(message: string, again = false) {
    super(message);
    this.name = 'RotationError';
    this.again = again;
  }
}

/**
 * Makes the last checkpoint under the current key, which names the next one: a verifier that trusts the old key can trust the
 * new one. From then on no checkpoint under the old key is taken.
 *
 * The next key signs at once, too: a holder of this key alone can only continue from a checkpoint of their own.
 *
 * @param nextSealer has both keys
 * @throws RotationError
 */
export async function rotateSigningKey(
  transaction: Queryable,
  sealer: Pick<Sealer, 'sealIn'>,
  nextSealer: Pick<Sealer, 'sealIn'>,
  next: Pick<Signer, 'keyId' | 'publicKey'>,
): Promise<Checkpoint> {
  const outcome: SealOutcome = await sealer.sealIn(transaction, { dueAfter: 0, nextKey: next });
  switch (outcome.kind) {
    case 'made': {
      const now = Number.NEGATIVE_INFINITY;
      const first = await nextSealer.sealIn(transaction, { dueAfter: now, emptyAfter: now });
      if (first.kind !== 'made') throw new RotationError('the next key could not sign: retry', true);
      return outcome.checkpoint;
    }
    case 'refused':
      throw new RotationError(
        outcome.keyId === next.keyId
          ? 'the next key already signs the trail: move it from AUDIT_SIGNING_KEY_NEXT to AUDIT_SIGNING_KEY'
          : `the trail is signed with the key ${outcome.keyId}: set AUDIT_SIGNING_KEY to it`,
      );
    default:
      throw new RotationError('another process is creating a checkpoint: retry', true);
  }
}
