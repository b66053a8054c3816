import { hash } from 'node:crypto';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import { eventText } from '@healthcare-ai/audit-trail/format/event';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import type { TrustOptions } from '@healthcare-ai/audit-trail/verify/trust';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { buildTrail, publishedLines, type Trail } from './support/build-trail.ts';
import { Random } from './support/random.ts';
import { randomSigner } from './support/signers.ts';

const shape = { seed: 5, events: 100, checkpoints: 5, writers: 3 };

const verify = (lines: readonly string[], trail: Trail, options: Partial<TrustOptions> = {}): TrailReport => {
  const verifier = new TrailVerifier({ keys: [trail.signers[0]!.publicKey], now: trail.end, ...options });
  for (const [index, line] of lines.entries()) verifier.line(line, 'trail', index + 1);
  return verifier.finish();
};

const newest = ({ published }: Trail) => published.at(-1)!.checkpoint;

describe('what no checkpoint covers', () => {
  test('is reported as unproven, by chain and range', async () => {
    const trail = await buildTrail({ ...shape, unproven: 12 });
    const { ok, events, unproven } = verify(publishedLines(trail), trail);
    expect({ ok, events }).toEqual({ ok: true, events: newest(trail).statement.total });
    expect(unproven.events).toBe(12);
    expect(unproven.ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)).toBe(12);
  });

  test('proves nothing more when it is edited: what is proven stays what it was', async () => {
    const trail = await buildTrail({ ...shape, unproven: 40 });
    const whole = verify(publishedLines(trail), trail);
    const random = new Random(1);
    for (let round = 0; round < 200; round++) {
      const unproven = [...trail.unproven];
      const at = random.below(unproven.length);
      if (random.chance(0.5)) unproven.splice(at, 1);
      else unproven[at] = unproven[at]!.replace('"outcome":"', '"outcome":"x');
      const report = verify(publishedLines({ ...trail, unproven }), trail);
      expect(report).toMatchObject({ events: whole.events, trusted: whole.trusted });
    }
  });

  test('is a fault all the same where a chain breaks in it', async () => {
    const trail = await buildTrail({ ...shape, unproven: 40 });
    const unproven = trail.unproven.toSpliced(1, 1);
    const { ok, fault } = verify(publishedLines({ ...trail, unproven }), trail);
    const gone = JSON.parse(trail.unproven[1]!);
    expect(ok).toBe(false);
    expect(fault).toMatchObject({ kind: 'event', chain: gone.chain, seq: gone.seq });
  });

  test('may be the whole end of a trail that was cut back: then it takes a checkpoint known from elsewhere', async () => {
    const trail = await buildTrail(shape);
    const lines = publishedLines({ published: trail.published.slice(0, 3), unproven: trail.published[3]!.events });
    expect(verify(lines, trail)).toMatchObject({ ok: true, unproven: { events: trail.published[3]!.events.length } });
    const trusted = { number: 5, hash: newest(trail).hash };
    expect(verify(lines, trail, { trusted }).fault).toMatchObject({ kind: 'checkpoint', checkpoint: 5 });
  });
});

describe('an event that is dated in the future', () => {
  test('is a fault where age matters: it would wait for its checkpoint forever and never be too old', async () => {
    const trail = await buildTrail({ ...shape, unproven: 3 });
    const chain = '11111111-2222-4333-8444-555555555555';
    const recordedAt = new Date(trail.end.getTime() + 6 * 60_000).toISOString();
    const event = eventText({ action: 'note.read', outcome: 'success', recordedAt }, chain, 1, genesisHash(chain));
    const lines = [...publishedLines(trail), event];
    expect(verify(lines, trail)).toMatchObject({ ok: true });
    const fault = { kind: 'event', chain, seq: 1, message: expect.stringContaining('in the future') };
    expect(verify(lines, trail, { maxAge: 3_600_000 })).toMatchObject({ ok: false, fault });
  });
});

