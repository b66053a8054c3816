import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoTrailError, verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { beginOfSegments, segmentOf, segmentPath } from '@healthcare-ai/audit-trail/segments/segment-store';
import { buildTrail, type Trail } from '../support/build-trail.ts';
import { Exports } from '../support/export-trail.ts';

const exports = new Exports();
let trail: Trail;
let directory: string;
let uuid: string;

/** As the service's sink lays it down, or a copy of the bucket. */
beforeEach(async () => {
  trail = await buildTrail({ seed: 31, events: 120, checkpoints: 6, writers: 3, rotation: 0.2 });
  uuid = trail.origin.split('/')[1]!;
  directory = exports.folder();
  writeSegments(trail);
});
afterEach(() => exports.remove());

function writeSegments({ origin, published }: Trail): void {
  for (const { events, checkpoint } of published) {
    const path = join(directory, segmentPath(origin.split('/')[1]!, checkpoint.statement.number));
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, segmentOf(checkpoint.record, events.join('\n')));
  }
}

const verify = (origin?: string) =>
  verifyDirectory({ directory, keys: [trail.signers[0]!.publicKey], now: trail.end, origin });
const pathOf = (number: number) => join(directory, segmentPath(uuid, number));
const change = (number: number, how: (text: string) => string) =>
  writeFileSync(pathOf(number), how(readFileSync(pathOf(number), 'utf8')));

describe('[164.312(c)(1)] a directory of segments', () => {
  test('is verified', async () => {
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 6, trusted: { number: 6 }, duplicates: 0 });
  });

  test('an event that was changed is named, with its segment and line', async () => {
    change(3, (text) => text.replace('"source":"10.', '"source":"11.'));
    const { fault } = await verify();
    expect(fault).toMatchObject({ kind: 'event', checkpoint: 3, file: segmentPath(uuid, 3), line: expect.any(Number) });
  });

  test.each([
    [
      'an event that is missing',
      (text: string) => text.replace(/\n[^\n]*\n/, '\n'),
      /missing|does not follow|not the one/,
    ],
    [
      'an event more',
      (text: string) => text + text.split('\n')[1]!.replace(/"seq":\d+/, '"seq":9999'),
      /stands before|missing/,
    ],
    ['a line that is cut off', (text: string) => text.slice(0, -20), /JSON|canonical|missing/],
    ['a checkpoint that is missing', (text: string) => text.slice(text.indexOf('\n') + 1), /missing/],
  ])('%s is found', async (_, how, message) => {
    change(4, how);
    const { ok, fault } = await verify();
    expect(ok).toBe(false);
    expect(fault?.message).toMatch(message);
  });

  test('a segment that is missing, or replaces another, is a gap', async () => {
    writeFileSync(pathOf(4), readFileSync(pathOf(3)));
    expect((await verify()).fault).toMatchObject({ kind: 'checkpoint', checkpoint: 4, message: 'is missing' });
    rmSync(pathOf(4));
    // Without lines of the older ones, the trail begins at 5: nothing explains that.
    expect((await verify()).fault).toMatchObject({ kind: 'checkpoint', checkpoint: 4 });
  });

  test('a separate record with other content is a fault; so is one without a segment', async () => {
    const records = trail.published.map(({ checkpoint }) => checkpoint.record);
    const file = join(directory, 'checkpoints-0000000001.jsonl');
    writeFileSync(file, `${records.join('\n')}\n`);
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 6, duplicates: 6 });
    rmSync(pathOf(6));
    expect((await verify()).fault).toMatchObject({ kind: 'event', checkpoint: 6, message: 'is missing' });
    rmSync(file);
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 5 });
    writeFileSync(file, `${records[1]!.replace('"chains":', '"chains":1')}\n`);
    expect((await verify()).ok).toBe(false);
  });

  test('of two trails is verified by the one that is named', async () => {
    writeSegments(await buildTrail({ seed: 32, events: 20, checkpoints: 2, writers: 1 }));
    await expect(verify()).rejects.toThrow(NoTrailError);
    expect(await verify(trail.origin)).toMatchObject({ ok: true, checkpoints: 6 });
  });

  test.each([
    [[], undefined],
    [[4], 4],
    [[1, 2, 3], 1],
    [[1, 2, 5, 6], 5],
    [[1, 3], 3],
  ])('of %j go on without a gap from %j', (numbers, begin) => expect(beginOfSegments(numbers)).toBe(begin));
});
