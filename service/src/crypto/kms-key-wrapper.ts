import type { KMSClient } from '@aws-sdk/client-kms';
import { type KeyPurpose, type KeyWrapper, UnknownWrappingKeyError, type WrappedKey } from './key-wrapper.ts';

/**
 * Wraps data keys by AWS KMS. Stage and purpose are the encryption context, so they appear in CloudTrail and can be
 * required by the key's policy.
 */
export class KmsKeyWrapper implements KeyWrapper {
  readonly wrappingKeyId: string;
  readonly #client: KMSClient;
  readonly #keyId: string;
  readonly #stage: string;
  readonly #previous: KeyWrapper | undefined;

  /** @param previous opens keys that were wrapped by a local master key, after a move to KMS */
  constructor(client: KMSClient, keyId: string, stage: string, previous?: KeyWrapper) {
    this.#client = client;
    this.#keyId = keyId;
    this.#stage = stage;
    this.#previous = previous;
    this.wrappingKeyId = `kms:${keyId}`;
  }

  /** The SDK takes 60 ms to load: a service with a local key does not pay for it. */
  static async connect(
    options: { readonly keyId: string; readonly stage: string; readonly region?: string; readonly endpoint?: string },
    previous?: KeyWrapper,
  ): Promise<KmsKeyWrapper> {
    const { KMSClient } = await import('@aws-sdk/client-kms');
    const client = new KMSClient({ region: options.region, endpoint: options.endpoint, maxAttempts: 4 });
    return new KmsKeyWrapper(client, options.keyId, options.stage, previous);
  }

  async generate(purpose: KeyPurpose): Promise<WrappedKey & { plaintext: Buffer }> {
    const { GenerateDataKeyCommand } = await import('@aws-sdk/client-kms');
    const answer = await this.#client.send(
      new GenerateDataKeyCommand({ KeyId: this.#keyId, KeySpec: 'AES_256', EncryptionContext: this.#context(purpose) }),
    );
    return {
      plaintext: bytes(answer.Plaintext),
      wrapped: bytes(answer.CiphertextBlob),
      wrappingKeyId: this.wrappingKeyId,
    };
  }

  async wrap(plaintext: Buffer, purpose: KeyPurpose): Promise<WrappedKey> {
    const { EncryptCommand } = await import('@aws-sdk/client-kms');
    const answer = await this.#client.send(
      new EncryptCommand({ KeyId: this.#keyId, Plaintext: plaintext, EncryptionContext: this.#context(purpose) }),
    );
    return { wrapped: bytes(answer.CiphertextBlob), wrappingKeyId: this.wrappingKeyId };
  }

  async unwrap(key: WrappedKey, purpose: KeyPurpose): Promise<Buffer> {
    if (!key.wrappingKeyId.startsWith('kms:')) {
      if (this.#previous) return this.#previous.unwrap(key, purpose);
      throw new UnknownWrappingKeyError(key.wrappingKeyId, [this.wrappingKeyId]);
    }
    const { DecryptCommand } = await import('@aws-sdk/client-kms');
    const answer = await this.#client.send(
      new DecryptCommand({
        // Named, so that KMS refuses a ciphertext that some other key made.
        KeyId: nearest(key.wrappingKeyId.slice('kms:'.length), this.#keyId),
        CiphertextBlob: key.wrapped,
        EncryptionContext: this.#context(purpose),
      }),
    );
    return bytes(answer.Plaintext);
  }

  #context(purpose: KeyPurpose): Record<string, string> {
    return { stage: this.#stage, purpose };
  }
}

const keyArn = /^arn:(?<partition>[^:]+):kms:(?<region>[^:]+):(?<account>\d{12}):key\/(?<id>.+)$/;

/**
 * The key to ask for what `made` wrapped: `ours` where both are one multi-Region key, whose ciphertext opens in each of
 * its regions, else `made` itself. The region of `made` may be lost.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
function nearest(made: string, ours: string): string {
  const [theirs, own] = [keyArn.exec(made)?.groups, keyArn.exec(ours)?.groups];
  if (theirs === undefined || own === undefined || !own.id!.startsWith('mrk-')) return made;
  const related = theirs.id === own.id && theirs.account === own.account && theirs.partition === own.partition;
  return related ? ours : made;
}

function bytes(value: Uint8Array | undefined): Buffer {
  if (!value) throw new Error('AWS KMS answered without key material');
  return Buffer.from(value);
}
