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

  test('[164.312(a)(2)(iv)] makes a data key with stage and purpose as its encryption context, and opens it', async () => {
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

/** KMS of two regions. A multi-Region key has one id and one material in both; a region knows its own ARNs alone. */
describe('AWS KMS after its region was lost', () => {
  const id = `mrk-${'0123456789abcdef'.repeat(2)}`;
  const arn = (region: string, key = id, account = '111122223333') => `arn:aws:kms:${region}:${account}:key/${key}`;
  const wrapped = new Map<string, { material: string; plaintext: string; context: string }>();
  const asked: { region: string; keyId: string }[] = [];
  const servers: Server[] = [];
  const endpoints: Record<string, string> = {};

  const materialOf = (keyId: string): string => keyId.split('/').at(-1)!;

  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
    for (const region of ['us-east-1', 'us-west-2']) {
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk) => chunks.push(chunk));
        request.on('end', () => {
          const input = JSON.parse(Buffer.concat(chunks).toString());
          const target = String(request.headers['x-amz-target']).split('.')[1]!;
          asked.push({ region, keyId: input.KeyId });
          const context = JSON.stringify(Object.entries(input.EncryptionContext).sort());
          const answer = (status: number, body: unknown) => {
            response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' });
            response.end(JSON.stringify(body));
          };
          if (!String(input.KeyId).startsWith(`arn:aws:kms:${region}:`)) {
            return answer(400, { __type: 'NotFoundException' });
          }
          const material = materialOf(input.KeyId);
          if (target === 'GenerateDataKey') {
            const [plaintext, blob] = [randomBytes(32).toString('base64'), randomBytes(60).toString('base64')];
            wrapped.set(blob, { material, plaintext, context });
            return answer(200, { Plaintext: plaintext, CiphertextBlob: blob, KeyId: input.KeyId });
          }
          const known = wrapped.get(input.CiphertextBlob);
          if (known?.material !== material) return answer(400, { __type: 'IncorrectKeyException' });
          if (known.context !== context) return answer(400, { __type: 'InvalidCiphertextException' });
          answer(200, { Plaintext: known.plaintext, KeyId: input.KeyId });
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
      endpoints[region] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    }
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  const connect = (region: string, keyId = arn(region), stage = 'prod') =>
    KmsKeyWrapper.connect({ keyId, stage, region, endpoint: endpoints[region] });

  test('[164.308(a)(7)(ii)(B)] the replica in another region opens what the lost one wrapped, and the lost one is not asked', async () => {
    const made = await (await connect('us-east-1')).generate('note');
    expect(made.wrappingKeyId).toBe(`kms:${arn('us-east-1')}`);
    asked.length = 0;

    await expect((await connect('us-west-2')).unwrap(made, 'note')).resolves.toEqual(made.plaintext);

    expect(asked).toEqual([{ region: 'us-west-2', keyId: arn('us-west-2') }]);
  });

  test('what was wrapped there opens in the first region again', async () => {
    const made = await (await connect('us-west-2')).generate('note');
    await expect((await connect('us-east-1')).unwrap(made, 'note')).resolves.toEqual(made.plaintext);
  });

  test('stage and purpose are demanded there too', async () => {
    const made = await (await connect('us-east-1')).generate('note');
    await expect((await connect('us-west-2')).unwrap(made, 'patient-index')).rejects.toThrow();
    await expect((await connect('us-west-2', undefined, 'prodwest')).unwrap(made, 'note')).rejects.toThrow();
  });

  test.each([
    ['another multi-Region key', arn('us-west-2', `mrk-${'f'.repeat(32)}`)],
    ['the key of that id in another account', arn('us-west-2', id, '999999999999')],
    ['an alias', 'alias/healthcare-ai-prod/data'],
  ])('%s is never asked in its place', async (_, keyId) => {
    const made = await (await connect('us-east-1')).generate('note');
    asked.length = 0;
    await expect((await connect('us-west-2', keyId)).unwrap(made, 'note')).rejects.toThrow();
    expect(asked).toEqual([{ region: 'us-west-2', keyId: arn('us-east-1') }]);
  });

  test('a key of one region is asked by its own ARN, also when the configured one has its id', async () => {
    const single = '11111111-2222-3333-4444-555555555555';
    const made = await (await connect('us-east-1', arn('us-east-1', single))).generate('note');
    asked.length = 0;
    await expect((await connect('us-west-2', arn('us-west-2', single))).unwrap(made, 'note')).rejects.toThrow();
    expect(asked).toEqual([{ region: 'us-west-2', keyId: arn('us-east-1', single) }]);
  });
});
