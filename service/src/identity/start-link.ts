import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { StoredApiKey } from './api-key-store.ts';
import type { Authentication } from './authenticator.ts';

/** How long a link works, in ms. */
const life = 3_600_000;

/**
 * Signs the owner of a laptop in without typing a key: the terminal shows a link with a code, which works once, for an
 * hour, in this process. The session rests on the key, and ends with it.
 */
export class StartLink {
  #offer: { readonly hash: Buffer; readonly key: StoredApiKey; readonly until: number } | undefined;

  /** @returns the code, which replaces the one before */
  offer(key: StoredApiKey): string {
    const code = `start_${randomBytes(32).toString('base64url')}`;
    this.#offer = { hash: hashOf(code), key, until: performance.now() + life };
    return code;
  }

  /** @returns undefined for what is not the code: it may be an API key */
  redeem(header: string | undefined): Authentication | undefined {
    const code = /^Bearer (start_[A-Za-z0-9_-]{43})$/.exec(header ?? '')?.[1];
    const offer = this.#offer;
    if (code === undefined || offer === undefined || !timingSafeEqual(hashOf(code), offer.hash)) return undefined;
    this.#offer = undefined;
    if (offer.until <= performance.now()) return { fault: 'expired', claimed: offer.key.principal };
    return { principal: offer.key.principal, credential: offer.key };
  }
}

const hashOf = (code: string): Buffer => hash('sha256', code, 'buffer');