describe('trust', () => {
  test('comes from no checkpoint that is only expected, but it must be there', async () => {
    const trail = await buildTrail(shape);
    const { hash: newestHash } = newest(trail);
    const lines = publishedLines(trail);
    const expected = { number: 5, hash: newestHash };
    expect(verify(lines, trail, { expected })).toMatchObject({ ok: true });
    expect(verify(lines, trail, { keys: [], expected })).toMatchObject({ ok: false, events: 0 });
    const others = [
      { number: 5, hash: hash('sha256', 'another') },
      { number: 6, hash: newestHash },
    ];
    for (const expected of others) {
      expect(verify(lines, trail, { expected })).toMatchObject({ ok: false, fault: { checkpoint: expected.number } });
    }
    // What continues from it has lost its beginning all the same.
    const rest = publishedLines({ published: trail.published.slice(2), unproven: [] });
    const second = { number: 2, hash: trail.published[1]!.checkpoint.hash };
    expect(verify(rest, trail, { trusted: second })).toMatchObject({ ok: true });
    expect(verify(rest, trail, { expected: second })).toMatchObject({ ok: false, fault: { checkpoint: 2 } });
  });

  test('in a checkpoint that is known from elsewhere is reported where none of the keys given signed it', async () => {
    const trail = await buildTrail(shape);
    const trusted = { number: 5, hash: newest(trail).hash };
    const other = randomSigner(new Random(77)).publicKey;
    const told = expect.arrayContaining([expect.stringMatching(/none of the keys given signed it/)]);
    expect(verify(publishedLines(trail), trail, { keys: [other], trusted })).toMatchObject({ ok: true, notes: told });
    expect(verify(publishedLines(trail), trail, { trusted }).notes).toEqual([]);
  });

  test('in a checkpoint that has expired since is told to be of no use', async () => {
    const trail = await buildTrail({ ...shape, expireThrough: 3 });
    const rest = publishedLines({ published: trail.published.slice(3), unproven: [] });
    const trusted = { number: 2, hash: hash('sha256', 'not even that of checkpoint 2') };
    const { ok, notes } = verify(rest, trail, { trusted });
    expect({ ok, notes }).toEqual({
      ok: true,
      notes: expect.arrayContaining([expect.stringMatching(/^checkpoint 2, .*not compared$/)]),
    });
  });

  test('is none without a key: nothing is proven, and that is a failure', async () => {
    const trail = await buildTrail(shape);
    expect(verify(publishedLines(trail), trail, { keys: [] })).toMatchObject({ ok: false, events: 0 });
  });

  test('is none in an empty trail', async () => {
    const trail = await buildTrail(shape);
    expect(verify([], trail)).toMatchObject({ ok: false, fault: { kind: 'trail' } });
    expect(verify(trail.published[0]!.events, trail)).toMatchObject({ ok: false, fault: { kind: 'trail' } });
  });

  test('comes from a checkpoint that is known from elsewhere as well as from a key', async () => {
    const trail = await buildTrail(shape);
    const trusted = { number: 5, hash: newest(trail).hash };
    expect(verify(publishedLines(trail), trail, { keys: [], trusted })).toMatchObject({ ok: true, checkpoints: 5 });
    const other = { number: 5, hash: hash('sha256', 'another') };
    expect(verify(publishedLines(trail), trail, { trusted: other })).toMatchObject({
      ok: false,
      fault: { checkpoint: 5 },
    });
  });

  test('ends with the newest checkpoint that a known key signed', async () => {
    const trail = await buildTrail(shape);
    const forger = randomSigner(new Random(9));
    const { statement } = newest(trail);
    const forged = await makeCheckpoint({
      previous: undefined,
      origin: trail.origin,
      segments: [],
      signer: forger,
      now: trail.end,
    });
    expect(forged.statement.key_id).not.toBe(statement.key_id);
    const { ok, fault, trusted } = verify([...publishedLines(trail), forged.record], trail);
    expect({ ok, trusted: trusted?.number }).toEqual({ ok: false, trusted: 5 });
    expect(fault).toMatchObject({ kind: 'checkpoint', checkpoint: 1 });
  });

  test('goes over to the key that the last checkpoint of the old one names, and never back', async () => {
    const trail = await buildTrail({ ...shape, rotation: 1 });
    expect(new Set(trail.published.map(({ checkpoint }) => checkpoint.statement.key_id)).size).toBe(5);
    expect(verify(publishedLines(trail), trail)).toMatchObject({ ok: true, checkpoints: 5 });
    // The old key signs once more, after it gave way: what one does who stole it.
    const previous = trail.published[1]!.checkpoint;
    const { next_key: _, ...statement } = previous.statement;
    const stolen = await makeCheckpoint({
      previous: { ...previous, statement },
      segments: [],
      signer: trail.signers[1]!,
      now: trail.end,
    });
    const lines = publishedLines({ published: trail.published.slice(0, 2), unproven: [stolen.record] });
    expect(verify(lines, trail).fault).toMatchObject({ kind: 'checkpoint', checkpoint: 3 });
  });

  test('is for one trail: that of another origin is refused though the same key signed it', async () => {
    const trail = await buildTrail(shape);
    const other = await buildTrail({ ...shape, seed: 6, signer: trail.signers[0] });
    expect(verify(publishedLines(other), trail)).toMatchObject({ ok: true });
    expect(verify(publishedLines(other), trail, { origin: trail.origin })).toMatchObject({ ok: false });
  });
});

