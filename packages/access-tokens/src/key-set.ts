import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';

/** A copy of an issuer's key set. */
export interface KeySetCopy {
  readonly jwks: JSONWebKeySet;

  /** Age of the copy, in ms: 0 where it comes from the issuer itself. */
  readonly age: number;
}

/** Fetches the key set again. @throws any error when the set is not available */
export type LoadKeySet = () => Promise<KeySetCopy>;

/** No copy of the key set can be had that is young enough: this says nothing about the token. */
export class KeySetUnavailableError extends Error {
  constructor(cause?: unknown) {
    super('The key set of the issuer is unavailable.', { cause });
    this.name = 'KeySetUnavailableError';
  }
}

export interface KeySetOptions {
  readonly load: LoadKeySet;

  /**
   * Monotonic clock, in ms: a wall clock that is set back would keep a withdrawn key.
   *
   * @default performance.now
   */
  readonly clock?: () => number;
}

/**
 * Times of a key set, in ms. A key that the issuer withdraws is accepted for at most `refreshAfter` longer; a new key is
 * accepted at once, or `cooldown` after the last attempt; an outage of the issuer is survived for `maxAge`.
 */
export const keySetTimes = { refreshAfter: 300_000, cooldown: 30_000, maxAge: 86_400_000 } as const;

type FindKey = (header?: JWSHeaderParameters, token?: FlattenedJWSInput) => Promise<CryptoKey>;

/** The public keys of one issuer: refreshed in the background, and again when a token names a key that is unknown. */
export class KeySet {
  readonly #load: LoadKeySet;
  readonly #clock: () => number;
  #find: FindKey | undefined;
  /** When the issuer had these keys. */
  #validAt = 0;
  #attemptedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;
  #failure: unknown;

  constructor({ load, clock = () => performance.now() }: KeySetOptions) {
    this.#load = load;
    this.#clock = clock;
  }

  /**
   * The key that a token names.
   *
   * @throws KeySetUnavailableError
   * @throws errors.JWKSNoMatchingKey and the like, which are about the token
   */
  readonly find: FindKey = async (header, token) => {
    if (this.#age() > keySetTimes.refreshAfter) {
      const loading = this.#refresh();
      // A copy that is young enough serves while the next one is loaded.
      if (this.#age() > keySetTimes.maxAge) await loading;
    }
    try {
      return await this.#keys()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.#refresh();
      return this.#keys()(header, token);
    }
  };

  #age(): number {
    return this.#find === undefined ? Number.POSITIVE_INFINITY : this.#clock() - this.#validAt;
  }

  #keys(): FindKey {
    if (this.#find === undefined || this.#age() > keySetTimes.maxAge) throw new KeySetUnavailableError(this.#failure);
    return this.#find;
  }

  /**
   * Loads the set, one attempt at a time and at most once in `cooldown`; resolves also when that fails. Without any copy
   * there is no cooldown: the issuer may be back with the next request.
   */
  #refresh(): Promise<void> {
    if (this.#loading) return this.#loading;
    const waits = this.#find !== undefined && this.#clock() - this.#attemptedAt < keySetTimes.cooldown;
    if (waits) return Promise.resolve();
    this.#attemptedAt = this.#clock();
    this.#loading = this.#load()
      .then(({ jwks, age }) => {
        this.#find = createLocalJWKSet(jwks);
        this.#validAt = this.#clock() - Math.max(0, age);
        this.#failure = undefined;
      })
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }
}
