import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chain } from '@healthcare-ai/audit-trail/format/chain';
import type { Checkpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import { SegmentBuilder } from '@healthcare-ai/audit-trail/format/segment-builder';
import { FilesSink } from '../../../../service/src/audit/publish/files-sink.ts';
import { pages } from '../../support/fake-aws.ts';
import { linesOf, newSigner, verifyFolder } from '../../support/sealed-trail.ts';

const trail = '0b9f0c6e-6c2c-4d8e-9d5a-111111111111';
const signer = newSigner();

/** A checkpoint and the lines of its events. */
interface Part {
  readonly checkpoint: Checkpoint;
  readonly lines: readonly string[];
}

async function makeParts(sizes: readonly number[]): Promise<Part[]> {
  const chain = new Chain();
  const parts: Part[] = [];
  let position: { seq: number; hash: string } | undefined;
  for (const size of sizes) {
    const drafts = Array.from({ length: size }, (_, index) => ({
      action: chain.seq === 0 && index === 0 ? ('chain.start' as const) : ('note.create' as const),
      outcome: 'success' as const,
      recordedAt: new Date().toISOString(),
    }));
    const lines = chain.append(drafts).map(({ text }) => text);
    chain.commit();
    const builder = new SegmentBuilder(chain.id, position);
    for (const line of lines) builder.add(line);
    const segment = builder.segment();
    position = { seq: segment.to, hash: segment.head };
    const previous = parts.at(-1)?.checkpoint;
    const origin = previous ? undefined : `test/${trail}`;
    parts.push({
      lines,
      checkpoint: await makeCheckpoint({ previous, origin, segments: [segment], signer, now: new Date() }),
    });
  }
  return parts;
}

describe('the files sink', () => {
  let folder: string;
  let parts: Part[];
  const opened: FilesSink[] = [];
  const open = async (rollAt?: number) => {
    const sink = new FilesSink({ folder, rollAt });
    await sink.open({ term: 1, trail, signal: new AbortController().signal });
    opened.push(sink);
    return sink;
  };
  const publish = (sink: FilesSink, { checkpoint, lines }: Part) => sink.publish(checkpoint, pages(lines));
  const path = (kind: string, number = 1) => join(folder, `${kind}-${String(number).padStart(10, '0')}.jsonl`);

  beforeAll(async () => {
    parts = await makeParts([3, 5, 1, 40]);
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-files-'));
  });
  afterEach(async () => {
    for (const sink of opened.splice(0)) await sink.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('holds every event, then the record over it, line by line', async () => {
    const sink = await open();
    for (const part of parts) await publish(sink, part);
    expect(linesOf(folder, 'events')).toEqual(parts.flatMap(({ lines }) => lines));
    expect(linesOf(folder, 'checkpoints')).toEqual(parts.map(({ checkpoint }) => checkpoint.record));
    expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, checkpoints: 4, events: 49, duplicates: 0 });
  });

  test('begins new files by size, named by their first checkpoint', async () => {
    const sink = await open(600);
    for (const part of parts) await publish(sink, part);
    expect(readdirSync(folder).sort()).toEqual([
      'checkpoints-0000000001.jsonl',
      'checkpoints-0000000002.jsonl',
      'checkpoints-0000000003.jsonl',
      'events-0000000001.jsonl',
      'events-0000000002.jsonl',
      'events-0000000003.jsonl',
      'lock',
      'lock.db',
    ]);
    expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, checkpoints: 4, events: 49 });
  });

  test.each(['events', 'checkpoints'])(
    'cuts back what a crash left of a line of %s, wherever it was cut',
    async (kind) => {
      const whole = await open();
      await publish(whole, parts[0]!);
      await publish(whole, parts[1]!);
      await whole.close();
      const [file, other] = [path(kind), path(kind === 'events' ? 'checkpoints' : 'events')];
      const [bytes, others] = [readFileSync(file), readFileSync(other)];
      const start = bytes.lastIndexOf('\n', bytes.length - 2) + 1;
      for (const cut of [start + 1, start + 60, bytes.length - 1]) {
        writeFileSync(file, bytes);
        truncateSync(file, cut);
        // The record is written last: where an event is cut, it is not there yet.
        const records = linesOf(folder, 'checkpoints').length;
        writeFileSync(other, kind === 'events' ? others.subarray(0, others.indexOf('\n') + 1) : others);
        const sink = await open();
        for (const part of parts.slice(kind === 'events' ? 1 : records)) await publish(sink, part);
        await sink.close();
        expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, checkpoints: 4, events: 49 });
        for (const one of ['events', 'checkpoints'] as const) {
          for (const line of linesOf(folder, one)) expect(() => JSON.parse(line)).not.toThrow();
        }
        writeFileSync(other, others);
      }
    },
  );

  test('takes what it holds already for published, and names a fork', async () => {
    const first = await open();
    for (const part of parts.slice(0, 3)) await publish(first, part);
    await first.close();
    const again = await open();
    for (const part of parts) await publish(again, part);
    expect(linesOf(folder, 'events')).toHaveLength(49);

    const [other] = await makeParts([2]);
    await expect(publish(again, other!)).rejects.toMatchObject({ name: 'ForkError', code: 'FORK' });
    expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, events: 49 });
  });

  test('continues where a crash came between the two new files', async () => {
    const sink = await open(600);
    for (const part of parts.slice(0, 2)) await publish(sink, part);
    await sink.close();
    rmSync(path('checkpoints', 2));
    appendFileSync(path('events', 2), '{"torn');
    const next = await open(600);
    for (const part of parts.slice(1)) await publish(next, part);
    expect(verifyFolder(folder, [signer])).toMatchObject({ ok: true, checkpoints: 4, events: 49 });
  });

  test('writes nothing more once another process may publish', async () => {
    const lost = new AbortController();
    const sink = new FilesSink({ folder });
    opened.push(sink);
    await sink.open({ term: 1, trail, signal: lost.signal });
    await publish(sink, parts[0]!);
    lost.abort();
    await expect(publish(sink, parts[1]!)).rejects.toThrow();
    expect(linesOf(folder, 'events')).toEqual(parts[0]!.lines);
  });
});
