import { type Checkpoint, isSignedBy } from '../format/checkpoint.ts';
import { PublicKeys } from '../format/public-keys.ts';
import { clockSkew } from './clock-skew.ts';
import type { Fault } from './fault.ts';
import type { CheckpointName } from './report.ts';

/** Trust anchors that the verifier obtained out of band. */
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
   * A checkpoint that somebody else could have put where it was found, such as a bucket: it must be there, and be this
   * one, but only a key makes it trusted.
   *
   * @default - none
   */
  readonly expected?: CheckpointName;

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
  /** Checkpoints that must be there and were not met yet. */
  readonly #unmet: Set<CheckpointName>;

  constructor(options: TrustOptions) {
    this.#options = options;
    this.#keys = new PublicKeys(options.keys);
    this.#unmet = new Set([options.trusted, options.expected].filter((name) => name !== undefined));
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
    for (const known of this.#unmet) {
      if (known.number !== number) continue;
      if (known.hash !== checkpoint.hash) {
        return { kind: 'checkpoint', checkpoint: number, message: `is another than the one known as ${known.hash}` };
      }
      this.#unmet.delete(known);
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
    const { maxAge, now, keys } = this.#options;
    for (const { number } of this.#unmet) {
      if (number <= (begin?.number ?? 0)) continue;
      return { kind: 'checkpoint', checkpoint: number, message: 'is missing, though it is known to exist' };
    }
    const untrusted = this.#untrusted;
    if (untrusted) {
      const known = keys.length === 0 ? 'no key was given' : 'which is not one of the given keys';
      const message = `is signed by the key ${untrusted.statement.key_id}: ${known}`;
      return { kind: 'checkpoint', checkpoint: untrusted.statement.number, message };
    }
    if (!this.#newest) return { kind: 'trail', message: 'has no checkpoint: nothing of it is proven' };
    const { number, made_at: madeAt } = this.#newest.statement;
    const age = now.getTime() - Date.parse(madeAt);
    if (age < -clockSkew) {
      return { kind: 'checkpoint', checkpoint: number, message: `is dated ${madeAt}, which is in the future` };
    }
    if (maxAge !== undefined && age > maxAge) {
      const message = `is the newest that is trusted, and was made at ${madeAt}: too long ago`;
      return { kind: 'checkpoint', checkpoint: number, message };
    }
    return undefined;
  }

  /** What a person should know of checkpoints that were named: what was trusted for that, or could not be compared. */
  notes(begin: CheckpointName | undefined): string[] {
    const { keys, trusted } = this.#options;
    const newest = this.#newest;
    const byName = newest && newest.statement.number === trusted?.number && !this.#keys.has(newest.statement.key_id);
    const unsigned = `checkpoint ${trusted?.number} is trusted because --trusted names it: none of the keys given signed it`;
    const before = [...this.#unmet]
      .filter(({ number }) => number < (begin?.number ?? 0))
      .map(({ number }) => `checkpoint ${number}, known from elsewhere, is before the beginning: it was not compared`);
    return byName && keys.length > 0 ? [unsigned, ...before] : before;
  }

  #isNamed({ statement, hash }: Checkpoint): boolean {
    const { trusted } = this.#options;
    return trusted?.number === statement.number && trusted.hash === hash;
  }
}
