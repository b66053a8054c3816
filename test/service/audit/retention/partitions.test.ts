import { setTimeout as sleep } from 'node:timers/promises';
import { expire } from '../../../../service/src/audit/retention/expire.ts';
import { endOfSlice } from '../../../../service/src/audit/retention/plan.ts';
import type { Database } from '../../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { grantRetentionRole } from '../../../../service/src/database/retention-role.ts';
import { type AgedTrail, agedTrail, storeTrail } from '../../support/aged-trail.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newDatabase, newName, verifyDatabase } from '../../support/sealed-trail.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

const password = 'only-for-this-test-run';

/** A trail of ten days six years ago, in partitions that end within the third and the sixth of them. */
describeWithPostgres()('partitions of audit events', () => {
  let server: PostgresServer;
  let aged: AgedTrail;
  let owner: Database;
  let keeper: Database;
  beforeAll(async () => {
    server = await sharedPostgres();
    aged = await agedTrail({ seed: 7 });
  });
  afterAll(() => server.remove());
  beforeEach(async () => {
    const name = newName();
    owner = await newDatabase(server, name);
    await grantRetentionRole(owner, { role: 'keeper', password });
    keeper = new PostgresqlDatabase({
      url: server.urlOf('keeper', password, name),
      poolSize: 2,
      onIdleError: () => {},
    });
    const middleOf = (number: number) =>
      new Date(Date.parse(aged.trail.published[number - 1]!.checkpoint.statement.made_at) - 43_200_000).toISOString();
    const { rows } = await owner.query<{ partition: string }>({
      text: "SELECT partition FROM quarter_partitions() WHERE parent = 'audit_events' ORDER BY ends",
    });
    for (const { partition } of rows) await owner.execute(`ALTER TABLE audit_events DETACH PARTITION ${partition}`);
    const bounds = [
      'MINVALUE',
      `'${middleOf(3)}'`,
      `'${middleOf(6)}'`,
      `'${new Date(Date.now() + 86_400_000).toISOString()}'`,
    ];
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      await owner.execute(`
        CREATE TABLE audit_events_${name} (LIKE audit_events INCLUDING DEFAULTS INCLUDING CONSTRAINTS, PRIMARY KEY (chain, seq));
        ALTER TABLE audit_events ATTACH PARTITION audit_events_${name} FOR VALUES FROM (${bounds[index]}) TO (${bounds[index + 1]})`);
    }
    await storeTrail(owner, aged.trail);
  });
  afterEach(() => Promise.all([owner.close(), keeper.close()]));

  const expireThrough = (through: number) =>
    keeper.transaction((transaction) =>
      expire(transaction, { signers: [aged.signer], first: 1, through, givenUpSinks: [] }),
    );
  const partitions = async () =>
    (
      await owner.query<{ partition: string; events: number }>({
        text: `SELECT partition, (xpath('//n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', partition), false, true, '')))[1]::text::int
                 AS events FROM quarter_partitions() WHERE parent = 'audit_events' ORDER BY ends`,
      })
    ).rows;
  const totalOf = (number: number) => aged.trail.published[number - 1]!.checkpoint.statement.total;

  test('go with the tombstone that covers them whole, and the rest of its events goes by row', async () => {
    const [first, second, third] = await partitions();
    expect(first!.events * second!.events * third!.events).toBeGreaterThan(0);

    const { events } = await expireThrough(6);

    expect(events).toBe(totalOf(6));
    expect(await partitions()).toEqual([{ partition: 'audit_events_third', events: totalOf(10) - totalOf(6) }]);
    expect(
      (await owner.query({ text: "SELECT relname FROM pg_class WHERE relname = 'audit_events_first'" })).rows,
    ).toEqual([]);
    expect(await verifyDatabase(owner, [aged.signer])).toMatchObject({ ok: true, begins: 7 });
  });

  test('decide how many checkpoints go in one transaction', async () => {
    // A slice of a thousand would do: the partitions are small here.
    expect(await endOfSlice(owner, 1, 6)).toBe(6);
    const made = Date.parse(aged.trail.published[9]!.checkpoint.statement.made_at);
    await owner.execute(`
      INSERT INTO audit_checkpoints (number, hash, made_at, record)
      SELECT n, sha256('x'), timestamptz '${new Date(made).toISOString()}' + n * interval '1 second', '{}' FROM generate_series(11, 5000) n;
      ALTER TABLE audit_events DETACH PARTITION audit_events_third;
      DROP TABLE audit_events_first, audit_events_second;
      ALTER TABLE audit_events ATTACH PARTITION audit_events_third FOR VALUES FROM (MINVALUE)
        TO ('${new Date(made + 1_000_000).toISOString()}');
      UPDATE audit_retention SET days = 1`);
    // 1,000 s and an hour later.
    expect(await endOfSlice(owner, 1, 4_990)).toBe(4_600);
    expect(await endOfSlice(owner, 1, 4_500)).toBe(1_000);
    expect(await endOfSlice(owner, 4_601, 4_990)).toBe(4_990);
  });

  test('stay when the tombstone covers a part of them, without its events', async () => {
    await expireThrough(4);

    const left = await partitions();
    expect(left.map(({ partition }) => partition)).toEqual(['audit_events_second', 'audit_events_third']);
    expect(left.reduce((sum, { events }) => sum + events, 0)).toBe(totalOf(10) - totalOf(4));
    expect(await verifyDatabase(owner, [aged.signer])).toMatchObject({ ok: true, begins: 5 });
  });

  test('stay when they hold an event that no checkpoint of the tombstone covers', async () => {
    await owner.execute(`
      INSERT INTO audit_events (chain, seq, hash, recorded_at, action, outcome, event)
      SELECT gen_random_uuid(), 1, hash, recorded_at, action, outcome, event FROM audit_events_first LIMIT 1`);

    await expireThrough(6);

    const [first] = await partitions();
    expect(first).toEqual({ partition: 'audit_events_first', events: 1 });
  });

  test('wait for a reader of the trail, and are dropped when it has ended', async () => {
    const reader = await owner.connect();
    await reader.execute('BEGIN; LOCK TABLE ONLY audit_events IN ACCESS SHARE MODE');
    const expired = expireThrough(6);
    await sleep(1_500);
    await reader.execute('COMMIT');
    await reader.close();

    expect((await expired).events).toBe(totalOf(6));
    expect((await partitions()).map(({ partition }) => partition)).toEqual(['audit_events_third']);
  });

  test('cannot be dropped without a tombstone, nor left when they were chosen', async () => {
    await expect(keeper.query({ text: 'SELECT choose_expired_partitions()' })).rejects.toMatchObject({ code: '42501' });
    await keeper.query({ text: 'SELECT drop_expired_partitions()' });
    expect(await partitions()).toHaveLength(3);
    const left = keeper.transaction(async (transaction) => {
      const kept = { ...transaction, execute: transaction.execute.bind(transaction) };
      const query: typeof transaction.query = (statement) =>
        statement.text.includes('drop_expired')
          ? Promise.resolve({ rows: [], rowCount: 0 })
          : transaction.query(statement);
      await expire({ ...kept, query }, { signers: [aged.signer], first: 1, through: 6, givenUpSinks: [] });
    });
    await expect(left).rejects.toThrow(/partitions under checkpoint 6 were to be dropped/);
    expect(await partitions()).toHaveLength(3);
  });
});
