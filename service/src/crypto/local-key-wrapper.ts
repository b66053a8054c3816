import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { type KeyPurpose, type KeyWrapper, UnknownWrappingKeyError, type WrappedKey } from './key-wrapper.ts';

const ivBytes = 12;
const tagBytes = 16;

interface MasterKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** Wraps data keys under a local master key (`ENCRYPTION_KEY`) with AES-256-GCM. */
export class LocalKeyWrapper implements KeyWrapper {
  readonly wrappingKeyId: string;
  readonly #current: MasterKey;
  readonly #known: ReadonlyMap<string, KeyObject>;
  readonly #stage: string;

  /**
   * @param previous master keys before rotations: they unwrap, and never wrap
   * @param stage bound to every wrapped key, so that a key of one stage does not open in another
   */
  constructor(current: Buffer, previous: readonly Buffer[], stage: string) {
    this.#current = masterKey(current);
    this.#known = new Map([this.#current, ...previous.map(masterKey)].map(({ id, key }) => [id, key]));
    this.#stage = stage;
    this.wrappingKeyId = this.#current.id;
  }

  async generate(purpose: KeyPurpose): Promise<WrappedKey & { plaintext: Buffer }> {
    const plaintext = randomBytes(32);
    return { plaintext, ...(await this.wrap(plaintext, purpose)) };
  }

  async wrap(plaintext: Buffer, purpose: KeyPurpose): Promise<WrappedKey> {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#current.key, iv);
    cipher.setAAD(this.#context(purpose));
    const sealed = Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    return { wrapped: sealed, wrappingKeyId: this.#current.id };
  }

  async unwrap({ wrapped, wrappingKeyId }: WrappedKey, purpose: KeyPurpose): Promise<Buffer> {
    const key = this.#known.get(wrappingKeyId);
    if (!key) throw new UnknownWrappingKeyError(wrappingKeyId, [...this.#known.keys()]);
    const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, ivBytes));
    decipher.setAAD(this.#context(purpose));
    decipher.setAuthTag(wrapped.subarray(-tagBytes));
    return Buffer.concat([decipher.update(wrapped.subarray(ivBytes, -tagBytes)), decipher.final()]);
  }

  #context(purpose: KeyPurpose): Buffer {
    return Buffer.from(`healthcare-ai/data-key/v1|${this.#stage}|${purpose}`);
  }
}

/** The id is a fingerprint: it identifies the key without revealing it. */
function masterKey(bytes: Buffer): MasterKey {
  const fingerprint = createHash('sha256').update('healthcare-ai/master-key/v1').update(bytes).digest('hex');
  return { id: `local:${fingerprint.slice(0, 16)}`, key: createSecretKey(bytes) };
}
