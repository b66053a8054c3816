import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { keyIdOf } from './public-keys.ts';

/** Signs checkpoints: with a local key, or with one that never leaves AWS KMS. */
export interface Signer {
  /** SHA-256 of the public key's SPKI DER, in hex. */
  readonly keyId: string;
  /** SPKI DER. */
  readonly publicKey: Buffer;
  readonly algorithm: 'Ed25519';
  /** @returns the signature, 64 bytes */
  sign(message: Buffer): Promise<Buffer>;
}

/**
 * A signer with a private key in memory.
 *
 * @throws TypeError when it is not an Ed25519 private key
 */
export function localSigner(privateKey: KeyObject): Signer {
  if (privateKey.type !== 'private' || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new TypeError('checkpoints are signed with an Ed25519 private key');
  }
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    algorithm: 'Ed25519',
    sign: async (message) => sign(null, message, privateKey),
  };
}
