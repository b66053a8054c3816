import { Sealer, type SealerOptions } from '../../../../service/src/audit/seal/sealer.ts';
import { rotateSigningKey } from '../../../../service/src/audit/signing/rotate.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import type { Metrics } from '../../../../service/src/telemetry/metrics.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** Metrics that keep what the sealer reports. */
const counted = () => {
  const seen = { checkpoints: 0, refusals: [] as string[] };
  const metrics: Metrics = {
    report(name, value, ...labels: readonly string[]) {
      if (name === 'auditCheckpoints') seen.checkpoints += value;
      if (name === 'auditSealRefusals') seen.refusals.push(labels[0]!);
    },
  };
  return { seen, metrics };
};

describeWithPostgres()('the sealer', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  const signer = newSigner();
  const { log, lines } = recordingLog();
  const { seen, metrics } = counted();
  const sealerWith = (options: Partial<SealerOptions> = {}) =>
    new Sealer({ database, signers: [signer], stage: 'test', log, metrics, ...options });
  const owner = (sql: string) =>
    database.execute(
      `ALTER TABLE audit_events DISABLE TRIGGER ALL; ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL; ${sql};
       ALTER TABLE audit_events ENABLE TRIGGER ALL; ALTER TABLE audit_checkpoints ENABLE TRIGGER ALL`,
    );

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    lines.length = 0;
    Object.assign(seen, { checkpoints: 0, refusals: [] });
  });
  afterEach(() => database.close());

  test('covers every event once, each checkpoint naming the one before it', async () => {
    const writers = [new Writer(database), new Writer(database), new Writer(database)];
    const sealer = sealerWith();
    for (let round = 0; round < 5; round++) {
      for (const [index, writer] of writers.entries()) await writer.write(1 + ((round + index) % 3) * 40);
      expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    }

    const written = writers.reduce((sum, { chain }) => sum + chain.seq, 0);
    expect(seen).toMatchObject({ checkpoints: 5 });
    expect(await verifyDatabase(database, [signer])).toMatchObject({
      ok: true,
      checkpoints: 5,
      events: written,
      unproven: { events: 0 },
    });
  });

  test('makes nothing of nothing, unless a sign of life is due', async () => {
    const sealer = sealerWith();
    expect(await sealer.seal({ dueAfter: 0, emptyAfter: 0 })).toEqual({ kind: 'idle' });
    await new Writer(database).write(1);
    await sealer.seal({ dueAfter: 0 });

    expect(await sealer.seal({ dueAfter: 0, emptyAfter: 60_000 })).toEqual({ kind: 'idle' });
    expect(await sealer.seal({ dueAfter: 0, emptyAfter: 0 })).toMatchObject({
      kind: 'made',
      checkpoint: { statement: { number: 2, events: 0, total: 1 } },
    });
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, checkpoints: 2 });
  });

  test('waits for its time, or for a thousand events', async () => {
    const sealer = sealerWith();
    const writer = new Writer(database);
    await writer.write(1);
    await sealer.seal({ dueAfter: 60_000 });
    await writer.write(999);
    expect(await sealer.seal({ dueAfter: 60_000 })).toEqual({ kind: 'idle' });
    await writer.write(1);
    expect(await sealer.seal({ dueAfter: 60_000 })).toMatchObject({ checkpoint: { statement: { events: 1_000 } } });
  });

  test('seals a backlog in pieces of bounded size', async () => {
    const writers = [new Writer(database), new Writer(database)];
    for (const writer of writers) await writer.write(5_000);
    const sealer = sealerWith();
    const sizes: number[] = [];
    for (let outcome = await sealer.seal({ dueAfter: 0 }); outcome.kind === 'made'; ) {
      sizes.push(outcome.checkpoint.statement.events);
      outcome = await sealer.seal({ dueAfter: 0 });
    }

    expect(Math.max(...sizes)).toBeLessThanOrEqual(4_096);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(10_000);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, events: 10_000 });
  });

  test.each([
    ['an edited event', 4, `UPDATE audit_events SET event = replace(event, 'success', 'denied') WHERE seq = 4`],
    [
      'an edited event whose hash was recomputed',
      5,
      `UPDATE audit_events SET event = e, outcome = 'denied', hash = sha256(convert_to(e, 'UTF8'))
       FROM (SELECT chain, replace(event, 'success', 'denied') AS e FROM audit_events WHERE seq = 4) x
       WHERE audit_events.chain = x.chain AND seq = 4`,
    ],
    ['a deleted event', 4, 'DELETE FROM audit_events WHERE seq = 4'],
  ])('does not seal a chain beyond %s, and continues with the others', async (_what, seq, tamper) => {
    const [broken, whole] = [new Writer(database), new Writer(database)];
    await broken.write(8);
    await owner(tamper);
    await whole.write(3);
    const sealer = sealerWith();
    await sealer.seal({ dueAfter: 0 });
    await whole.write(2);
    await sealer.seal({ dueAfter: 0 });

    const told = lines.filter(({ event }) => event === 'audit_chain_broken');
    expect(told).toMatchObject([{ level: 'error', fields: { chain: broken.chain.id, seq } }]);
    const { rows } = await database.query({ text: 'SELECT chain FROM audit_heads WHERE fault IS NOT NULL' });
    expect(rows).toEqual([{ chain: broken.chain.id }]);
    expect(await verifyDatabase(database, [signer], false)).toMatchObject({ ok: true, events: seq - 1 + 5 });
  });

  test('does not read a chain again that has ended', async () => {
    const writer = new Writer(database);
    await writer.write(3);
    await writer.write(1, 'chain.end');
    await sealerWith().seal({ dueAfter: 0 });

    const { rows } = await database.query<{ seq: string; ended: boolean }>({
      text: 'SELECT seq, ended FROM audit_heads',
    });
    expect(rows.map(({ seq, ended }) => [Number(seq), ended])).toEqual([[4, true]]);
  });

  test('does not continue from a checkpoint that is gone, replaced, or signed by nobody', async () => {
    const sealer = sealerWith();
    const writer = new Writer(database);
    for (let round = 0; round < 3; round++) {
      await writer.write(1);
      await sealer.seal({ dueAfter: 0 });
    }
    await writer.write(1);
    await owner('CREATE TABLE kept AS SELECT * FROM audit_checkpoints; DELETE FROM audit_checkpoints WHERE number = 3');
    await expect(sealer.seal({ dueAfter: 0 })).rejects.toThrow('checkpoint 3 is gone');
    await owner('UPDATE audit_checkpoints SET number = 3 WHERE number = 2');
    await expect(sealer.seal({ dueAfter: 0 })).rejects.toThrow('checkpoint 3 is another than before');

    // A process that begins again does not know what was there, and still sees that the record was edited.
    await owner(
      `TRUNCATE audit_checkpoints; INSERT INTO audit_checkpoints SELECT * FROM kept;
       UPDATE audit_checkpoints SET record = r, hash = sha256(convert_to(r, 'UTF8'))
       FROM (SELECT regexp_replace(record, '"total":3', '"total":9') AS r FROM kept WHERE number = 3) x WHERE number = 3`,
    );
    await expect(sealerWith().seal({ dueAfter: 0 })).rejects.toThrow('checkpoint 3 was not signed by the key');
  });

  test('does not sign for a trail of another key that ends by naming its own', async () => {
    const writer = new Writer(database);
    await writer.write(3);
    // GIVEN a trail that the owner of the database made up and signed himself, under the origin of the real one
    const forger = newSigner();
    await sealerWith({ signers: [forger] }).seal({ dueAfter: 0, nextKey: signer });
    await writer.write(1);
    // WHEN a process begins that has the real key alone
    const sealing = sealerWith().seal({ dueAfter: 0 });
    // THEN
    await expect(sealing).rejects.toThrow(`checkpoint 1 is signed by the key ${forger.keyId}, which this process`);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: false, trusted: undefined });
  });

  test('continues from a rotation with the next key alone', async () => {
    const writer = new Writer(database);
    await writer.write(3);
    const next = newSigner();
    await database.transaction((transaction) =>
      rotateSigningKey(transaction, sealerWith(), sealerWith({ signers: [signer, next] }), next),
    );
    await writer.write(1);
    expect(await sealerWith({ signers: [next] }).seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    for (const known of [signer, next]) {
      expect(await verifyDatabase(database, [known])).toMatchObject({ ok: true, checkpoints: 3, events: 4 });
    }
  });
});