describe('the age of a trail', () => {
  const minute = 60_000;

  test('fails when its newest trusted checkpoint is older than it may be', async () => {
    const trail = await buildTrail(shape);
    const now = new Date(trail.end.getTime() + 10 * minute);
    expect(verify(publishedLines(trail), trail, { now, maxAge: 11 * minute }).ok).toBe(true);
    expect(verify(publishedLines(trail), trail, { now, maxAge: 9 * minute }).fault).toMatchObject({ checkpoint: 5 });
  });

  test('fails when it was made in the future', async () => {
    const trail = await buildTrail(shape);
    const at = (minutes: number) => ({ now: new Date(trail.end.getTime() - minutes * minute) });
    expect(verify(publishedLines(trail), trail, at(4)).ok).toBe(true);
    expect(verify(publishedLines(trail), trail, at(6)).fault).toMatchObject({ checkpoint: 5 });
  });
});

describe('a trail without its beginning', () => {
  test('is whole when a later tombstone says that it expired', async () => {
    const trail = await buildTrail({ ...shape, expireThrough: 3 });
    const lines = publishedLines({ published: trail.published.slice(3), unproven: [] });
    expect(verify(lines, trail)).toMatchObject({ ok: true, begins: 4, checkpoints: 3 });
  });

  test.each([1, 2, 4])('is not when the tombstone speaks of another checkpoint than %d', async (through) => {
    const trail = await buildTrail({ ...shape, expireThrough: 3 });
    const lines = publishedLines({ published: trail.published.slice(through), unproven: [] });
    expect(verify(lines, trail).fault).toMatchObject({ kind: 'checkpoint', checkpoint: through });
  });

  test('says how to continue from what was verified elsewhere', async () => {
    const trail = await buildTrail(shape);
    const lines = publishedLines({ published: trail.published.slice(2), unproven: [] });
    const { fault } = verify(lines, trail);
    const before = trail.published[1]!.checkpoint;
    expect(describeFault(fault!)).toContain(`--trusted 2:${before.hash}`);
    expect(verify(lines, trail, { trusted: { number: 2, hash: before.hash } })).toMatchObject({ ok: true, begins: 3 });
    const other = { number: 2, hash: newest(trail).hash };
    expect(verify(lines, trail, { trusted: other }).ok).toBe(false);
  });
});

describe('an event that comes again', () => {
  test('is recognised long after it was sealed', async () => {
    const trail = await buildTrail({ ...shape, events: 3_000 });
    const first = trail.published[0]!.events.slice(0, 100);
    const report = verify([...publishedLines(trail), ...first], trail);
    expect(report).toMatchObject({ ok: true, duplicates: 100 });
  });

  test('is a fault when it is another', async () => {
    const trail = await buildTrail(shape);
    const first = trail.published[0]!.events[0]!;
    const { chain, seq } = JSON.parse(first);
    const other = first.replace('"outcome":"success"', '"outcome":"failure"');
    expect(verify([...publishedLines(trail), other], trail).fault).toMatchObject({ chain, seq });
  });
});
