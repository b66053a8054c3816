import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { IvSource } from './envelope.ts';

/** Version (1 byte), IV (12), ciphertext of the deflated UTF-8, tag (16). */
const version = 1;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 1 + ivBytes;

/** Far above the analysis of the longest note: what is inflated must not fill the memory. */
const maxBytes = 256 * 2 ** 20;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/**
 * Compresses a text and encrypts it with AES-256-GCM. An analysis repeats the words and names of its items, so it takes
 * a sixth of its size.
 *
 * @param binding what it opens with and with nothing else; begins with its kind, such as `analysis/v1|`
 */
export async function sealText(text: string, binding: string, key: KeyObject, ivs: IvSource): Promise<Buffer> {
  const plain = await deflate(text, { level: 3 });
  const sealed = Buffer.allocUnsafe(headBytes + plain.length + tagBytes);
  sealed[0] = version;
  ivs.next(sealed, 1);
  const cipher = createCipheriv('aes-256-gcm', key, sealed.subarray(1, headBytes));
  cipher.setAAD(Buffer.from(binding));
  cipher.update(plain).copy(sealed, headBytes);
  cipher.final();
  cipher.getAuthTag().copy(sealed, headBytes + plain.length);
  return sealed;
}

/** @throws Error when the key, the binding or a byte is not the one it was sealed with */
export async function openText(sealed: Buffer, binding: string, key: KeyObject): Promise<string> {
  if (sealed[0] !== version || sealed.length < headBytes + tagBytes) {
    throw new Error(`a sealed text has version ${sealed[0]} and ${sealed.length} bytes, expected version ${version}`);
  }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, headBytes));
  decipher.setAAD(Buffer.from(binding));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  const plain = Buffer.concat([decipher.update(sealed.subarray(headBytes, -tagBytes)), decipher.final()]);
  return (await inflate(plain, { maxOutputLength: maxBytes })).toString('utf8');
}
