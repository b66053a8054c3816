import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { createTestDatabase, type TestDatabase } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

describeWithPostgres()('a transaction on a connection of the pool', () => {
  let own: TestDatabase;
  let database: PostgresqlDatabase;

  beforeAll(async () => {
    own = await createTestDatabase();
    database = new PostgresqlDatabase({ url: own.env.DATABASE_URL!, poolSize: 1, onIdleError: () => {} });
  });

  afterAll(async () => {
    await database?.close();
    await own?.remove();
  });

  const insert = { text: "INSERT INTO stored_forms (name) VALUES ('x')" };
  const inserted = async () => (await database.query({ text: "SELECT FROM stored_forms WHERE name = 'x'" })).rows;

  test('that fails is rolled back, and the connection is used again', async () => {
    const failed = database.transaction(async (transaction) => {
      await transaction.query(insert);
      throw new RangeError('no');
    });
    await expect(failed).rejects.toThrow(RangeError);
    expect(database.poolStatus()).toMatchObject({ total: 1, idle: 1 });
    expect(await inserted()).toEqual([]);
  });

  test('whose ROLLBACK has no answer is never continued by the next one', async () => {
    const failed = database.transaction(async (transaction) => {
      await transaction.query(insert);
      // The server is still at this when the ROLLBACK is sent.
      await transaction.query({ text: 'SELECT pg_sleep(8)', query_timeout: 50 });
    });
    await expect(failed).rejects.toThrow('the database');
    expect(database.poolStatus().total).toBe(0);
    await database.transaction(async (transaction) => {
      await transaction.query({ text: 'SELECT 1' });
    });
    expect(await inserted()).toEqual([]);
  });
});
