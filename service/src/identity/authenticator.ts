import { timingSafeEqual } from 'node:crypto';
import { KeySetUnavailableError, type TokenVerifier } from '@healthcare-ai/access-tokens';
import { hashToken, keyIdOf } from '@healthcare-ai/contract/api-key';
import type { Database } from '../database/database.ts';
import { UnavailableError } from '../unavailable-error.ts';
import { findApiKey, type StoredApiKey } from './api-key-store.ts';
import { isCareTeam, maxCareTeams } from './care-teams.ts';
import { LookUpBudget } from './look-up-budget.ts';
import { isName, isRole, type Principal } from './roles.ts';
import type { Session } from './sessions.ts';

/** Why a request is not authenticated: a code for the audit trail and the metrics. */
export type AuthenticationFault =
  | 'missing'
  | 'malformed'
  | 'unknown-key'
  | 'wrong-secret'
  | 'revoked'
  | 'expired'
  | 'invalid-token'
  | 'unknown-session'
  /** The session was not used for too long. */
  | 'idle'
  /** The address failed too often, and the budget for looking further keys up was spent. */
  | 'not-checked';

/** What proved a principal: an API key, or a token of an issuer. */
export interface Credential {
  readonly keyId?: string;
  readonly issuer?: string;
  readonly expiresAt?: Date;
}

export type Authentication =
  | {
      readonly principal: Principal;
      /** Undefined where a session proved it. */
      readonly credential?: Credential;
      readonly session?: Session;
      readonly fault?: undefined;
      readonly claimed?: undefined;
    }
  /**
   * `claimed` is known when the key exists: a revoked key still names its tenant and principal in the trail. A wrong
   * secret proves nothing about the principal.
   */
  | {
      readonly principal?: undefined;
      readonly credential?: undefined;
      readonly session?: undefined;
      readonly fault: AuthenticationFault;
      readonly claimed?: { readonly tenant: string; readonly name?: string };
    };

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

  /**
   * Ids that were looked up in vain within a minute, after which every further unknown id takes from the budget.
   *
   * @default 600
   */
  readonly unknownPerMinute?: number;

  /** @default - a budget with its defaults */
  readonly budget?: LookUpBudget;
}

interface Cached<Key> {
  readonly key: Key;
  readonly until: number;
}

/** Most keys that are remembered, and most ids that are remembered to be unknown. */
const mostKnown = 10_000;
const mostUnknown = 1_000;

/** Proves who a request comes from: an API key or a JWT, as a bearer token. */
export class Authenticator {
  readonly #options: AuthenticatorOptions;
  readonly #budget: LookUpBudget;
  /** Apart from the unknown ids, so that a flood of invented ids does not displace the keys of clients. */
  readonly #known = new Map<string, Cached<StoredApiKey>>();
  readonly #unknown = new Map<string, Cached<undefined>>();
  readonly #pending = new Map<string, Promise<StoredApiKey | undefined>>();
  /** The header that was verified last: most requests come from one client, and to compare costs a fifth of a hash. */
  #verified: { readonly header: Buffer; readonly cached: Cached<StoredApiKey> } | undefined;
  #minute = { ends: 0, unknown: 0 };

  constructor(options: AuthenticatorOptions) {
    this.#options = options;
    this.#budget = options.budget ?? new LookUpBudget();
  }

