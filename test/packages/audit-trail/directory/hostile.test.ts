import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { buildTrail, type Trail } from '../support/build-trail.ts';
import { Exports, mendManifest } from '../support/export-trail.ts';

const exports = new Exports();
let trail: Trail;
let directory: string;

beforeAll(async () => {
  trail = await buildTrail({ seed: 31, events: 30, checkpoints: 3, writers: 2 });
});
beforeEach(async () => {
  directory = await exports.write(trail);
});
afterEach(() => exports.remove());

const verify = () =>
  verifyDirectory({ directory, keys: trail.signers.map(({ publicKey }) => publicKey), now: trail.end });
const path = (name: string) => join(directory, name);
const editLine = (name: string, line: number, change: (text: string) => string) => {
  const lines = readFileSync(path(name), 'utf8').split('\n');
  lines[line - 1] = change(lines[line - 1]!);
  writeFileSync(path(name), lines.join('\n'));
  mendManifest(directory);
};

/** JSON that a parser reads and a recursion does not, and numbers that JSON has no form for. */
const strange: readonly (readonly [string, string])[] = [
  ['200,000 arrays in one another', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ['objects in one another', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['a number beyond all numbers', '1e999'],
  ['a negative zero', '-0'],
];

describe('a hostile export', () => {
  test.each(strange)('with %s in an event is a fault of that event', async (_, value) => {
    editLine('events.jsonl', 3, (text) => text.replace(',"outcome"', `,"odd":${value},"outcome"`));
    expect(await verify()).toMatchObject({ ok: false, fault: { file: 'events.jsonl', line: 3 } });
  });

  test.each(strange)('with %s in a checkpoint is a fault of that checkpoint', async (_, value) => {
    editLine('checkpoints.jsonl', 2, (text) => text.replace('"heads":[', `"heads":[${value},`));
    expect(await verify()).toMatchObject({ ok: false, fault: { kind: 'checkpoint', checkpoint: 2 } });
  });

  test.each(strange)('with %s in its manifest is a fault of the manifest', async (_, value) => {
    writeFileSync(path('manifest.json'), `{"checkpoints":${value}}\n`);
    expect(await verify()).toMatchObject({ ok: false, fault: { kind: 'file', file: 'manifest.json' } });
  });

  test.each(strange)('with %s in an event that nothing covers is a fault', async (_, value) => {
    const verifier = new TrailVerifier({ keys: [], now: trail.end });
    verifier.unproven(trail.published[0]!.events[0]!.replace(',"outcome"', `,"odd":${value},"outcome"`), 'x', 1);
    expect(verifier.finish().ok).toBe(false);
  });

  test('with a manifest of a terabyte is a fault, and not read', async () => {
    truncateSync(path('manifest.json'), 2 ** 40);
    expect((await verify()).fault).toMatchObject({ kind: 'file', file: 'manifest.json' });
  });

  test('without its manifest is not taken for a directory that the service publishes to', async () => {
    rmSync(path('manifest.json'));
    expect((await verify()).fault).toEqual({ kind: 'file', file: 'manifest.json', message: 'is missing' });
    for (const name of ['events.jsonl', 'checkpoints.jsonl']) {
      renameSync(path(name), path(name.replace('.', '-0000000001.')));
    }
    // The other forms of the events lie there still, and nobody would look at them.
    expect((await verify()).fault).toMatchObject({ file: 'manifest.json' });
    renameSync(path('events.csv'), path('MANIFEST.JSON'));
    rmSync(path('audit-events.ndjson'));
    expect(await verify()).toMatchObject({ ok: true, notes: [expect.stringContaining('not an export')] });
  });

  test.each(['\u001b[2J\u001b[31mThe trail is whole.', 'a\nThe trail is whole.', 'a\u009b2J', 'a\u202eb', 'a\u2028b'])(
    'with a file called %j cannot write to the terminal or begin a line',
    async (name) => {
      writeFileSync(path(name), '');
      const { fault } = await verify();
      expect(describeFault(fault!)).toMatch(/^[\x20-\x7e\u00b7]+ is no part of the export$/);
    },
  );

  test('with a line that is no event in what is unproven is a fault of that line', async () => {
    directory = await exports.write(
      await buildTrail({ seed: 31, events: 30, checkpoints: 3, writers: 2, unproven: 6 }),
    );
    editLine('unproven.jsonl', 4, () => 'nonsense');
    const { fault } = await verify();
    expect(describeFault(fault!)).toBe('line 4 of unproven.jsonl is not JSON');
  });

  test('with a file for what is unproven, and nothing in it, is a fault of that file', async () => {
    writeFileSync(path('unproven.jsonl'), '');
    mendManifest(directory, ({ files }) =>
      files.push({ name: 'unproven.jsonl', bytes: 0, sha256: hash('sha256', '') }),
    );
    expect((await verify()).fault).toMatchObject({ kind: 'file', file: 'unproven.jsonl' });
  });

  test('with a folder in place of a file is a fault of that file', async () => {
    rmSync(path('events.jsonl'));
    mkdirSync(path('events.jsonl'));
    expect((await verify()).fault).toMatchObject({ kind: 'file', file: 'events.jsonl' });
  });
});
