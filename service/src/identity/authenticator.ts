import { timingSafeEqual } from 'node:crypto';
import { KeySetUnavailableError, type TokenVerifier } from '@healthcare-ai/access-tokens';
import type { Database } from '../database/database.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { hashToken, keyIdOf } from './api-key.ts';
import { findApiKey, type StoredApiKey } from './api-key-store.ts';
import { isCareTeam, maxCareTeams } from './care-teams.ts';
import { isName, isRole, type Principal } from './roles.ts';

/** Why a request is not authenticated: a code for the audit trail and the metrics. */
export type AuthenticationFault =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'wrong-secret'
  | 'revoked'
  | 'expired'
  | 'invalid-token';

export type Authentication =
  | { readonly principal: Principal; readonly fault?: undefined; readonly claimed?: undefined }
  /** `claimed` is known when the key exists: a revoked key still names its tenant in the trail. */
  | { readonly principal?: undefined; readonly fault: AuthenticationFault; readonly claimed?: Principal };

export interface AuthenticatorOptions {
  readonly database: Database;
  /**
   * Verifies the access tokens of trusted issuers.
   *
   * @default - none: API keys alone
   */
  readonly tokens?: Pick<TokenVerifier, 'verify'>;

  /**
   * How long a key that was looked up is believed, in ms: a revoked key works no longer than this.
   *
   * @default 5 seconds
   */
  readonly cacheAge?: number;
}

interface Cached {
  readonly key: StoredApiKey | undefined;
  readonly until: number;
}

const cacheLimit = 10_000;

/** Proves who a request comes from: an API key or a JWT, as a bearer token. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #cache = new Map<string, Cached>();

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
  }

  /**
   * @param header the Authorization header
   * @throws DatabaseUnavailableError when a key cannot be looked up: that is no proof of a wrong key
   */
  authenticate(header: string | undefined): Authentication | Promise<Authentication> {
    if (header === undefined) return { fault: 'missing' };
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1];
    if (token === undefined) return { fault: 'malformed' };
    const keyId = keyIdOf(token);
    if (keyId === undefined) {
      if (this.#options.tokens) return verified(this.#options.tokens, token);
      return { fault: token.startsWith('hai_') ? 'malformed' : 'invalid-token' };
    }
    const cached = this.#cache.get(keyId);
    // Synchronous when cached: no promise stands between a known client and its note.
    if (cached && cached.until > performance.now()) return check(cached.key, token);
    return this.#lookUp(keyId).then((key) => check(key, token));
  }

  async #lookUp(keyId: string): Promise<StoredApiKey | undefined> {
    const key = await findApiKey(this.#options.database, keyId);
    // A flood of invented ids must not fill the memory.
    if (this.#cache.size >= cacheLimit) this.#cache.clear();
    this.#cache.set(keyId, { key, until: performance.now() + (this.#options.cacheAge ?? 5_000) });
    return key;
  }
}

/** @throws UnavailableError when the issuer's keys cannot be had: that is no proof of a bad token */
async function verified(tokens: Pick<TokenVerifier, 'verify'>, token: string): Promise<Authentication> {
  try {
    const { principal, fault } = await tokens.verify(token);
    if (!principal) return { fault: fault === 'expired' ? 'expired' : 'invalid-token' };
    if (!isName(principal.tenant)) return { fault: 'invalid-token' };
    const careTeams = principal.careTeams.filter(isCareTeam).slice(0, maxCareTeams);
    return { principal: { ...principal, roles: principal.roles.filter(isRole), careTeams } };
  } catch (error) {
    if (error instanceof KeySetUnavailableError) throw new UnavailableError('the key set of the issuer', 'JWKS');
    throw error;
  }
}

function check(key: StoredApiKey | undefined, token: string): Authentication {
  if (!key) return { fault: 'unknown-key' };
  if (!timingSafeEqual(hashToken(token), key.hash)) return { fault: 'wrong-secret' };
  if (key.revokedAt) return { fault: 'revoked', claimed: key.principal };
  if (key.expiresAt && key.expiresAt.getTime() <= Date.now()) return { fault: 'expired', claimed: key.principal };
  return { principal: key.principal };
}
