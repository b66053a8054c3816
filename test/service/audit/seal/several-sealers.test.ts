import type { Signer } from '@healthcare-ai/audit-trail/format/signer';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const silent = { report() {} };

describeWithPostgres()('several processes that seal one trail', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  const { log, lines } = recordingLog();
  const sealerWith = (...signers: Signer[]) => new Sealer({ database, signers, stage: 'test', log, metrics: silent });

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    database = await newDatabase(server);
    lines.length = 0;
  });
  afterEach(() => database.close());

  test('make one chain of checkpoints, without a fork or a gap, while events continue', async () => {
    const signer = newSigner();
    const sealers = Array.from({ length: 4 }, () => sealerWith(signer));
    const writers = Array.from({ length: 4 }, () => new Writer(database));
    const outcomes = new Map<string, number>();
    let writing = true;
    const written = Promise.all(
      writers.map(async (writer) => {
        for (let round = 0; round < 60; round++) await writer.write(1 + (round % 7));
      }),
    ).then(() => {
      writing = false;
    });
    await Promise.all(
      sealers.map(async (sealer) => {
        while (writing) {
          const { kind } = await sealer.seal({ dueAfter: 0 });
          outcomes.set(kind, (outcomes.get(kind) ?? 0) + 1);
        }
      }),
    );
    await written;
    await sealers[0]!.seal({ dueAfter: 0 });

    // They did meet.
    expect(outcomes.get('busy')).toBeGreaterThan(0);
    expect(outcomes.get('made')).toBeGreaterThan(1);
    const events = writers.reduce((sum, { chain }) => sum + chain.seq, 0);
    expect(await verifyDatabase(database, [signer])).toMatchObject({ ok: true, events, unproven: { events: 0 } });
  });

  test('change to another key without a gap: who has only the old one refuses, and trust in the old key is enough', async () => {
    const [old, next] = [newSigner(), newSigner()];
    const [both, onlyOld, onlyNext] = [sealerWith(old, next), sealerWith(old), sealerWith(next)];
    const writer = new Writer(database);
    await writer.write(2);
    await onlyOld.seal({ dueAfter: 0 });
    await writer.write(2);
    expect(await onlyNext.seal({ dueAfter: 0 })).toEqual({ kind: 'refused', keyId: old.keyId });

    await onlyOld.seal({ dueAfter: 0, nextKey: next });
    await writer.write(2);
    expect(await onlyOld.seal({ dueAfter: 0 })).toEqual({ kind: 'refused', keyId: next.keyId });
    expect(lines.filter(({ event }) => event === 'audit_signing_key_refused')).toMatchObject([
      { level: 'error', fields: { key_id: old.keyId } },
      { level: 'error', fields: { key_id: next.keyId } },
    ]);
    expect(await both.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });
    await writer.write(2);
    expect(await onlyNext.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });

    expect(await verifyDatabase(database, [old])).toMatchObject({ ok: true, checkpoints: 4, events: 8 });
    // The new key alone proves its own checkpoints, and through their hashes those before.
    expect(await verifyDatabase(database, [next])).toMatchObject({ ok: true, checkpoints: 4, events: 8 });
    expect(await verifyDatabase(database, [newSigner()])).toMatchObject({ ok: false });
  });
});