  /**
   * @param header the Authorization header
   * @param doubtful whether the address of the client has failed too often: a key that is not known yet is then looked
   *   up from a small budget only
   * @throws DatabaseUnavailableError when a key cannot be looked up: that is no proof of a wrong key
   */
  authenticate(header: string | undefined, doubtful: () => boolean): Authentication | Promise<Authentication> {
    if (header === undefined) return { fault: 'missing' };
    const now = performance.now();
    const verified = this.#verified;
    if (verified && verified.cached.until > now && isSame(header, verified.header))
      return standingOf(verified.cached.key);
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1];
    if (token === undefined) return { fault: 'malformed' };
    const keyId = keyIdOf(token);
    if (keyId === undefined) {
      if (this.#options.tokens) return verifyToken(this.#options.tokens, token);
      return { fault: token.startsWith('hai_') ? 'malformed' : 'invalid-token' };
    }
    const known = this.#known.get(keyId);
    // Synchronous when cached: no promise stands between a known client and its note.
    if (known && known.until > now) {
      const result = check(known.key, token);
      if (result.principal) this.#verified = { header: Buffer.from(header, 'latin1'), cached: known };
      return result;
    }
    if (known) return this.#lookUp(keyId).then((key) => check(key, token));
    const unknown = this.#unknown.get(keyId);
    if (unknown && unknown.until > now) return { fault: 'unknown-key' };
    if (!this.#isFlooded(now) && !doubtful()) return this.#lookUp(keyId).then((key) => check(key, token));
    return this.#budget
      .take()
      .then((granted) => (granted ? this.#lookUp(keyId).then((key) => check(key, token)) : { fault: 'not-checked' }));
  }

  #isFlooded(now: number): boolean {
    if (this.#minute.ends <= now) this.#minute = { ends: now + 60_000, unknown: 0 };
    return this.#minute.unknown >= (this.#options.unknownPerMinute ?? 600);
  }

  /** One look-up at a time for an id, however many requests wait for it. */
  #lookUp(keyId: string): Promise<StoredApiKey | undefined> {
    let pending = this.#pending.get(keyId);
    if (!pending) {
      pending = findApiKey(this.#options.database, keyId)
        .then((key) => this.#remember(keyId, key))
        .finally(() => this.#pending.delete(keyId));
      this.#pending.set(keyId, pending);
    }
    return pending;
  }

  #remember(keyId: string, key: StoredApiKey | undefined): StoredApiKey | undefined {
    const until = performance.now() + (this.#options.cacheAge ?? 5_000);
    this.#known.delete(keyId);
    if (key) {
      keep(this.#known, keyId, { key, until }, mostKnown);
    } else {
      this.#minute.unknown += 1;
      keep(this.#unknown, keyId, { key, until }, mostUnknown);
    }
    return key;
  }
}

/** Keeps the newest entries: the oldest one goes. */
function keep<Value>(map: Map<string, Value>, name: string, value: Value, most: number): void {
  map.delete(name);
  if (map.size >= most) map.delete(map.keys().next().value!);
  map.set(name, value);
}

/** @throws UnavailableError when the issuer's keys cannot be had: that is no proof of a bad token */
async function verifyToken(tokens: Pick<TokenVerifier, 'verify'>, token: string): Promise<Authentication> {
  try {
    const verified = await tokens.verify(token);
    const { principal, fault } = verified;
    if (!principal) return { fault: fault === 'expired' ? 'expired' : 'invalid-token' };
    if (!isName(principal.tenant)) return { fault: 'invalid-token' };
    const careTeams = principal.careTeams.filter(isCareTeam).slice(0, maxCareTeams);
    return { principal: { ...principal, roles: principal.roles.filter(isRole), careTeams }, credential: verified };
  } catch (error) {
    if (error instanceof KeySetUnavailableError) throw new UnavailableError('the key set of the issuer', 'JWKS');
    throw error;
  }
}

function check(key: StoredApiKey | undefined, token: string): Authentication {
  if (!key) return { fault: 'unknown-key' };
  if (!timingSafeEqual(hashToken(token), key.hash))
    return { fault: 'wrong-secret', claimed: { tenant: key.principal.tenant } };
  return standingOf(key);
}

/** Compares in constant time. Node reads a header as Latin-1. */
const isSame = (header: string, known: Buffer): boolean =>
  header.length === known.length && timingSafeEqual(Buffer.from(header, 'latin1'), known);

/** What a key whose secret is right is good for now. */
function standingOf(key: StoredApiKey): Authentication {
  if (key.revokedAt) return { fault: 'revoked', claimed: key.principal };
  if (key.expiresAt && key.expiresAt.getTime() <= Date.now()) return { fault: 'expired', claimed: key.principal };
  return { principal: key.principal, credential: key };
}
