import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { jsonError } from '../../../service/support/fake-aws.ts';
import { buildTrail, type Trail } from '../../audit-trail/support/build-trail.ts';
import { Random } from '../../audit-trail/support/random.ts';
import { randomSigner } from '../../audit-trail/support/signers.ts';
import type { FakeTrail } from './fake-trail.ts';
import { linesOf, PublishedTrail } from './published-trail.ts';

let stage: PublishedTrail;
let aws: FakeTrail;
let trail: Trail;
let uuid: string;
let folder: string;
let stream: string;

beforeEach(async () => {
  stage = await PublishedTrail.start({ seed: 41 });
  ({ aws, trail, uuid, folder } = stage);
  aws.publicKey = trail.signers[0]!.publicKey;
  stream = stage.addStream(1, stage.lines);
});
afterEach(() => stage.stop());

const verify = (...args: string[]) => stage.run('verify', '--cloudwatch', '--stage', 'dev', ...args);
/** The end of the trail is missing in the log group. */
const cutOff = () => aws.streams.set(stream, trail.published.slice(0, 3).flatMap(linesOf));

describe('audit verify --cloudwatch', () => {
  test('verifies the log group of the stage with the key of KMS, up to what the bucket keeps', async () => {
    const { code, out, err } = await verify('--bucket', 'audit-bucket');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('The trail is whole.');
    expect(out).toContain('held to checkpoint 5 of s3://audit-bucket');
  });

  test('finds the bucket of the stage by its CloudTrail', async () => {
    const { code, out } = await verify();
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/checkpoint 5 of s3:\/\/audit-bucket, .*CloudTrail/),
    });
    cutOff();
    expect(await verify()).toMatchObject({ code: 1, err: expect.stringContaining('checkpoint 5 is missing') });
  });

  test('asks for the bucket where the stage has no CloudTrail, rather than verifying less', async () => {
    aws.trailBucket = undefined;
    const { code, out, err } = await verify();
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(/--bucket NAME; or --no-bucket/),
    });
    expect(await verify('--bucket', 'audit-bucket')).toMatchObject({ code: 0 });
  });

  test('takes another key, and says what it cannot know without the bucket', async () => {
    const file = join(folder, 'audit.pem');
    writeFileSync(file, publicKeyPem(trail.signers[0]!.publicKey));
    const { code, out } = await verify('--public-key', file, '--no-bucket');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('no bucket was read') });
    const asked = aws.requests.map(({ operation }) => operation);
    for (const operation of ['GetPublicKey', 'GetTrail']) expect(asked).not.toContain(operation);
  });

  test('goes from term to term, and knows what a late publisher repeats', async () => {
    aws.streams.clear();
    stage.addStream(10, stage.lines.slice(30));
    stage.addStream(2, stage.lines.slice(0, 41));
    aws.streams.set(`${uuid}/not-a-stream-of-the-publisher`, ['nonsense']);
    const { code, out } = await verify('--bucket', 'audit-bucket', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, duplicates: 11, checkpoints: 5 });
  });

  test('finds the end cut off, because the bucket knows better', async () => {
    cutOff();
    expect(await verify('--no-bucket')).toMatchObject({ code: 0 });
    const { code, err } = await verify('--bucket', 'audit-bucket');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('checkpoint 5 is missing') });
  });

  test('does not trust a trail of another key, though its newest checkpoints were added to the bucket', async () => {
    const forged = await buildTrail({
      seed: 41,
      events: 90,
      checkpoints: 7,
      writers: 3,
      signer: randomSigner(new Random(9)),
    });
    expect(forged.origin).toBe(trail.origin);
    aws.streams.clear();
    stage.addStream(1, forged.published.flatMap(linesOf));
    // Object Lock keeps what is there; nothing keeps one who may write from adding what is newer.
    for (const { checkpoint } of forged.published.slice(trail.published.length)) aws.keep(uuid, checkpoint);
    const { code, err } = await verify('--bucket', 'audit-bucket');
    const { keyId } = forged.signers[0]!;
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`is signed by the key ${keyId}`) });
  });

  test('names the first bad record, and its line in its stream', async () => {
    const { chain, seq } = JSON.parse(stage.lines[2]!);
    aws.streams.set(stream, stage.lines.toSpliced(2, 1));
    const { code, err } = await verify('--bucket', 'audit-bucket');
    expect(code).toBe(1);
    expect(err).toContain(`Broken: event ${seq} of chain ${chain} (under checkpoint`);
    expect(err).toContain(`${stream} line 3`);
  });

  test('finds the newest checkpoint of a bucket with few questions, whatever its number', async () => {
    for (const length of [1, 2, 3, 4, 5]) {
      aws.objects.clear();
      for (const { checkpoint } of trail.published.slice(0, length)) aws.keep(uuid, checkpoint);
      expect((await verify('--bucket', 'audit-bucket')).out).toContain(`held to checkpoint ${length} of`);
    }
    aws.objects.delete([...aws.objects.keys()][0]!);
    expect((await verify('--bucket', 'audit-bucket')).out).toContain('held to checkpoint 5 of');
  });

  test.each([
    ['is empty', () => aws.objects.clear(), /keeps no checkpoints/],
    ['holds nonsense', () => aws.objects.set([...aws.objects.keys()].at(-1)!, '{}'), /is not checkpoint 5/],
    [
      'holds a record under another number',
      () => aws.objects.set([...aws.objects.keys()].at(-1)!, trail.published[0]!.checkpoint.record),
      /is not checkpoint 5/,
    ],
  ])('fails when the bucket %s', async (_, change, message) => {
    change();
    expect(await verify('--bucket', 'audit-bucket')).toMatchObject({ code: 1, err: expect.stringMatching(message) });
  });

  test('asks which trail when the log group holds several', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    aws.streams.set(`${other}/00000001-${randomUUID()}`, ['nonsense']);
    const { code, err } = await verify();
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(other) });
    expect(await verify('--trail', uuid)).toMatchObject({ code: 0 });
    expect(await verify('--trail', '99999999-2222-4333-8444-555555555555')).toMatchObject({ code: 1 });
  });

  test('is repeated by the SDK when it is throttled or cut off, and loses nothing', async () => {
    aws.troubles.push(
      jsonError('ThrottlingException', 'Rate exceeded'),
      'hang up',
      jsonError('ServiceUnavailableException', 'The service cannot complete the request.', 503),
    );
    expect(await verify()).toMatchObject({ code: 0, out: expect.stringContaining('5 checkpoints') });
  });

  test.each([
    [
      'access is denied',
      jsonError(
        'AccessDeniedException',
        'User: arn:aws:iam::1:user/a is not authorized to perform: logs:DescribeLogStreams',
      ),
      /Not allowed/,
    ],
    [
      'the credentials have expired',
      jsonError('ExpiredTokenException', 'The security token included in the request is expired'),
      /expired/,
    ],
    [
      'the log group is missing',
      jsonError('ResourceNotFoundException', 'The specified log group does not exist.'),
      /Not found/,
    ],
  ])('says in one line what to do when %s', async (_, answer, message) => {
    const file = join(folder, 'audit.pem');
    writeFileSync(file, publicKeyPem(aws.publicKey));
    aws.troubles.push(answer);
    const { code, err } = await verify('--public-key', file);
    expect({ code, lines: err.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(err).toMatch(message);
  });

  test('says in one line what to do when the bucket is not to be read', async () => {
    const { code, err } = await verify('--bucket', 'audit-bucket-of-somebody');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/Not found/) });
  });

  test('refuses a key of KMS that is not Ed25519', async () => {
    aws.publicKey = Buffer.from('3059301306072a8648ce3d0201', 'hex');
    expect(await verify()).toMatchObject({ code: 1, err: expect.stringContaining('is not an Ed25519 key') });
  });

  test('needs a stage', async () => {
    const ran = await stage.run('verify', '--cloudwatch');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('--stage') });
  });
});

describe('audit public-key --stage', () => {
  test('prints the public half of the key that signs', async () => {
    const { code, out } = await stage.run('public-key', '--stage', 'dev');
    expect({ code, out }).toEqual({ code: 0, out: publicKeyPem(trail.signers[0]!.publicKey) });
    expect(JSON.parse(aws.requests[0]!.body)).toEqual({ KeyId: 'alias/healthcare-ai-dev/signing' });
  });
});
