import { createPrivateKey, sign } from 'node:crypto';
import { localSigner, type Signer } from '@healthcare-ai/audit-trail/format/signer';
import type { Random } from './random.ts';

/** A signer that also signs at once. */
export interface LocalSigner extends Signer {
  signNow(message: Buffer): Buffer;
}

/** An Ed25519 key from 32 bytes: PKCS#8 DER is this prefix and the seed (RFC 8410, section 10.3). */
export function signerOf(seed: Buffer): LocalSigner {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { ...localSigner(key), signNow: (message) => sign(null, message, key) };
}

export const randomSigner = (random: Random): LocalSigner => signerOf(random.bytes(32));
