import { createLocalJWKSet, createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

export interface RemoteKeySetOptions {
  readonly url: URL;

  /**
   * How old a key set may be before it is fetched again, in ms: a key that the issuer withdrew is believed this long.
   *
   * @default 10 minutes
   */
  readonly maxAge?: number;

  /**
   * How long the last key set is used while the issuer cannot be reached, in ms.
   *
   * @default 1 hour
   */
  readonly staleFor?: number;

  /**
   * Shortest time between two attempts to fetch, in ms: a token with an unknown key within it is refused.
   *
   * @default 30 seconds
   */
  readonly cooldown?: number;

  /** @default performance.now */
  readonly clock?: () => number;
}

/**
 * The keys of an issuer, fetched when first needed, when they are old, and for a key that is not among them. While the
 * issuer cannot be reached its last key set is used for a bounded time, and requests do not wait for it.
 */
export function remoteKeySet(options: RemoteKeySetOptions): JWTVerifyGetKey {
  const { url, maxAge = 600_000, staleFor = 3_600_000, cooldown = 30_000, clock = () => performance.now() } = options;
  const remote = createRemoteJWKSet(url, { timeoutDuration: 5_000 });
  let known: { readonly find: JWTVerifyGetKey; readonly fetchedAt: number } | undefined;
  let attemptedAt = Number.NEGATIVE_INFINITY;
  let fetching: Promise<void> | undefined;

  const fetchKeys = (): Promise<void> => {
    attemptedAt = clock();
    fetching ??= remote
      .reload()
      .then(() => {
        known = { find: createLocalJWKSet(remote.jwks()!), fetchedAt: clock() };
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  const hasCooledDown = () => clock() - attemptedAt >= cooldown;

  return async (header, token) => {
    if (known && clock() - known.fetchedAt >= maxAge + staleFor) known = undefined;
    // Without any keys no token can be judged, so every request tries; they share one attempt.
    if (!known) await fetchKeys();
    else if (clock() - known.fetchedAt >= maxAge && hasCooledDown()) void fetchKeys().catch(() => {});
    try {
      return await known!.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !hasCooledDown()) throw error;
      await fetchKeys();
      return known!.find(header, token);
    }
  };
}
