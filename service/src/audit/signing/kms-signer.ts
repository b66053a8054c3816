import type { KMSClient } from '@aws-sdk/client-kms';
import { keyIdOf, readPublicKey } from '@healthcare-ai/audit-trail/format/public-keys';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';

export interface KmsSignerOptions {
  /** Id, ARN or alias of a key of spec ECC_NIST_EDWARDS25519 and usage SIGN_VERIFY. */
  readonly keyId: string;
  readonly region?: string;

  /** @default - that of the region, or what AWS_ENDPOINT_URL names */
  readonly endpoint?: string;
}

/** Longest time for one call, in ms: a transaction of the database is open meanwhile, which has 10 s. */
const requestTimeout = 2_500;

/**
 * Signs with a key that never leaves AWS KMS.
 * https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
 */
export class KmsSigner implements Signer {
  readonly algorithm = 'Ed25519';
  /** SPKI DER. */
  readonly publicKey: Buffer;
  readonly keyId: string;
  readonly #client: KMSClient;
  readonly #kmsKeyId: string;

  constructor(client: KMSClient, kmsKeyId: string, publicKey: Buffer) {
    this.#client = client;
    this.#kmsKeyId = kmsKeyId;
    this.publicKey = publicKey;
    this.keyId = keyIdOf(publicKey);
  }

  /** @throws Error when the key is not one that signs with Ed25519, and what KMS throws */
  static async connect({ keyId, region, endpoint }: KmsSignerOptions): Promise<KmsSigner> {
    const { GetPublicKeyCommand, KMSClient } = await import('@aws-sdk/client-kms');
    const requestHandler = { requestTimeout, connectionTimeout: requestTimeout, throwOnRequestTimeout: true };
    const client = new KMSClient({ region, endpoint, maxAttempts: 3, requestHandler });
    const { PublicKey, SigningAlgorithms } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (!PublicKey || !SigningAlgorithms?.includes('ED25519_SHA_512')) {
      throw new Error(
        'the key of AUDIT_SIGNING_KEY_ID does not sign with ED25519_SHA_512: it must be of spec ECC_NIST_EDWARDS25519',
      );
    }
    const publicKey = Buffer.from(PublicKey);
    readPublicKey(publicKey);
    return new KmsSigner(client, keyId, publicKey);
  }

  async sign(message: Buffer): Promise<Buffer> {
    const { SignCommand } = await import('@aws-sdk/client-kms');
    const { Signature } = await this.#client.send(
      new SignCommand({
        KeyId: this.#kmsKeyId,
        Message: message,
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    );
    if (Signature?.length !== 64) throw new Error('AWS KMS answered without an Ed25519 signature');
    return Buffer.from(Signature);
  }
}
