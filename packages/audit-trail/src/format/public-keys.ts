import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { TrailFormatError } from './format-error.ts';
import { isOfSmallOrder } from './weak-keys.ts';

/** How every Ed25519 public key begins in SPKI DER; 32 bytes follow. https://www.rfc-editor.org/rfc/rfc8410#section-10.1 */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** SHA-256 of the key's SPKI DER, in hex. */
export const keyIdOf = (spki: Buffer): string => hash('sha256', spki);

/** @throws TrailFormatError when it is not the DER of an Ed25519 public key, to the byte, or is one under which anyone can sign */
export function readPublicKey(spki: Buffer): KeyObject {
  if (spki.length !== spkiPrefix.length + 32 || !spki.subarray(0, spkiPrefix.length).equals(spkiPrefix)) {
    throw new TrailFormatError('is not an Ed25519 public key');
  }
  if (isOfSmallOrder(spki.subarray(spkiPrefix.length))) {
    throw new TrailFormatError('is an Ed25519 public key of small order, under which anyone can sign');
  }
  return createPublicKey({ key: spki, format: 'der', type: 'spki' });
}

/**
 * The keys in a PEM file.
 *
 * @throws TrailFormatError when it holds none, or anything but Ed25519 public keys
 */
export function readPublicKeyFile(pem: string): Buffer[] {
  if (/PRIVATE KEY/.test(pem)) throw new TrailFormatError('holds a private key: give the public key alone');
  const blocks = pem.match(/-----BEGIN [A-Z0-9 ]+-----[\s\S]*?-----END [A-Z0-9 ]+-----/g) ?? [];
  if (blocks.length === 0) throw new TrailFormatError('holds no public key in PEM (-----BEGIN PUBLIC KEY-----)');
  return blocks.map((block) => {
    const body = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/.exec(block)?.[1];
    const spki = Buffer.from(body ?? '', 'base64');
    try {
      readPublicKey(spki);
    } catch (error) {
      const why = error instanceof TrailFormatError ? error.message : 'is not an Ed25519 public key';
      throw new TrailFormatError(`holds a key that ${why}`);
    }
    return spki;
  });
}

export const publicKeyPem = (spki: Buffer): string => {
  const lines = spki.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PUBLIC KEY-----\n${lines.join('\n')}\n-----END PUBLIC KEY-----\n`;
};

/** Public keys by their ids. */
export class PublicKeys {
  readonly #keys = new Map<string, KeyObject>();

  /** @throws TrailFormatError for what is not an Ed25519 public key in SPKI DER */
  constructor(keys: Iterable<Buffer> = []) {
    for (const spki of keys) this.add(spki);
  }

  add(spki: Buffer): void {
    this.#keys.set(keyIdOf(spki), readPublicKey(spki));
  }

  has(keyId: string): boolean {
    return this.#keys.has(keyId);
  }

  /** @returns false also when there is no such key */
  verify(keyId: string, message: Buffer, signature: Buffer): boolean {
    const key = this.#keys.get(keyId);
    return key !== undefined && verify(null, message, key, signature);
  }
}
