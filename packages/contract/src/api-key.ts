import { hash, randomBytes } from 'node:crypto';

/**
 * `hai_<id>_<secret>`: a prefix that secret scanners can look for, an id to find the row by, and 256 random bits. A
 * secret of so many bits needs no slow hash: SHA-256 is stored.
 */
const form = /^hai_([0-9a-z]{12})_([A-Za-z0-9_-]{43})$/;

export interface StorableKey {
  readonly keyId: string;
  /** SHA-256 of the token, 32 bytes. */
  readonly hash: Buffer;
}

export interface ApiKey extends StorableKey {
  /** What the client sends: shown once, never stored. */
  readonly token: string;
}

export function makeApiKey(): ApiKey {
  // 60 random bits name the key; 12 digits of base 36 hold 62.
  const id = (randomBytes(8).readBigUInt64BE() >> 4n).toString(36).padStart(12, '0');
  const token = `hai_${id}_${randomBytes(32).toString('base64url')}`;
  return { keyId: id, token, hash: hashToken(token) };
}

/**
 * What may be stored of a key whose secret stays with its maker.
 *
 * @param hash SHA-256 of the token, in hex
 * @throws RangeError when one of the two has not the form of those of `makeApiKey`
 */
export function storedForm(keyId: string, hash: string): StorableKey {
  if (!/^[0-9a-z]{12}$/.test(keyId)) throw new RangeError('the key id must be 12 digits of base 36');
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new RangeError('the hash must be the SHA-256 of the token, as 64 hex digits');
  return { keyId, hash: Buffer.from(hash, 'hex') };
}

/** @returns the id of the key, or undefined when the text has not the form of one */
export const keyIdOf = (token: string): string | undefined => form.exec(token)?.[1];

export const hashToken = (token: string): Buffer => hash('sha256', token, 'buffer');
