import { fill, heavyReferences, partitionThePast, tenant } from '../../../bench/growth/rows.ts';
import { planOf, type Search, searches } from '../../../bench/growth/searches.ts';
import { searchEvents } from '../../../service/src/audit/query.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { createTestDatabase, type TestDatabase } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

/** Six years of notes and events, in partitions of a quarter. */
const rows = 300_000;

describeWithPostgres()('searches of a large table', () => {
  let made: TestDatabase;
  let database: PostgresqlDatabase;
  let all: Readonly<Record<string, Search>>;
  beforeAll(async () => {
    made = await createTestDatabase();
    database = new PostgresqlDatabase({ url: made.ownerEnv.DATABASE_URL!, poolSize: 2, onIdleError: () => {} });
    await partitionThePast(database);
    const connection = await database.connect();
    await connection.execute('SET statement_timeout = 0');
    await fill(connection, rows, 600_000);
    await connection.close();
    all = await searches(database, rows);
  }, 600_000);
  afterAll(async () => {
    await database.close();
    await made.remove();
  });

  test('each reads a page by indexes, a few pages of each partition, and nothing that it does not show', async () => {
    const found: Record<string, { seqScan: boolean; removed: number; pages: number }> = {};
    for (const [name, search] of Object.entries(all)) {
      const { text, removed, pages } = await planOf(database, search);
      found[name] = { seqScan: /Seq Scan on \S+ .*\(actual rows=[1-9]/.test(text), removed, pages };
    }

    expect(Object.keys(found)).not.toHaveLength(0);
    const exceeding = Object.entries(found).filter(
      ([, { seqScan, removed, pages }]) => seqScan || removed > 60 || pages > 400,
    );
    expect(exceeding).toEqual([]);
  });

  test.each(['one day, four years ago', 'principal and one day', 'heavy patient and one day'])(
    '%s: partitions of other times are not touched',
    async (name) => {
      const { text } = await planOf(database, all[name]!);

      expect(new Set(text.match(/ on audit_events_\w+/g)).size).toBeLessThanOrEqual(2);
    },
  );

  test('pages of several references are joined in order, without a gap', async () => {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchEvents(database, { tenant, patientRefs: heavyReferences, limit: 700, cursor });
      found.push(...page.events.map((event) => (event as unknown as { n: number }).n));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(found).toEqual(Array.from({ length: rows / 100 }, (_, index) => rows - 100 * index));
  });
});
