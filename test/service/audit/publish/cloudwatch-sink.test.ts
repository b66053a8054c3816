import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { CloudWatchSink } from '../../../../service/src/audit/publish/cloudwatch-sink.ts';
import { batchesOf, batchLimits } from '../../../../service/src/audit/publish/log-batches.ts';
import {
  type FakeAnswer,
  FakeAws,
  type FakeRequest,
  jsonAnswer,
  jsonError,
  pages,
  withFakeCredentials,
} from '../../support/fake-aws.ts';
import { newSigner } from '../../support/sealed-trail.ts';

const trail = '0b9f0c6e-6c2c-4d8e-9d5a-111111111111';
const taken = jsonAnswer(200, { nextSequenceToken: '1' });

describe('the CloudWatch sink', () => {
  let aws: FakeAws;
  let checkpoint: Checkpoint;
  let answers: (FakeAnswer | 'hang up')[];
  let sink: CloudWatchSink;
  const abort = new AbortController();
  const restore = withFakeCredentials();
  const puts = () =>
    aws.requests.filter(({ operation }) => operation === 'PutLogEvents').map(({ body }) => JSON.parse(body));
  const messages = () =>
    puts().flatMap(({ logEvents }) => logEvents.map(({ message }: { message: string }) => message));
  const open = () => sink.open({ term: 7, trail, signal: abort.signal });

  beforeAll(async () => {
    checkpoint = await makeCheckpoint({
      previous: undefined,
      origin: `test/${trail}`,
      segments: [],
      signer: newSigner(),
      now: new Date(),
    });
  });
  beforeEach(async () => {
    answers = [];
    aws = await FakeAws.start(({ operation }: FakeRequest) => {
      if (operation === 'PutLogEvents') return answers.shift() ?? taken;
      return jsonAnswer(200, {});
    });
    sink = new CloudWatchSink({ logGroup: 'the/trail', region: 'us-east-1', endpoint: aws.endpoint, firstPause: 5 });
  });
  afterEach(() => aws.stop());
  afterAll(restore);

  test('writes each term to a stream that sorts by term, the events first and then the record', async () => {
    await open();
    await sink.publish(checkpoint, pages(['{"a":1}', '{"a":2}'], ['{"a":3}']));

    expect(aws.requests.map(({ operation }) => operation)).toEqual(['CreateLogStream', 'PutLogEvents']);
    const [put] = puts();
    expect(put.logGroupName).toBe('the/trail');
    expect(put.logStreamName).toMatch(new RegExp(`^${trail}/00000007-[0-9a-f-]{36}$`));
    expect(messages()).toEqual(['{"a":1}', '{"a":2}', '{"a":3}', checkpoint.record]);
    const times = put.logEvents.map(({ timestamp }: { timestamp: number }) => timestamp);
    expect(times).toEqual([...times].sort());
    expect(Math.abs(times[0] - Date.now())).toBeLessThan(10_000);
  });

  test.each([
    ['throttled', jsonError('ThrottlingException', 'Rate exceeded')],
    ['unavailable', jsonError('ServiceUnavailableException', 'The service cannot complete the request.', 500)],
    ['cut off', 'hang up' as const],
  ])('repeats a call that is %s, longer than the SDK does, and loses nothing', async (_what, failure) => {
    answers = Array.from({ length: 7 }, () => failure);
    await open();
    await sink.publish(checkpoint, pages(['{"a":1}']));
    expect(puts()).toHaveLength(8);
    expect(messages().slice(-2)).toEqual(['{"a":1}', checkpoint.record]);
  });

  test('gives up in the end: the checkpoint is not acknowledged', async () => {
    answers = Array.from({ length: 100 }, () => jsonError('ThrottlingException', 'Rate exceeded'));
    await open();
    await expect(sink.publish(checkpoint, pages([]))).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test.each([
    [{ tooNewLogEventStartIndex: 0 }, 'EVENTS_TOO_NEW'],
    [{ tooOldLogEventEndIndex: 1 }, 'EVENTS_TOO_OLD'],
    [{ expiredLogEventEndIndex: 1 }, 'EVENTS_TOO_OLD'],
  ])('does not take rejected events for published ones: %j', async (rejectedLogEventsInfo, code) => {
    answers = [jsonAnswer(200, { nextSequenceToken: '1', rejectedLogEventsInfo })];
    await open();
    await expect(sink.publish(checkpoint, pages(['{"a":1}']))).rejects.toMatchObject({ code });
  });

  test('makes a stream again that was deleted', async () => {
    answers = [jsonError('ResourceNotFoundException', 'The specified log stream does not exist.')];
    await open();
    await sink.publish(checkpoint, pages(['{"a":1}']));
    expect(aws.requests.map(({ operation }) => operation)).toEqual([
      'CreateLogStream',
      'PutLogEvents',
      'CreateLogStream',
      'PutLogEvents',
    ]);
  });

  test('says that the log group is missing', async () => {
    await aws.stop();
    aws = await FakeAws.start(() => jsonError('ResourceNotFoundException', 'The specified log group does not exist.'));
    sink = new CloudWatchSink({ logGroup: 'the/trail', region: 'us-east-1', endpoint: aws.endpoint, firstPause: 5 });
    await expect(open()).rejects.toMatchObject({ code: 'LOG_GROUP_MISSING' });
  });

  test('stops at once when another process may publish', async () => {
    const lost = new AbortController();
    answers = Array.from({ length: 100 }, () => jsonError('ThrottlingException', 'Rate exceeded'));
    await sink.open({ term: 7, trail, signal: lost.signal });
    const published = sink.publish(checkpoint, pages(['{"a":1}']));
    lost.abort();
    await expect(published).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('a batch', () => {
  const sizes = async (lines: string[]) => {
    const batches: (readonly string[])[] = [];
    for await (const batch of batchesOf(pages(lines))) batches.push(batch);
    expect(batches.flat()).toEqual(lines);
    return batches.map((batch) => ({
      events: batch.length,
      bytes: batch.reduce((sum, line) => sum + Buffer.byteLength(line) + batchLimits.bytesPerEvent, 0),
    }));
  };

  test('has at most 1,048,576 bytes of UTF-8, 26 for each event among them', async () => {
    // 1,024 bytes each with its share: 1,024 of them fill a batch to the byte.
    const lines = Array.from({ length: 1_025 }, () => `${'é'.repeat(498)}ab`);
    expect(await sizes(lines)).toEqual([
      { events: 1_024, bytes: 1_048_576 },
      { events: 1, bytes: 1_024 },
    ]);
  });

  test('has at most 10,000 events', async () => {
    const found = await sizes(Array.from({ length: 10_001 }, () => '{}'));
    expect(found.map(({ events }) => events)).toEqual([10_000, 1]);
  });
});
