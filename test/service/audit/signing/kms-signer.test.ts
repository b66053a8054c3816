import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { isSignedBy } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { PublicKeys } from '@healthcare-ai/audit-trail/format/public-keys';
import { KmsSigner } from '../../../../service/src/audit/signing/kms-signer.ts';
import { FakeAws, jsonAnswer, jsonError, withFakeCredentials } from '../../support/fake-aws.ts';

/** KMS with a key of spec ECC_NIST_EDWARDS25519; moto, which the AWS emulator is, has none. */
describe('the signer of AWS KMS', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const restore = withFakeCredentials();
  let aws: FakeAws;
  let algorithms = ['ED25519_PH_SHA_512', 'ED25519_SHA_512'];
  let throttled = 0;

  beforeEach(async () => {
    algorithms = ['ED25519_PH_SHA_512', 'ED25519_SHA_512'];
    throttled = 0;
    aws = await FakeAws.start(({ operation, body }) => {
      if (throttled-- > 0) return jsonError('ThrottlingException', 'Rate exceeded');
      if (operation === 'GetPublicKey') {
        return jsonAnswer(200, {
          KeyId: 'arn:aws:kms:us-east-1:123456789012:key/k',
          KeySpec: 'ECC_NIST_EDWARDS25519',
          KeyUsage: 'SIGN_VERIFY',
          PublicKey: spki.toString('base64'),
          SigningAlgorithms: algorithms,
        });
      }
      const { Message, MessageType, SigningAlgorithm } = JSON.parse(body);
      const message = Buffer.from(Message, 'base64');
      // https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
      if (MessageType !== 'RAW' || message.length > 4096) return jsonError('ValidationException', 'as KMS says it');
      if (SigningAlgorithm !== 'ED25519_SHA_512') return jsonError('InvalidKeyUsageException', 'as KMS says it');
      return jsonAnswer(200, { Signature: sign(null, message, privateKey).toString('base64'), SigningAlgorithm });
    });
  });
  afterEach(() => aws.stop());
  afterAll(restore);

  test('signs a checkpoint that anyone with the public key can verify', async () => {
    const signer = await KmsSigner.connect({ keyId: 'alias/audit', region: 'us-east-1', endpoint: aws.endpoint });
    const message = Buffer.alloc(4096, 1);
    expect(verify(null, message, createPublicKey(privateKey), await signer.sign(message))).toBe(true);

    const origin = 'prod/0b9f0c6e-6c2c-4d8e-9d5a-111111111111';
    const checkpoint = await makeCheckpoint({ previous: undefined, origin, segments: [], signer, now: new Date() });
    expect(isSignedBy(checkpoint, new PublicKeys([spki]))).toBe(true);
  });

  test('bears throttling', async () => {
    const signer = await KmsSigner.connect({ keyId: 'k', region: 'us-east-1', endpoint: aws.endpoint });
    throttled = 2;
    expect(await signer.sign(Buffer.from('x'))).toHaveLength(64);
  });

  test('refuses a key that signs otherwise', async () => {
    algorithms = ['ECDSA_SHA_256'];
    await expect(KmsSigner.connect({ keyId: 'k', region: 'us-east-1', endpoint: aws.endpoint })).rejects.toThrow(
      'must be of spec ECC_NIST_EDWARDS25519',
    );
  });
});
