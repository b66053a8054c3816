import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UnknownWrappingKeyError } from '../../../service/src/crypto/key-wrapper.ts';
import { KmsKeyWrapper } from '../../../service/src/crypto/kms-key-wrapper.ts';
import { LocalKeyWrapper } from '../../../service/src/crypto/local-key-wrapper.ts';

describe('a local master key', () => {
  const master = randomBytes(32);

  test('unwraps what it wrapped', async () => {
    const wrapper = new LocalKeyWrapper(master, [], 'prod');
    const made = await wrapper.generate('note');
    expect(made.plaintext).toHaveLength(32);
    expect(made.wrapped.includes(made.plaintext)).toBe(false);
    await expect(wrapper.unwrap(made, 'note')).resolves.toEqual(made.plaintext);
  });

  test("does not open one purpose's key as another's, nor a stage's key in another stage", async () => {
    const made = await new LocalKeyWrapper(master, [], 'prod').generate('note');
    await expect(new LocalKeyWrapper(master, [], 'prod').unwrap(made, 'patient-index')).rejects.toThrow();
    await expect(new LocalKeyWrapper(master, [], 'dev').unwrap(made, 'note')).rejects.toThrow();
  });

  test('opens, after a rotation, what the key before it wrapped, and wraps under the new one', async () => {
    const made = await new LocalKeyWrapper(master, [], 'prod').generate('note');
    const rotated = new LocalKeyWrapper(randomBytes(32), [master], 'prod');
    await expect(rotated.unwrap(made, 'note')).resolves.toEqual(made.plaintext);
    const again = await rotated.wrap(made.plaintext, 'note');
    expect(again.wrappingKeyId).toBe(rotated.wrappingKeyId);
    expect(again.wrappingKeyId).not.toBe(made.wrappingKeyId);
  });

  test('names the key that is missing', async () => {
    const made = await new LocalKeyWrapper(master, [], 'prod').generate('note');
    const other = new LocalKeyWrapper(randomBytes(32), [], 'prod');
    await expect(other.unwrap(made, 'note')).rejects.toThrow(UnknownWrappingKeyError);
    await expect(other.unwrap(made, 'note')).rejects.toThrow(made.wrappingKeyId);
  });
});

/** Speaks the wire format of AWS KMS (JSON 1.1), and keeps keys as KMS does: bound to their encryption context. */
describe('AWS KMS', () => {
  let server: Server;
  let endpoint: string;
  const requests: { target: string; input: Record<string, unknown> }[] = [];
  const issued = new Map<string, { plaintext: string; context: string; keyId: string }>();

  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        const target = String(request.headers['x-amz-target']).split('.')[1]!;
        const input = JSON.parse(text);
        requests.push({ target, input });
        const context = JSON.stringify(Object.entries(input.EncryptionContext).sort());
        const issue = (plaintext: string) => {
          const blob = randomBytes(60).toString('base64');
          issued.set(blob, { plaintext, context, keyId: input.KeyId });
          return { CiphertextBlob: blob, KeyId: input.KeyId };
        };
        const fail = () => {
          response.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.1' });
          response.end(JSON.stringify({ __type: 'InvalidCiphertextException' }));
        };
        const answer = (body: unknown) => {
          response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' });
          response.end(JSON.stringify(body));
        };
        if (target === 'GenerateDataKey') {
          const plaintext = randomBytes(32).toString('base64');
          answer({ Plaintext: plaintext, ...issue(plaintext) });
        } else if (target === 'Encrypt') {
          answer(issue(input.Plaintext));
        } else {
          const known = issued.get(input.CiphertextBlob);
          if (known?.context === context && known.keyId === input.KeyId) answer({ Plaintext: known.plaintext });
          else fail();
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
  });
  afterAll(() => server.close());

  const connect = (previous?: LocalKeyWrapper) =>
    KmsKeyWrapper.connect({ keyId: 'alias/notes', stage: 'prod', region: 'us-east-1', endpoint }, previous);

  test('makes a data key with stage and purpose as its encryption context, and opens it', async () => {
    const wrapper = await connect();
    const made = await wrapper.generate('note');
    expect(made.plaintext).toHaveLength(32);
    expect(requests.at(-1)).toEqual({
      target: 'GenerateDataKey',
      input: { KeyId: 'alias/notes', KeySpec: 'AES_256', EncryptionContext: { stage: 'prod', purpose: 'note' } },
    });
    await expect(wrapper.unwrap(made, 'note')).resolves.toEqual(made.plaintext);
    await expect(wrapper.unwrap(made, 'patient-index')).rejects.toThrow();
  });

  test('wraps a key again that exists', async () => {
    const wrapper = await connect();
    const plaintext = randomBytes(32);
    await expect(wrapper.unwrap(await wrapper.wrap(plaintext, 'note'), 'note')).resolves.toEqual(plaintext);
  });

  test('opens what a local master key wrapped before the move to KMS', async () => {
    const local = new LocalKeyWrapper(randomBytes(32), [], 'prod');
    const made = await local.generate('note');
    await expect((await connect(local)).unwrap(made, 'note')).resolves.toEqual(made.plaintext);
    await expect((await connect()).unwrap(made, 'note')).rejects.toThrow(UnknownWrappingKeyError);
  });
});
