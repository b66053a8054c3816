import { appendFileSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { writeExport } from '@healthcare-ai/audit-trail/export/write-export';
import { describeFault } from '@healthcare-ai/audit-trail/verify/fault';
import type { TrailReport } from '@healthcare-ai/audit-trail/verify/report';
import { buildTrail, type Trail } from '../support/build-trail.ts';
import { changesTried } from '../support/changes-tried.ts';
import { Exports, mendManifest } from '../support/export-trail.ts';
import { Random } from '../support/random.ts';

const exports = new Exports();
let trail: Trail;
let directory: string;

beforeEach(async () => {
  trail = await buildTrail({ seed: 11, events: 120, checkpoints: 5, writers: 3, unproven: 6, rotation: 0.3 });
  directory = await exports.write(trail);
});
afterEach(() => exports.remove());

const verify = (): Promise<TrailReport> =>
  verifyDirectory({ directory, keys: [trail.signers[0]!.publicKey], now: trail.end });

const path = (name: string) => join(directory, name);
const read = (name: string) => readFileSync(path(name), 'utf8');
const edit = (name: string, change: (text: string) => string) => writeFileSync(path(name), change(read(name)));
const editLines = (name: string, change: (lines: string[]) => string[]) =>
  edit(name, (text) => `${change(text.split('\n').slice(0, -1)).join('\n')}\n`);

describe('an export', () => {
  test('[164.312(c)(2)] is verified from its files and the public key alone', async () => {
    const report = await verify();
    expect(report.fault).toBeUndefined();
    expect(report).toMatchObject({ ok: true, checkpoints: 5, unproven: { events: 6 } });
    expect(report.events).toBe(trail.published.flatMap(({ events }) => events).length);
  });

  test('reports its progress to the byte', async () => {
    let bytes = 0;
    await verifyDirectory({ directory, keys: [], now: trail.end, onProgress: (more) => (bytes += more) });
    const files = ['events.jsonl', 'checkpoints.jsonl', 'unproven.jsonl'];
    // Without a key it is read, but nothing is trusted.
    expect(bytes).toBe(files.reduce((sum, name) => sum + Buffer.byteLength(read(name)), 0));
  });

  test('is written into an empty directory only', async () => {
    const items = (async function* () {})();
    await expect(writeExport({ directory, items })).rejects.toThrow(/is not empty/);
    await expect(writeExport({ directory: exports.folder(), items })).rejects.toThrow(/no checkpoint/);
  });

  test('continues from the export before it, once its last checkpoint is named', async () => {
    const [before, after] = [trail.published.slice(0, 2), trail.published.slice(2)];
    directory = await exports.write({ ...trail, published: after });
    expect((await verify()).fault).toMatchObject({ kind: 'checkpoint', checkpoint: 2 });
    const { statement, hash } = before.at(-1)!.checkpoint;
    const keys = trail.signers.map(({ publicKey }) => publicKey);
    const trusted = { number: statement.number, hash };
    expect(await verifyDirectory({ directory, keys, trusted, now: trail.end })).toMatchObject({ ok: true, begins: 3 });
  });
});

type Change = () => void;

const changes: readonly (readonly [string, Change, RegExp])[] = [
  ['an event edited', () => edit('events.jsonl', (text) => text.replace('"10.0', '"11.0')), /^event \d+ of chain/],
  ['an event deleted', () => editLines('events.jsonl', (lines) => lines.toSpliced(30, 1)), /^event \d+ of chain/],
  ['an event repeated', () => editLines('events.jsonl', (lines) => lines.toSpliced(30, 0, lines[29]!)), /repeats/],
  ['a record repeated', () => editLines('checkpoints.jsonl', (lines) => [lines[0]!, ...lines]), /repeats/],
  [
    'events after the last checkpoint',
    () => appendFileSync(path('events.jsonl'), read('unproven.jsonl')),
    /covered by no/,
  ],
  [
    'no line break at the end',
    () => edit('events.jsonl', (text) => text.slice(0, -1)),
    /does not end with a line break/,
  ],
  ['an empty line', () => edit('events.jsonl', (text) => `${text}\n`), /line \d+ of events.jsonl is empty/],
  ['an empty line at the start', () => edit('checkpoints.jsonl', (text) => `\n${text}`), /line 1 of checkpoints.jsonl/],
  ['CRLF', () => edit('events.jsonl', (text) => text.replaceAll('\n', '\r\n')), /not canonical/],
  ['a byte order mark', () => edit('events.jsonl', (text) => `\ufeff${text}`), /line 1/],
  ['trailing bytes', () => appendFileSync(path('checkpoints.jsonl'), '\0'), /does not end with a line break/],
  ['a file cut', () => truncateSync(path('events.jsonl'), 10_000), /line break|missing/],
  ['an empty file', () => truncateSync(path('events.jsonl'), 0), /is missing/],
  ['no checkpoints', () => truncateSync(path('checkpoints.jsonl'), 0), /no checkpoint|covered by no/],
  [
    'files exchanged',
    () => {
      renameSync(path('events.jsonl'), path('x'));
      renameSync(path('checkpoints.jsonl'), path('events.jsonl'));
      renameSync(path('x'), path('checkpoints.jsonl'));
    },
    /checkpoint 1/,
  ],
  [
    'an unproven event edited',
    () => editLines('unproven.jsonl', ([first, ...rest]) => [first!.replace('"seq"', '"seq" '), ...rest]),
    /unproven.jsonl/,
  ],
  ['a line of the CSV edited', () => edit('events.csv', (text) => text.replace('note.', 'mote.')), /events.csv/],
  [
    'a line of the CSV deleted',
    () => editLines('events.csv', (lines) => lines.toSpliced(3, 1)),
    /line 4 of events.csv/,
  ],
  ['a line added to the CSV', () => appendFileSync(path('events.csv'), 'x\r\n'), /events.csv stands for no event/],
  ['the CSV cut', () => editLines('events.csv', (lines) => lines.slice(0, -1)), /events.csv ends before/],
  [
    'a resource of FHIR edited',
    () => edit('audit-events.ndjson', (text) => text.replace('"0"', '"8"')),
    /audit-events/,
  ],
];

describe('an export that was tampered with', () => {
  test.each(changes)('names what is bad: %s', async (_, change, message) => {
    change();
    const { ok, fault } = await verify();
    expect({ ok, named: describeFault(fault!) }).toEqual({ ok: false, named: expect.stringMatching(message) });
  });

  test.each(changes)('names it though the manifest was edited to match: %s', async (_, change, message) => {
    change();
    mendManifest(directory);
    const { ok, fault } = await verify();
    expect({ ok, named: describeFault(fault!) }).toEqual({ ok: false, named: expect.stringMatching(message) });
  });

  test.each([
    ['a file more', () => writeFileSync(path('notes.txt'), 'hello'), /notes.txt is no part/],
    ['a directory more', () => renameSync(exports.folder(), path('more')), /more is not a regular file/],
    ['a hidden file', () => writeFileSync(path('.x'), ''), /.x is no part/],
    ['a public key in it', () => writeFileSync(path('public-key.pem'), ''), /public-key.pem is no part/],
    ['the CSV gone', () => rmSync(path('events.csv')), /events.csv is missing/],
    ['the events gone', () => rmSync(path('events.jsonl')), /events.jsonl is missing/],
    ['the unproven events gone', () => rmSync(path('unproven.jsonl')), /unproven.jsonl is missing/],
    [
      'a link in place of a file',
      () => {
        renameSync(path('events.csv'), join(directory, '..', 'events.csv'));
        symlinkSync('../events.csv', path('events.csv'));
      },
      /events.csv is not a regular file/,
    ],
    [
      'another origin in the manifest',
      () =>
        mendManifest(directory, (m) => {
          m.origin = m.origin.replace('test', 'prod');
        }),
      /wrong origin/,
    ],
    [
      'another count in the manifest',
      () =>
        mendManifest(directory, (m) => {
          m.events -= 1;
        }),
      /wrong number of events/,
    ],
    [
      'another range in the manifest',
      () =>
        mendManifest(directory, (m) => {
          m.checkpoints.last += 1;
        }),
      /wrong last checkpoint/,
    ],
    ['a manifest in another form', () => edit('manifest.json', (text) => `${text}\n`), /manifest.json/],
    [
      'a manifest with a byte order mark',
      () => edit('manifest.json', (text) => `\ufeff${text}`),
      /manifest.json is not JSON/,
    ],
    [
      'a manifest that lists a path',
      () =>
        mendManifest(directory, (m) => {
          m.files[0]!.name = '../x';
        }),
      /manifest.json/,
    ],
    ['a manifest that is none', () => writeFileSync(path('manifest.json'), 'null\n'), /manifest.json is not an object/],
  ] as const)('names the file: %s', async (_, change, message) => {
    change();
    const { ok, fault } = await verify();
    expect({ ok, named: describeFault(fault!) }).toEqual({ ok: false, named: expect.stringMatching(message) });
  });

  test('does not pass with any byte of any file flipped, dropped or added', async () => {
    const random = new Random(20);
    const files = [
      'manifest.json',
      'events.jsonl',
      'checkpoints.jsonl',
      'unproven.jsonl',
      'events.csv',
      'audit-events.ndjson',
    ];
    for (let round = 0; round < changesTried / 20; round++) {
      const name = random.pick(files);
      const data = readFileSync(path(name));
      const at = random.below(data.length);
      const changed = random.pick([
        Buffer.concat([data.subarray(0, at), Buffer.of(data[at]! ^ (1 << random.below(8))), data.subarray(at + 1)]),
        Buffer.concat([data.subarray(0, at), data.subarray(at + 1)]),
        Buffer.concat([data.subarray(0, at), random.bytes(1), data.subarray(at)]),
      ]);
      writeFileSync(path(name), changed);
      const report = await verify();
      if (report.ok && !changed.equals(data)) throw new Error(`round ${round}: ${name} at ${at} passed`);
      writeFileSync(path(name), data);
    }
    expect((await verify()).ok).toBe(true);
  });
});
