import { compactVerify, errors } from 'jose';
import { checkClaims, checkHeader, decode, principalOf, type TokenFault } from './checks.ts';
import type { TokenPrincipal } from './claims.ts';
import type { IssuerSettings } from './issuer-settings.ts';
import { KeySet, KeySetUnavailableError, type LoadKeySet } from './key-set.ts';

export type Verification =
  | {
      readonly principal: TokenPrincipal;
      readonly issuer: string;
      /** `exp` of the token. */
      readonly expiresAt: Date;
      readonly fault?: undefined;
    }
  | { readonly principal?: undefined; readonly fault: TokenFault };

export interface TokenVerifierOptions {
  readonly issuers: readonly IssuerSettings[];

  /** The roles of the product; a token grants no other. */
  readonly roles: readonly string[];

  /** How the key set of an issuer is had. */
  readonly loaderOf: (issuer: IssuerSettings) => LoadKeySet;

  /**
   * Wall clock, in ms, for the times in tokens.
   *
   * @default Date.now
   */
  readonly now?: () => number;

  /**
   * Monotonic clock, in ms, for the age of key sets.
   *
   * @default performance.now
   */
  readonly clock?: () => number;
}

/** What can be said of a token without refusing or accepting it. Holds no part of the token but what its issuer named. */
export interface Explanation {
  /** The issuer that the token names, if it is configured. */
  readonly issuer?: IssuerSettings;
  /** Every reason for which the token would be refused; empty for one that is accepted. */
  readonly faults: readonly TokenFault[];
  /** Whether the signature was verified: `unavailable` when the key set cannot be had. */
  readonly signature: 'valid' | 'invalid' | 'unavailable' | 'not-checked';
  /** Names of the claims, without their values; empty for what is no JWT. */
  readonly claims: readonly string[];
  /** Who the token would be, if nothing but its signature, time or client were wrong. */
  readonly principal?: TokenPrincipal;
}

/** Verifies access tokens of several issuers: each by the keys of the issuer that it names, and by no other. */
export class TokenVerifier {
  readonly #issuers: ReadonlyMap<string, { readonly settings: IssuerSettings; readonly keys: KeySet }>;
  readonly #roles: readonly string[];
  readonly #now: () => number;

  constructor({ issuers, roles, loaderOf, now = Date.now, clock }: TokenVerifierOptions) {
    this.#issuers = new Map(
      issuers.map((settings) => [settings.issuer, { settings, keys: new KeySet({ load: loaderOf(settings), clock }) }]),
    );
    this.#roles = roles;
    this.#now = now;
  }

  /** @throws KeySetUnavailableError when the keys of the issuer cannot be had: that is no proof of a bad token */
  async verify(token: string): Promise<Verification> {
    const decoded = decode(token);
    if (!decoded) return { fault: 'not-a-jwt' };
    const { header, claims } = decoded;
    const known = typeof claims.iss === 'string' ? this.#issuers.get(claims.iss) : undefined;
    if (!known) return { fault: 'unknown-issuer' };
    const [inHeader] = checkHeader(header, known.settings);
    if (inHeader) return { fault: inHeader };
    if (!(await this.#isSigned(token, known))) return { fault: 'signature' };
    const [inClaims] = checkClaims(claims, known.settings, this.#roles, this.#seconds());
    if (inClaims) return { fault: inClaims };
    return {
      principal: principalOf(claims, known.settings, this.#roles),
      issuer: known.settings.issuer,
      expiresAt: new Date((claims.exp as number) * 1000),
    };
  }

  /** All that is wrong with a token, for the person who configures the issuer. */
  async explain(token: string): Promise<Explanation> {
    const decoded = decode(token);
    if (!decoded) return { faults: ['not-a-jwt'], signature: 'not-checked', claims: [] };
    const { header, claims } = decoded;
    const known = typeof claims.iss === 'string' ? this.#issuers.get(claims.iss) : undefined;
    const names = Object.keys(claims).sort();
    if (!known) return { faults: ['unknown-issuer'], signature: 'not-checked', claims: names };
    const { settings } = known;
    const inHeader = checkHeader(header, settings);
    const signature = inHeader.includes('algorithm') ? 'not-checked' : await this.#signatureOf(token, known);
    const inClaims = checkClaims(claims, settings, this.#roles, this.#seconds());
    const nameless = inClaims.some((fault) => fault === 'principal' || fault === 'tenant' || fault === 'roles');
    return {
      issuer: settings,
      faults: [...inHeader, ...(signature === 'invalid' ? (['signature'] as const) : []), ...inClaims],
      signature,
      claims: names,
      principal: nameless ? undefined : principalOf(claims, settings, this.#roles),
    };
  }

  #seconds(): number {
    return Math.floor(this.#now() / 1000);
  }

  async #signatureOf(token: string, known: { settings: IssuerSettings; keys: KeySet }) {
    try {
      return (await this.#isSigned(token, known)) ? 'valid' : 'invalid';
    } catch (error) {
      if (error instanceof KeySetUnavailableError) return 'unavailable';
      throw error;
    }
  }

  async #isSigned(token: string, { settings, keys }: { settings: IssuerSettings; keys: KeySet }): Promise<boolean> {
    try {
      await compactVerify(token, keys.find, { algorithms: [...settings.algorithms] });
      return true;
    } catch (error) {
      if (error instanceof errors.JOSEError) return false;
      // WebCrypto refuses a key that does not fit its algorithm with a DOMException or a TypeError.
      if (error instanceof KeySetUnavailableError) throw error;
      if (error instanceof TypeError || error instanceof DOMException) return false;
      throw error;
    }
  }
}
