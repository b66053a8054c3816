import { setTimeout as sleep } from 'node:timers/promises';
import { TrailVerifier } from '@healthcare-ai/audit-trail/verify/verifier';
import { measureLag } from '../../../../service/src/audit/publish/lag.ts';
import { acknowledge, FencedError, takeOver } from '../../../../service/src/audit/publish/outbox.ts';
import { Publisher } from '../../../../service/src/audit/publish/publisher.ts';
import type { Sink } from '../../../../service/src/audit/publish/sink.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { eventually } from '../../../support/eventually.ts';
import { SharedSink } from '../../support/memory-sink.ts';
import { type OwnPostgresServer, startPostgres } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, Writer } from '../../support/sealed-trail.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const signer = newSigner();
const metrics = { report() {} };

/** Lines as one stream: order matters, lines that come again do not. */
function verifyStream(lines: readonly string[]) {
  const verifier = new TrailVerifier({ keys: [signer.publicKey], now: new Date() });
  for (const [index, line] of lines.entries()) verifier.line(line, 'sink', index + 1);
  return verifier.finish();
}

const until = (condition: () => boolean | Promise<boolean>) => eventually('the trail is there', condition, 10);

describeWithPostgres()('the publisher', () => {
  let server: OwnPostgresServer;
  let database: PostgresqlDatabase;
  let sealer: Sealer;
  let writer: Writer;
  let publishers: Publisher[];
  const { log, lines, events } = recordingLog();

  const publish = (...sinks: Sink[]) => {
    const publisher = new Publisher({ database, sinks, log, metrics, candidacy: 50, poll: 20, longestPause: 100 });
    publishers.push(publisher);
    publisher.start();
    return publisher;
  };
  const sealed = async (count: number) => {
    await writer.write(count);
    for (;;) if ((await sealer.seal({ dueAfter: 0 })).kind !== 'made') return;
  };
  const endSessions = () =>
    database.query({
      text: `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7303148 AND granted`,
    });

  beforeAll(async () => {
    server = await startPostgres({ fsync: false });
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    sealer = new Sealer({ database, signers: [signer], stage: 'test', log, metrics });
    writer = new Writer(database);
    publishers = [];
    lines.length = 0;
  });
  afterEach(async () => {
    await Promise.all(publishers.map((publisher) => publisher.stop(5_000)));
    await database.close();
  });

  test('publishes each checkpoint after its events, in order, and what comes later too', async () => {
    const sink = new SharedSink();
    await sealed(3);
    publish(sink.of());
    await sealed(700);
    await sealed(2);
    await until(() => sink.records().length === 3);

    expect(verifyStream(sink.lines)).toMatchObject({ ok: true, checkpoints: 3, events: 705, duplicates: 0 });
    expect(sink.largestPage).toBeLessThanOrEqual(500);
  });

  test('is one process at a time: when its session is ended another takes over, and no line is missing', async () => {
    const sink = new SharedSink();
    sink.before = () => sleep(2);
    for (let process = 0; process < 4; process++) publish(sink.of());
    for (let round = 0; round < 12; round++) {
      await sealed(5);
      if (round % 3 === 2) {
        const ended = Math.floor(round / 3);
        await until(() => new Set(sink.terms).size > ended);
        await endSessions();
      }
      await sleep(20);
    }
    await until(() => new Set(sink.records()).size === 12);

    expect(sink.atOnce).toBe(1);
    expect(new Set(sink.terms).size).toBeGreaterThanOrEqual(4);
    expect([...sink.terms].sort((a, b) => a - b)).toEqual(sink.terms);
    expect(verifyStream(sink.lines)).toMatchObject({ ok: true, checkpoints: 12, events: 60 });
  });

  test('repeats what was published when it was not written down that it was: duplicates, and no gap', async () => {
    const sink = new SharedSink();
    let crashes = 0;
    sink.after = async ({ statement }) => {
      if (statement.number % 2 === 0 || crashes >= 3) return;
      crashes += 1;
      await endSessions();
    };
    publish(sink.of());
    for (let round = 0; round < 6; round++) await sealed(10);
    await until(() => new Set(sink.records()).size === 6);

    const report = verifyStream(sink.lines);
    expect(report).toMatchObject({ ok: true, checkpoints: 6, events: 60 });
    expect(report.duplicates).toBeGreaterThanOrEqual(10);
  });

  test('a sink that fails holds up itself alone, and catches up in pages once it is back', async () => {
    const [good, bad] = [new SharedSink(), new SharedSink()];
    let down = true;
    bad.before = () => {
      if (down) throw new Error('the sink is away');
    };
    publish(good.of('files'), bad.of('cloudwatch'));
    for (let round = 0; round < 4; round++) await sealed(1_500);
    await until(() => good.records().length === 4);
    expect(bad.lines).toEqual([]);
    // That the last line was taken is written down after it.
    await until(async () => (await measureLag(database, ['files'])).seconds === 0);
    expect((await measureLag(database, ['files', 'cloudwatch'])).seconds).toBeGreaterThan(0);

    down = false;
    await until(() => bad.records().length === 4);
    expect(verifyStream(bad.lines)).toMatchObject({ ok: true, events: 6_000, duplicates: 0 });
    expect(bad.largestPage).toBeLessThanOrEqual(500);
    await until(() => events().includes('audit_sink_recovered'));
    expect(lines.filter(({ event }) => event === 'audit_sink_failed')[0]).toMatchObject({
      level: 'error',
      fields: { sink: 'cloudwatch', error_class: 'Error' },
    });
    await until(async () => (await measureLag(database, ['files', 'cloudwatch'])).seconds === 0);
  });

  test('survives a restart of the database', async () => {
    const sink = new SharedSink();
    publish(sink.of());
    await sealed(5);
    await until(() => sink.records().length === 1);
    server.stop('immediate');
    await sleep(300);
    await server.start();
    await sealed(5);
    await until(() => new Set(sink.records()).size === 2);
    expect(verifyStream(sink.lines)).toMatchObject({ ok: true, checkpoints: 2, events: 10 });
  });

  test('a process that was overtaken can write down nothing more', async () => {
    await sealed(1);
    expect(await takeOver(database, 'files', 1)).toBe(0);
    expect(await takeOver(database, 'files', 2)).toBe(0);
    await expect(acknowledge(database, 'files', 1, 1)).rejects.toThrow(FencedError);
    await expect(takeOver(database, 'files', 1)).rejects.toThrow(FencedError);
    // Nor does anyone skip one.
    await expect(acknowledge(database, 'files', 2, 2)).rejects.toThrow(FencedError);
    await acknowledge(database, 'files', 2, 1);
  });

  test('events that somebody deleted after they were sealed are missing for all to see, and hold up nothing', async () => {
    await sealed(6);
    await database.execute('ALTER TABLE audit_events DISABLE TRIGGER ALL; DELETE FROM audit_events WHERE seq = 4');
    const sink = new SharedSink();
    publish(sink.of());
    await until(() => sink.records().length === 1);
    expect(lines).toContainEqual({ level: 'error', event: 'audit_events_missing', fields: { seq: 1, count: 1 } });
    expect(verifyStream(sink.lines)).toMatchObject({ ok: false, fault: { seq: 4 } });
  });

  test('publishes what there is before it stops, when nobody else would', async () => {
    const sink = new SharedSink();
    const publisher = new Publisher({ database, sinks: [sink.of()], log, metrics });
    await sealed(5);
    await publisher.stop(5_000);
    expect(verifyStream(sink.lines)).toMatchObject({ ok: true, events: 5 });
  });

  test('does not wait longer than it may for a sink that is away', async () => {
    const sink = new SharedSink();
    sink.before = () => {
      throw new Error('the sink is away');
    };
    const publisher = publish(sink.of());
    await sealed(5);
    const started = performance.now();
    await publisher.stop(300);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
