import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trail } from '../../audit-trail/support/build-trail.ts';
import type { FakeTrail } from './fake-trail.ts';
import { PublishedTrail } from './published-trail.ts';

let stage: PublishedTrail;
let aws: FakeTrail;
let trail: Trail;
let uuid: string;
let stream: string;
let folder: string;

/** Five checkpoints, in the log group and in segments. The second publisher repeated what the first was not told of. */
beforeEach(async () => {
  stage = await PublishedTrail.start({ seed: 43 });
  ({ aws, trail, uuid, folder } = stage);
  aws.publicKey = trail.signers[0]!.publicKey;
  stage.addStream(1, stage.lines.slice(0, 40));
  stream = stage.addStream(2, stage.lines.slice(25));
  for (const { checkpoint, events } of trail.published) aws.keepSegment(uuid, checkpoint, events);
});
afterEach(() => stage.stop());

const segment = (number: number) => `audit/segments/${uuid}/${String(number).padStart(12, '0')}.jsonl`;
const run = (...args: string[]) => stage.run(...args, '--stage', 'dev');
const change = (how: (lines: string[]) => string[]) => aws.streams.set(stream, how([...aws.streams.get(stream)!]));
/** The position of an event of the last checkpoint in the second stream. */
const lateEvent = () => aws.streams.get(stream)!.indexOf(trail.published[4]!.events[2]!);

describe('audit verify --cloudwatch, where the bucket has segments', () => {
  test('[164.312(b)] compares the log group with them by count and hash', async () => {
    const { code, out, err } = await run('verify', '--cloudwatch');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(
      'compared with segments 1 to 5 of s3://audit-bucket: 5 checkpoints and 93 events are the same',
    );
  });

  test.each([
    [
      'missing',
      () => change((lines) => lines.toSpliced(lateEvent(), 1)),
      /event \d+ of chain .* \(under checkpoint 5\) is missing in the log group/,
    ],
    [
      'extra',
      () => change((lines) => lines.toSpliced(lateEvent(), 0, extra(lines[lateEvent()]!))),
      /event 999 of chain .* \(under checkpoint 5, .* line \d+\) is extra/,
    ],
    [
      'different',
      () => change((lines) => lines.with(lateEvent(), other(lines[lateEvent()]!))),
      /event \d+ of chain .* \(under checkpoint 5, .*\) is different/,
    ],
    [
      'missing at the end',
      () => change((lines) => lines.slice(0, -3)),
      /checkpoint 5 .*is missing in the log group: there is a segment/,
    ],
  ])('[164.312(c)(1)] names the first event that is %s', async (_, tamper, message) => {
    tamper();
    const { code, out, err } = await run('verify', '--cloudwatch');
    expect(code).toBe(1);
    expect(out + err).toMatch(message);
  });

  test('lines that are newer than the newest segment are counted, and are no difference', async () => {
    aws.objects.delete(segment(5));
    const { code, out } = await run('verify', '--cloudwatch');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/segments 1 to 4 .* are the same, \d+ lines are newer/),
    });
  });
});

describe('audit verify --published', () => {
  test('[164.312(c)(1)] reads the segments alone, and names what was changed in one', async () => {
    aws.streams.clear();
    const { code, out, err } = await run('verify', '--published');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/proven +93 events .* under 5 checkpoints/);
    aws.objects.set(segment(3), aws.objects.get(segment(3))!.replace('"source":"10.', '"source":"11.'));
    expect(await run('verify', '--published')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/under checkpoint 3.*segments/),
    });
  });

  test('reads the log group for what is older than the segments that have no gap', async () => {
    aws.objects.delete(segment(2));
    const { code, out } = await run('verify', '--published');
    expect(code).toBe(0);
    expect(out).toContain('segments 3 to 5');
    expect(out).toMatch(/proven +93 events .* under 5 checkpoints/);
  });

  test('a newest segment that is missing is found by the checkpoint beside it', async () => {
    aws.objects.delete(segment(5));
    expect(await run('verify', '--published')).toMatchObject({
      code: 1,
      err: expect.stringContaining('checkpoint 5 is missing'),
    });
  });

  test('of several trails takes the one that is named', async () => {
    const other = randomUUID();
    for (const { checkpoint, events } of trail.published) aws.keepSegment(other, checkpoint, events);
    expect(await run('verify', '--published')).toMatchObject({ code: 2, err: expect.stringContaining(`--trail: `) });
    expect(await run('verify', '--published', '--trail', uuid)).toMatchObject({ code: 0 });
    // What was put under the name of another trail is of this one.
    expect((await run('verify', '--published', '--trail', other)).code).toBe(1);
  });

  test('says what to read where there is none, and takes one source', async () => {
    for (let number = 1; number <= 5; number++) aws.objects.delete(segment(number));
    expect(await run('verify', '--published')).toMatchObject({ code: 1, err: expect.stringContaining('--cloudwatch') });
    for (const more of ['--cloudwatch', '--no-bucket']) {
      expect(await run('verify', '--published', more)).toMatchObject({ code: 2 });
    }
  });
});

test('audit export --published writes the segments as an export that verifies, with the columns of schema 2', async () => {
  const out = join(folder, 'export');
  expect(await run('export', '--published', '--out', out, '--format', 'csv')).toMatchObject({ code: 0, err: '' });
  const events = trail.published.flatMap((one) => one.events);
  expect(readFileSync(join(out, 'events.jsonl'), 'utf8')).toBe(events.map((line) => `${line}\n`).join(''));
  expect(readFileSync(join(out, 'events.csv'), 'utf8').split('\r\n')[0]).toContain(',purpose,recipient,version,hash');
});

const extra = (line: string): string => line.replace(/"seq":\d+/, '"seq":999');
const other = (line: string): string => line.replace('"status":200', '"status":201');
