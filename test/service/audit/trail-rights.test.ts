import type { TestDatabase } from '../support/service.ts';
import { createKey, createTestDatabase } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

describeWithPostgres()('the trail in the database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await createKey(database, { roles: ['clinician'] });
  });
  afterAll(() => database.remove());

  const forgeries = ["UPDATE audit_events SET outcome = 'denied'", 'DELETE FROM audit_events', 'TRUNCATE audit_events'];

  test.each(forgeries)('[164.312(c)(1)] refuses its owner "%s", by a trigger', async (forgery) => {
    await expect(database.server!.query(forgery)).rejects.toThrow('takes additions only');
  });

  test.each([
    ...forgeries,
    'DELETE FROM notes',
    'UPDATE notes SET tenant = tenant',
    'CREATE TABLE t (i int)',
    "UPDATE api_keys SET roles = '{admin}'",
    'DROP TABLE notes',
    'ALTER TABLE audit_events DISABLE TRIGGER ALL',
  ])('[164.312(a)(1)] [164.312(c)(1)] grants the role of the service no "%s"', async (forgery) => {
    const server = database.server!;
    await server.query('SELECT 1');
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: database.env.DATABASE_URL });
    await client.connect();
    await expect(client.query(forgery)).rejects.toThrow(/permission denied|must be owner/);
    await client.end();
  });
});
