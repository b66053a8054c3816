import { type Checkpoint, isSignedBy } from './checkpoint.ts';
import type { Fault } from './fault.ts';
import { PublicKeys } from './public-keys.ts';
import type { CheckpointName } from './report.ts';

/** What the one who verifies knows from elsewhere. */
export interface TrustOptions {
  /** SPKI DER of the public keys. */
  readonly keys: readonly Buffer[];

  /**
   * A checkpoint known from an earlier verification, CloudWatch or S3: it must be there, and be this one.
   *
   * @default - none: that a trail was cut back to an older checkpoint shows by its age alone
   */
  readonly trusted?: CheckpointName;

  /**
   * The trail that it must be.
   *
   * @default - any that the keys signed
   */
  readonly origin?: string;

  /**
   * How old the newest trusted checkpoint may be, and an event that no checkpoint covers, in ms.
   *
   * @default - any age
   */
  readonly maxAge?: number;

  readonly now: Date;
}

/** How far ahead of the verifier's clock a checkpoint may have been made, in ms. */
const clockSkew = 5 * 60_000;

/**
 * Which checkpoints are trusted: the newest that a known key signed, or that is known from elsewhere, and through the
 * hashes all that come before it.
 */
export class Trust {
  readonly #options: TrustOptions;
  readonly #keys: PublicKeys;
  #newest: Checkpoint | undefined;
  /** The first checkpoint after the newest trusted one. */
  #untrusted: Checkpoint | undefined;
  #metTrusted = false;

  constructor(options: TrustOptions) {
    this.#options = options;
    this.#keys = new PublicKeys(options.keys);
  }

  get newest(): Checkpoint | undefined {
    return this.#newest;
  }

  /** @returns whether a known key signed it; a fault when it names a known key that did not */
  check(checkpoint: Checkpoint): boolean | Fault {
    const { key_id: keyId, number } = checkpoint.statement;
    if (!this.#keys.has(keyId)) return this.#isNamed(checkpoint);
    if (isSignedBy(checkpoint, this.#keys)) return true;
    return { kind: 'checkpoint', checkpoint: number, message: `is not signed by the key that it names, ${keyId}` };
  }

  /** A checkpoint was found to follow the one before it, and to be what its events are. */
  accept(checkpoint: Checkpoint, verified: boolean): Fault | undefined {
    const { number, next_key: nextKey } = checkpoint.statement;
    const { trusted } = this.#options;
    if (trusted?.number === number) {
      if (trusted.hash !== checkpoint.hash) {
        return { kind: 'checkpoint', checkpoint: number, message: `is another than the one known as ${trusted.hash}` };
      }
      this.#metTrusted = true;
    }
    if (!verified) {
      this.#untrusted ??= checkpoint;
      return undefined;
    }
    this.#newest = checkpoint;
    this.#untrusted = undefined;
    if (nextKey) this.#keys.add(Buffer.from(nextKey.public_key, 'base64url'));
    return undefined;
  }

  /** What is wrong with the trail as a whole, once it was read to its end. */
  judge(begin: CheckpointName | undefined): Fault | undefined {
    const { trusted, maxAge, now, keys } = this.#options;
    if (trusted && !this.#metTrusted && trusted.number > (begin?.number ?? 0)) {
      return { kind: 'checkpoint', checkpoint: trusted.number, message: 'is missing, though it is known to exist' };
    }
    const untrusted = this.#untrusted;
    if (untrusted) {
      const known = keys.length === 0 ? 'no key is given' : 'which is none of those given';
      const message = `is signed by the key ${untrusted.statement.key_id}: ${known}`;
      return { kind: 'checkpoint', checkpoint: untrusted.statement.number, message };
    }
    if (!this.#newest) return { kind: 'trail', message: 'has no checkpoint: nothing of it is proven' };
    const { number, made_at: madeAt } = this.#newest.statement;
    const age = now.getTime() - Date.parse(madeAt);
    if (age < -clockSkew) {
      return { kind: 'checkpoint', checkpoint: number, message: `was made at ${madeAt}, which is yet to come` };
    }
    if (maxAge !== undefined && age > maxAge) {
      const message = `is the newest that is trusted, and was made at ${madeAt}: too long ago`;
      return { kind: 'checkpoint', checkpoint: number, message };
    }
    return undefined;
  }

  #isNamed({ statement, hash }: Checkpoint): boolean {
    const { trusted } = this.#options;
    return trusted?.number === statement.number && trusted.hash === hash;
  }
}
