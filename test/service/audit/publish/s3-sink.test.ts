import { createHash } from 'node:crypto';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { S3Sink } from '../../../../service/src/audit/publish/s3-sink.ts';
import { type FakeAnswer, FakeAws, pages, withFakeCredentials, xmlError } from '../../support/fake-aws.ts';
import { newSigner } from '../../support/sealed-trail.ts';

const trail = '0b9f0c6e-6c2c-4d8e-9d5a-111111111111';
const [signer, next] = [newSigner(), newSigner()];

/** The parts of S3 that count here: conditional writes, and its errors. */
describe('the S3 sink', () => {
  let aws: FakeAws;
  let sink: S3Sink;
  let first: Checkpoint;
  let last: Checkpoint;
  let failures: FakeAnswer[];
  const objects = new Map<string, string>();
  const restore = withFakeCredentials();
  const nameOf = (number: number) => `/bucket/audit/checkpoints/${trail}/${String(number).padStart(12, '0')}.json`;

  beforeAll(async () => {
    const origin = `test/${trail}`;
    first = await makeCheckpoint({ previous: undefined, origin, segments: [], signer, now: new Date() });
    last = await makeCheckpoint({ previous: first, segments: [], signer, now: new Date(), nextKey: next });
  });
  beforeEach(async () => {
    objects.clear();
    failures = [];
    aws = await FakeAws.start(({ method, path, headers, body }) => {
      const key = path.split('?')[0]!;
      const failure = failures.shift();
      if (failure) return failure;
      if (method === 'GET') return { status: 200, body: objects.get(key)! };
      if (headers['if-none-match'] === '*' && objects.has(key)) return xmlError('PreconditionFailed', 412);
      objects.set(key, body);
      return { status: 200, body: '', headers: { etag: '"x"' } };
    });
    const { endpoint } = aws;
    sink = new S3Sink({
      bucket: 'bucket',
      region: 'us-east-1',
      endpoint,
      publicKeys: [signer.publicKey],
      pathStyle: true,
    });
    await sink.open({ term: 1, trail, signal: new AbortController().signal });
  });
  afterEach(() => aws.stop());
  afterAll(restore);

  test('writes each checkpoint once, under its number, with a checksum, and the public keys beside them', async () => {
    await sink.publish(first, pages());
    await sink.publish(last, pages());

    expect(Object.fromEntries(objects)).toEqual({
      [`/bucket/audit/keys/${signer.keyId}.pem`]: publicKeyPem(signer.publicKey),
      [nameOf(1)]: first.record,
      [`/bucket/audit/keys/${next.keyId}.pem`]: publicKeyPem(next.publicKey),
      [nameOf(2)]: last.record,
    });
    const put = aws.requests.find(({ path }) => path.startsWith(nameOf(1)))!;
    expect(put.headers['if-none-match']).toBe('*');
    expect(put.headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update(first.record).digest('base64'));
  });

  test('takes what it wrote before for written', async () => {
    await sink.publish(first, pages());
    await sink.publish(first, pages());
    expect(objects.get(nameOf(1))).toBe(first.record);
  });

  test('names a fork, and overwrites nothing', async () => {
    objects.set(nameOf(1), 'another trail');
    await expect(sink.publish(first, pages())).rejects.toMatchObject({ name: 'ForkError', code: 'FORK' });
    expect(objects.get(nameOf(1))).toBe('another trail');
  });

  test('names a key that was replaced', async () => {
    objects.set(`/bucket/audit/keys/${next.keyId}.pem`, 'another key');
    await expect(sink.publish(last, pages())).rejects.toMatchObject({ code: 'KEY_REPLACED' });
  });

  test('repeats what is slowed down or met another write', async () => {
    failures = [xmlError('SlowDown', 503), xmlError('SlowDown', 503)];
    await sink.publish(first, pages());
    expect(objects.get(nameOf(1))).toBe(first.record);
  });

  test.each([
    [xmlError('NoSuchBucket', 404), { code: 'BUCKET_MISSING' }],
    [xmlError('AccessDenied', 403), { name: 'AccessDenied' }],
    [xmlError('ConditionalRequestConflict', 409), { name: 'ConditionalRequestConflict' }],
  ])('reports what went wrong, for the next attempt: %#', async (failure, told) => {
    failures = [failure];
    await expect(sink.publish(first, pages())).rejects.toMatchObject(told);
    await sink.publish(first, pages());
    expect(objects.get(nameOf(1))).toBe(first.record);
  });
});
