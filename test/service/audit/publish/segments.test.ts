import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyDirectory } from '@healthcare-ai/audit-trail/export/verify-directory';
import { parseCheckpoint } from '@healthcare-ai/audit-trail/format/checkpoint';
import { FilesSink } from '../../../../service/src/audit/publish/files-sink.ts';
import { Publisher } from '../../../../service/src/audit/publish/publisher.ts';
import type { Sink } from '../../../../service/src/audit/publish/sink.ts';
import { restoreTrail } from '../../../../service/src/audit/restore/restore.ts';
import { directorySource } from '../../../../service/src/audit/restore/source/source.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { isSwitched, recordSwitch } from '../../../../service/src/database/stored-forms.ts';
import { eventually } from '../../../support/eventually.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { linesOf, newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const signer = newSigner();
const metrics = { report() {} };

describeWithPostgres()('a sink whose checkpoints were published as lines, after the switch to segments', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  let folder: string;
  let sealer: Sealer;
  let writer: Writer;
  let running: Publisher[];
  const { log, lines, events } = recordingLog();

  const publish = (sink: Sink = new FilesSink({ folder })) => {
    const publisher = new Publisher({
      database,
      sinks: [sink],
      log,
      metrics,
      candidacy: 50,
      poll: 20,
      longestPause: 100,
    });
    running.push(publisher);
    publisher.start();
    return publisher;
  };
  const sealed = async (count: number) => {
    await writer.write(count);
    expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
  };
  const position = async () =>
    (
      await database.query({
        text: `SELECT number::int, segments_from::int AS "from", backfilled::int, backfilled_at IS NOT NULL AS done
               FROM audit_publications WHERE sink = 'files'`,
      })
    ).rows[0] as { number: number; from: number | null; backfilled: number | null; done: boolean } | undefined;
  const until = (what: string, condition: () => boolean | Promise<boolean>) =>
    eventually(() => `${what}; ${JSON.stringify(lines.slice(-3))}`, condition, 20);
  const publishedTo = (number: number) =>
    until(`checkpoint ${number}`, async () => (await position())?.number === number);
  const complete = () => until('all segments', async () => (await position())?.done === true);
  const trailFolder = () => join(folder, 'segments', readdirSync(join(folder, 'segments'))[0]!);
  const segments = () => readdirSync(trailFolder()).sort();
  const verify = (directory = folder) => verifyDirectory({ directory, keys: [signer.publicKey], now: new Date() });

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(() => server?.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-segments-'));
    sealer = new Sealer({ database, signers: [signer], stage: 'test', log, metrics });
    writer = new Writer(database);
    running = [];
    lines.length = 0;
    publish();
    for (const count of [3, 700, 2]) await sealed(count);
    await publishedTo(3);
  });
  afterEach(async () => {
    await Promise.all(running.map((publisher) => publisher.stop(5_000)));
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('[164.312(c)(1)] gets a segment with each new checkpoint, and those of the older ones from the database', async () => {
    expect(await position()).toMatchObject({ from: null, done: false });
    await recordSwitch(database, 'audit-2');
    await sealed(4);
    await publishedTo(4);
    await complete();

    expect(segments()).toEqual([1, 2, 3, 4].map((number) => `${String(number).padStart(12, '0')}.jsonl`));
    const [record, ...texts] = readFileSync(join(trailFolder(), segments()[1]!), 'utf8').trimEnd().split('\n');
    expect(parseCheckpoint(record!).statement).toMatchObject({ number: 2, events: 700 });
    expect(texts).toEqual(linesOf(folder, 'events').slice(3, 703));
    // The form of 0.1.0 is no longer written; the record is beside its segment.
    expect(linesOf(folder, 'events')).toHaveLength(705);
    expect(linesOf(folder, 'checkpoints')).toHaveLength(4);
    expect(events()).toContain('audit_segments_complete');
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 4, events: 709, duplicates: 3 + 1 });
  });

  test('the segments alone are the trail: for verification, and for a database that was set back', async () => {
    await recordSwitch(database, 'audit-2');
    await sealed(4);
    await publishedTo(4);
    await complete();
    await Promise.all(running.map((publisher) => publisher.stop(5_000)));
    for (const name of readdirSync(folder)) if (/^(events|checkpoints)-/.test(name)) rmSync(join(folder, name));
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 4, events: 709, duplicates: 0 });

    const empty = await newDatabase(server);
    try {
      const keys = [signer.publicKey];
      const source = directorySource(folder);
      const restored = await restoreTrail({ database: empty, source, keys, published: ['files'], now: new Date() });
      expect(restored).toMatchObject({ first: 1, last: 4, events: 709 });
      expect(await verifyDatabase(empty, [signer])).toMatchObject({ ok: true, checkpoints: 4 });
      expect(await isSwitched(empty, 'audit-2')).toBe(true);
    } finally {
      await empty.close();
    }
  });

  test('is read in both forms while older segments are missing: a backfill that fails holds up nothing', async () => {
    await Promise.all(running.map((publisher) => publisher.stop(5_000)));
    await recordSwitch(database, 'audit-2');
    const sink = new FilesSink({ folder });
    const put = sink.putSegment.bind(sink);
    let broken = true;
    sink.putSegment = (checkpoint, texts) => {
      if (broken && checkpoint.statement.number === 2) return Promise.reject(new Error('the disk is full'));
      return put(checkpoint, texts);
    };
    publish(sink);
    await until('a failure', () => events().includes('audit_backfill_failed'));
    await sealed(5);
    await publishedTo(4);
    expect(segments().map((name) => Number(name.slice(0, 12)))).toEqual([1, 4]);
    const report = await verify();
    expect(report).toMatchObject({ ok: true, checkpoints: 4, events: 710 });
    expect(report.notes.join()).toContain('segments begin at checkpoint 4');

    broken = false;
    await complete();
    expect(segments()).toHaveLength(4);
    expect(await verify()).toMatchObject({ ok: true, checkpoints: 4, events: 710 });
  });

  test('another process continues where the last one stopped, and a switch between two leaders leaves no gap', async () => {
    await Promise.all(running.map((publisher) => publisher.stop(5_000)));
    await sealed(6);
    await recordSwitch(database, 'audit-2');
    publish();
    await publishedTo(4);
    expect(await position()).toMatchObject({ from: 4 });
    await complete();
    const names = segments();
    publish();
    await sealed(1);
    await publishedTo(5);
    expect(await position()).toMatchObject({ from: 4, backfilled: 3, done: true });
    expect(segments()).toEqual([...names, '000000000005.jsonl']);
  });

  test('[164.312(c)(1)] events that were changed in the database since do not become a segment', async () => {
    await database.execute(`ALTER TABLE audit_events DISABLE TRIGGER ALL;
      UPDATE audit_events SET event = replace(event, 'note.create', 'note.delete') WHERE seq = 5;
      ALTER TABLE audit_events ENABLE TRIGGER ALL`);
    await recordSwitch(database, 'audit-2');
    await until('a failure', () => events().includes('audit_backfill_failed'));
    expect(lines.find(({ event }) => event === 'audit_backfill_failed')!.fields).toMatchObject({
      error_code: 'BACKFILL_MISMATCH',
    });
    expect(segments()).toEqual(['000000000001.jsonl']);
  });
});
