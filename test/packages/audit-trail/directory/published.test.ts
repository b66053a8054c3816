import { appendFileSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NoTrailError, verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { buildTrail, type Trail } from '../support/build-trail.ts';
import { Exports } from '../support/export-trail.ts';

const exports = new Exports();
let trail: Trail;
let directory: string;

/** As the service's sink lays it down: new files from some checkpoints on. */
beforeEach(async () => {
  trail = await buildTrail({ seed: 21, events: 120, checkpoints: 6, writers: 3 });
  directory = exports.folder();
  for (const [index, { events, checkpoint }] of trail.published.entries()) {
    const first = String(index < 3 ? 1 : 4).padStart(10, '0');
    appendFileSync(join(directory, `events-${first}.jsonl`), `${events.join('\n')}\n`);
    appendFileSync(join(directory, `checkpoints-${first}.jsonl`), `${checkpoint.record}\n`);
  }
  writeFileSync(join(directory, '.lock'), '');
  mkdirSync(join(directory, 'other'));
});
afterEach(() => exports.remove());

const verify = () => verifyDirectory({ directory, keys: [trail.signers[0]!.publicKey], now: trail.end });
const events = () => join(directory, 'events-0000000004.jsonl');

describe('a directory that the service publishes to', () => {
  test('is verified across its files', async () => {
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 6, trusted: { number: 6 } });
  });

  test('is whole after a crash: a torn line and the events of a checkpoint that was not finished', async () => {
    const [next] = (await buildTrail({ seed: 21, events: 140, checkpoints: 7, writers: 3 })).published.slice(-1);
    appendFileSync(
      events(),
      trail.published[5]!.events.slice(0, 4)
        .map((text) => `${text}\n`)
        .join(''),
    );
    appendFileSync(join(directory, 'checkpoints-0000000004.jsonl'), next!.checkpoint.record.slice(0, 50));
    const report = await verify();
    expect(report).toMatchObject({ ok: true, checkpoints: 6, duplicates: 4 });
    expect(report.notes.join()).toContain('checkpoints-0000000004.jsonl is cut off');
  });

  test('is broken where a file was cut within what a checkpoint covers', async () => {
    truncateSync(events(), readFileSync(events()).length - 2_000);
    expect(await verify()).toMatchObject({ ok: false, fault: { kind: 'event', checkpoint: 6 } });
  });

  test('is whole while it is written to: what comes after the beginning is left for the next time', async () => {
    const { published, signers, end } = await buildTrail({ seed: 22, events: 700, checkpoints: 350, writers: 2 });
    directory = exports.folder();
    const append = ({ events, checkpoint }: Trail['published'][0]) => {
      appendFileSync(join(directory, 'events-0000000001.jsonl'), events.map((text) => `${text}\n`).join(''));
      appendFileSync(join(directory, 'checkpoints-0000000001.jsonl'), `${checkpoint.record}\n`);
    };
    published.slice(0, 340).forEach(append);
    const coming = published.slice(340);
    const report = await verifyDirectory({
      directory,
      keys: [signers[0]!.publicKey],
      now: end,
      onProgress: () => coming.splice(0, 5).forEach(append),
    });
    expect(coming).toEqual([]);
    expect(report).toMatchObject({ ok: true, checkpoints: 340, unproven: { events: 0 } });
  });

  test('is no trail when it is another directory', async () => {
    directory = join(directory, 'other');
    await expect(verify()).rejects.toThrow(NoTrailError);
    directory = join(directory, 'missing');
    await expect(verify()).rejects.toThrow(/ENOENT/);
  });
});
