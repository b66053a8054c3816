import { eventText } from '@healthcare-ai/audit-trail/format/event';
import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { agedTrail, storeTrail } from '../../support/aged-trail.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

/** The role of the service may update `audit_heads`: what it says must not be able to spoil the trail. */
describeWithPostgres()('a sealer whose audit_heads was changed', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  const signer = newSigner();
  const { log, lines } = recordingLog();
  const newSealer = (by: Signer = signer) =>
    new Sealer({
      database,
      signers: [by],
      stage: 'test',
      log,
      metrics: { report() {} },
    });
  const told = () => lines.filter(({ event }) => event === 'audit_chain_broken');

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    lines.length = 0;
  });
  afterEach(() => database.close());

  const setTo = (seq: number) =>
    `UPDATE audit_heads h SET seq = ${seq}, hash = e.hash FROM audit_events e WHERE e.chain = h.chain AND e.seq = ${seq}`;
  const changes: readonly (readonly [string, string, number])[] = [
    ['is set back', setTo(2), 2],
    ['is set back to the beginning', 'UPDATE audit_heads SET seq = 0', 0],
    ['is set forward over events that wait', setTo(8), 8],
    ['names another hash', "UPDATE audit_heads SET hash = sha256('x')", 6],
    ['forgets the chain', 'DELETE FROM audit_heads', 0],
  ];

  test.each(changes)('continues from the checkpoints where it %s, and reports it', async (_, change, claimed) => {
    for (const sealer of [newSealer(), undefined]) {
      // GIVEN a chain that two checkpoints cover up to event 6, by the process that seals on or by one before it
      const writer = new Writer(database);
      const before = sealer ?? newSealer();
      for (const count of [4, 2]) {
        await writer.write(count);
        await before.seal({ dueAfter: 0 });
      }
      await writer.write(3);
      // WHEN
      await database.execute(change);
      lines.length = 0;
      const outcome = await (sealer ?? newSealer()).seal({ dueAfter: 0 });
      // THEN
      expect(outcome).toMatchObject({ checkpoint: { heads: [{ chain: writer.chain.id, from: 7, to: 9 }] } });
      expect(told().filter(({ fields }) => fields.chain === writer.chain.id)).toMatchObject([
        {
          fields: {
            seq: 6,
            reason: expect.stringContaining(`up to event ${claimed}, and checkpoints cover it up to 6`),
          },
        },
      ]);
    }
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, events: 18, unproven: { events: 0 } });
  });

  test('makes no checkpoint of a chain that was set back, and in which nothing waits', async () => {
    const writer = new Writer(database);
    await writer.write(5);
    await newSealer().seal({ dueAfter: 0 });
    await database.execute(setTo(1));

    const sealer = newSealer();
    expect(await sealer.seal({ dueAfter: 0 })).toEqual({ kind: 'idle' });
    expect(await sealer.seal({ dueAfter: 0 })).toEqual({ kind: 'idle' });
    expect(told()).toHaveLength(1);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, events: 5 });
  });

  test('seals nothing of a chain that it claims is sealed but no checkpoint covers; others continue', async () => {
    const [claimed, other] = [new Writer(database), new Writer(database)];
    await claimed.write(5);
    await other.write(2);
    await database.execute(
      `INSERT INTO audit_heads (chain, seq, hash) SELECT chain, seq, hash FROM audit_events
       WHERE chain = '${claimed.chain.id}' AND seq = 3`,
    );
    const sealer = newSealer();
    for (const count of [2, 1]) {
      expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ checkpoint: { heads: [{ chain: other.chain.id }] } });
      await claimed.write(count);
      await other.write(count);
    }

    expect(told()).toMatchObject([{ fields: { chain: claimed.chain.id, seq: 3 } }]);
    const { rows } = await database.query({ text: 'SELECT chain FROM audit_heads WHERE fault IS NOT NULL' });
    expect(rows).toEqual([{ chain: claimed.chain.id }]);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, events: 4 });
  });

  describe('of chains that rested for years', () => {
    let open: { chain: string; seq: number };
    let sealer: Sealer;
    beforeEach(async () => {
      // GIVEN a trail of ten days six years ago, and a writer that continues only now
      const { trail, signer: old } = await agedTrail({ seed: 5 });
      await storeTrail(database, trail);
      sealer = newSealer(old);
      const { rows } = await database.query<{ chain: string; seq: string; hash: string }>({
        text: `SELECT chain, seq, encode(hash, 'hex') AS hash FROM audit_heads WHERE NOT ended AND seq > 20 ORDER BY chain LIMIT 1`,
      });
      const { chain, seq, hash } = rows[0]!;
      open = { chain, seq: Number(seq) };
      const recordedAt = new Date().toISOString();
      const text = eventText({ action: 'note.read', outcome: 'success', recordedAt }, chain, open.seq + 1, hash);
      await database.query({
        text: `INSERT INTO audit_events (chain, seq, hash, recorded_at, action, outcome, event)
               VALUES ($1, $2, sha256(convert_to($3, 'UTF8')), $4, 'note.read', 'success', $3)`,
        values: [chain, open.seq + 1, text, recordedAt],
      });
    });
    const owner = (statements: string) =>
      database.execute(`SET session_replication_role = replica; ${statements};
      RESET session_replication_role`);

    test('continues where it is as it was', async () => {
      const { chain, seq } = open;
      const heads = [{ chain, from: seq + 1, to: seq + 1 }];
      expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made', checkpoint: { heads } });
      expect(told()).toEqual([]);
    });

    test('continues where all that was sealed of the chain has expired', async () => {
      const { chain, seq } = open;
      await owner(`INSERT INTO audit_expired_chains SELECT chain, seq, hash FROM audit_heads WHERE chain = '${chain}';
                   DELETE FROM audit_events WHERE chain = '${chain}' AND seq <= ${seq};
                   DELETE FROM audit_checkpoints WHERE number < (SELECT max(number) FROM audit_checkpoints)`);
      const heads = [{ chain, from: seq + 1, to: seq + 1 }];
      expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made', checkpoint: { heads } });
      expect(told()).toEqual([]);
    });

    test('seals nothing of the chain where it was set back: how far it was sealed since is not looked for', async () => {
      const { chain } = open;
      await database.execute(`UPDATE audit_heads h SET seq = 2, hash = e.hash FROM audit_events e
                              WHERE h.chain = '${chain}' AND e.chain = h.chain AND e.seq = 2`);
      expect(await sealer.seal({ dueAfter: 0 })).toEqual({ kind: 'idle' });
      expect(told()).toMatchObject([{ fields: { chain, seq: 2 } }]);
    });
  });

  test('is not taken in by checkpoints of another process', async () => {
    const [one, another] = [newSealer(), newSealer()];
    const writers = [new Writer(database), new Writer(database)];
    for (let round = 0; round < 6; round++) {
      for (const writer of writers) await writer.write(1 + round);
      expect(await (round % 2 === 0 ? one : another).seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    }
    expect(told()).toEqual([]);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, checkpoints: 6, events: 42 });
  });
});
