import { type MakeCheckpointOptions, makeCheckpoint } from '@healthcare-ai/audit-trail/format/make-checkpoint';
import type { Database } from '../../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { type AgedTrail, agedTrail, createAged, agedPassword as password } from '../../support/aged-trail.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newSigner, verifyDatabase } from '../../support/sealed-trail.ts';
import { runCommand, startProcess } from '../../support/service.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

describeWithPostgres()('in the database', () => {
  let server: PostgresServer;
  let aged: AgedTrail;
  let owner: Database;
  let serving: Database;
  let keeper: Database;
  let name: string;
  const open = (url: string) => new PostgresqlDatabase({ url, poolSize: 2, onIdleError: () => {} });
  beforeAll(async () => {
    server = await sharedPostgres();
    aged = await agedTrail({ events: 120 });
    await createAged(server, 'aged', aged.trail, ['--service-role', 'serving', '--retention-role', 'keeper']);
  });
  afterAll(() => server.remove());
  let count = 0;
  beforeEach(async () => {
    name = `rights_${++count}`;
    await server.copyDatabase('aged', name);
    owner = open(server.ownerUrl(name));
    serving = open(server.urlOf('serving', password, name));
    keeper = open(server.urlOf('keeper', password, name));
  });
  afterEach(() => Promise.all([owner, serving, keeper].map((database) => database.close())));

  const last = () => aged.trail.published.at(-1)!.checkpoint;
  const at = (number: number) => aged.trail.published[number - 1]!.checkpoint;
  const tombstone = async (through: number, over: Partial<MakeCheckpointOptions> = {}) => {
    const { statement, hash } = at(through);
    const expired = { events: statement.total, hash, through };
    return makeCheckpoint({ previous: last(), segments: [], signer: aged.signer, now: new Date(), expired, ...over });
  };
  /** What `expire-audit` does, with any tombstone and any number of checkpoints. */
  const expire = (database: Database, record: string, checkpoints: number) =>
    database.transaction(async (transaction) => {
      await transaction.query({ text: 'SELECT begin_audit_expiry($1, $2::text[])', values: [record, []] });
      for (let left = checkpoints; left > 0; left--) {
        await transaction.query({ text: 'SELECT expire_oldest_checkpoint()' });
      }
    });
  const numbers = async () =>
    (await owner.query<{ number: string }>({ text: 'SELECT number FROM audit_checkpoints ORDER BY number' })).rows.map(
      (row) => Number(row.number),
    );
  const all = () => aged.trail.published.map(({ checkpoint }) => checkpoint.statement.number);

  test('the role of the service can neither delete nor expire, nor change how long the trail is kept', async () => {
    const { record } = await tombstone(2);
    for (const text of [
      'DELETE FROM audit_events',
      'DELETE FROM audit_checkpoints',
      'TRUNCATE audit_events',
      'UPDATE audit_retention SET days = 1',
      'INSERT INTO audit_expirations (number, through) VALUES (11, 2)',
      'INSERT INTO audit_expired_chains SELECT chain, seq, hash FROM audit_events LIMIT 1',
      'SELECT expire_oldest_checkpoint()',
    ]) {
      await expect(serving.query({ text })).rejects.toMatchObject({ code: '42501' });
    }
    await expect(expire(serving, record, 2)).rejects.toMatchObject({ code: '42501' });
    expect(await numbers()).toEqual(all());
  });

  test('the role of expiry can do nothing but expire: no note, no key, no deletion of its own', async () => {
    for (const text of [
      'DELETE FROM audit_events',
      'DELETE FROM audit_checkpoints',
      'INSERT INTO audit_checkpoints SELECT number + 20, hash, made_at, record FROM audit_checkpoints LIMIT 1',
      'INSERT INTO audit_expirations (number, through) VALUES (11, 2)',
      'UPDATE audit_retention SET days = 1',
      'UPDATE audit_publications SET number = 99',
      'SELECT * FROM notes',
      'SELECT * FROM data_keys',
      'SELECT * FROM api_keys',
      'SELECT * FROM break_glass_reasons',
      'ALTER TABLE audit_events DISABLE TRIGGER ALL',
    ]) {
      await expect(keeper.query({ text })).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('it cannot pass off a table of its own as that of the trail', async () => {
    const { record } = await tombstone(2);
    await expect(
      keeper.transaction(async (transaction) => {
        await transaction.execute('CREATE TEMP TABLE audit_retention (only_row boolean, days integer)');
        await transaction.execute('INSERT INTO pg_temp.audit_retention VALUES (true, 1)');
        await transaction.query({
          text: 'SELECT begin_audit_expiry($1, $2::text[])',
          values: [(await tombstone(8)).record, []],
        });
      }),
    ).rejects.toThrow(/younger than the retention/);
    expect(record).toContain('"through":2');
  });

  test('triggers continue refusing the owner, before and after an expiry', async () => {
    const refused = () => expect(owner.query({ text: 'DELETE FROM audit_events' })).rejects.toThrow(/additions only/);
    await refused();
    await expire(keeper, (await tombstone(2)).record, 2);
    await refused();
    for (const text of [
      'DELETE FROM audit_checkpoints',
      'TRUNCATE audit_events',
      'UPDATE audit_events SET seq = seq',
      'DELETE FROM audit_expirations',
    ]) {
      await expect(owner.query({ text })).rejects.toThrow(/additions only/);
    }
    expect(await numbers()).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('nothing goes without a tombstone of the same transaction, nor more than it says', async () => {
    await expect(keeper.query({ text: 'SELECT expire_oldest_checkpoint()' })).rejects.toThrow(/no tombstone/);
    await expire(keeper, (await tombstone(2)).record, 2);
    await expect(keeper.query({ text: 'SELECT expire_oldest_checkpoint()' })).rejects.toThrow(/no tombstone/);
    expect((await numbers())[0]).toBe(3);
  });

  test('more, or less, than the tombstone says does not get past the commit', async () => {
    const { record } = await tombstone(3);

    await expect(expire(keeper, record, 4)).rejects.toThrow(/no tombstone/);
    await expect(expire(keeper, record, 2)).rejects.toThrow(/some are there/);
    await expect(expire(keeper, record, 0)).rejects.toThrow(/some are there/);
    expect(await numbers()).toEqual(all());
  });

  test.each<[string, () => Promise<{ readonly record: string }>, RegExp]>([
    ['of what is too young', () => tombstone(7), /younger than the retention/],
    [
      'with the hash of another checkpoint',
      () => tombstone(3, { expired: { events: at(3).statement.total, hash: at(2).hash, through: 3 } }),
      /does not fit/,
    ],
    [
      'with another count',
      () => tombstone(3, { expired: { events: 1, hash: at(3).hash, through: 3 } }),
      /does not fit/,
    ],
    ['that does not follow the newest checkpoint', () => tombstone(3, { previous: at(9) }), /does not fit/],
    ['that is none', () => tombstone(3, { expired: undefined }), /./],
  ])('a tombstone %s is refused', async (_what, make, message) => {
    const { record } = await make();

    await expect(expire(keeper, record, 3)).rejects.toThrow(message);
    expect(await numbers()).toEqual(all());
  });

  test('one with events that are gone, or younger than their checkpoint says, is refused', async () => {
    const change = (sql: string) =>
      owner.execute(
        `ALTER TABLE audit_events DISABLE TRIGGER ALL; ${sql}; ALTER TABLE audit_events ENABLE TRIGGER ALL`,
      );
    const { record } = await tombstone(2);
    const { chain, from } = at(1).heads[0]!;

    await change(`UPDATE audit_events SET recorded_at = now() WHERE chain = '${chain}' AND seq = ${from}`);
    await expect(expire(keeper, record, 2)).rejects.toThrow(/younger than the retention/);
    await change(`DELETE FROM audit_events WHERE chain = '${chain}' AND seq = ${from}`);
    await expect(expire(keeper, record, 2)).rejects.toThrow(/not there/);
    expect(await numbers()).toEqual(all());
  });

  test('a tombstone that the key of the trail did not sign expires, and the trail does not verify: it is seen', async () => {
    const forger = newSigner();
    const forged = await tombstone(6, {
      signer: { ...forger, keyId: aged.signer.keyId, publicKey: forger.publicKey },
    }).catch(() => undefined);
    expect(forged).toBeUndefined();
    const { record } = await tombstone(6);
    const parsed = JSON.parse(record);
    parsed.signature = Buffer.alloc(64, 7).toString('base64url');

    await expire(keeper, JSON.stringify(parsed), 6);

    const report = await verifyDatabase(owner, [aged.signer]);
    expect(report.ok).toBe(false);
    expect(report.fault).toMatchObject({ kind: 'checkpoint', checkpoint: 11 });
  });

  test('a beginning that is gone without a tombstone does not verify, nor with one of something else', async () => {
    await owner.execute(
      `ALTER TABLE audit_events DISABLE TRIGGER ALL; ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL;
       DELETE FROM audit_checkpoints WHERE number <= 4`,
    );
    const without = await verifyDatabase(owner, [aged.signer], false);
    const other = await tombstone(3);
    await owner.query({
      text: `INSERT INTO audit_checkpoints (number, hash, made_at, record) VALUES (11, decode($1, 'hex'), $3, $2)`,
      values: [other.hash, other.record, other.statement.made_at],
    });
    const another = await verifyDatabase(owner, [aged.signer], false);

    for (const report of [without, another]) {
      expect(report.fault).toMatchObject({
        kind: 'checkpoint',
        checkpoint: 4,
        message: expect.stringContaining('missing'),
      });
    }
  });

  test('the service refuses to run in production as the role that may expire', async () => {
    const env = {
      NODE_ENV: 'production',
      TLS: 'off',
      DATABASE_TLS: 'off',
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      AUDIT_SIGNING_KEY: aged.key,
      DATABASE_URL: server.urlOf('keeper', password, name),
    };
    await expect(startProcess({ env })).rejects.toThrow(/can change the audit trail/);
  });

  test('a role that served before and expires now has lost the rights of the service', async () => {
    const env = { DATABASE_URL: server.ownerUrl(name) };
    expect((await runCommand(['migrate', '--retention-role', 'serving'], env)).code).toBe(0);

    await expect(serving.query({ text: 'SELECT * FROM notes' })).rejects.toMatchObject({ code: '42501' });
    expect((await runCommand(['migrate', '--service-role', 'serving'], env)).code).toBe(0);
    await expect(serving.query({ text: 'SELECT expire_oldest_checkpoint()' })).rejects.toMatchObject({ code: '42501' });
  });
});
