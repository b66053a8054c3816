import { randomBytes, randomUUID } from 'node:crypto';
import { searchEvents } from '../../../service/src/audit/query.ts';
import type { Queryable, Statement } from '../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { findNotes } from '../../../service/src/notes/note-search.ts';
import { createTestDatabase, type TestDatabase } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

describeWithPostgres()('searches of a large table', () => {
  let made: TestDatabase;
  let database: PostgresqlDatabase;
  const references = [randomBytes(32), randomBytes(32)];
  beforeAll(async () => {
    made = await createTestDatabase();
    database = new PostgresqlDatabase({ url: made.ownerEnv.DATABASE_URL!, poolSize: 2, onIdleError: () => {} });
    const [one, two] = references.map((reference) => `'\\x${reference.toString('hex')}'::bytea`);
    // Skewed: a principal with most events, one with 1 in 400, one with 20; a patient with a tenth, under two references.
    await database.execute(`
      INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, patient_ref, event)
      SELECT '${randomUUID()}', n, decode(repeat('00', 32), 'hex'), timestamptz '2026-01-01' + n * interval '1 minute', 'north',
        CASE WHEN n % 3000 = 7 THEN 'rare' WHEN n % 400 = 3 THEN 'seldom' ELSE 'ehr' END,
        CASE WHEN n % 3000 = 9 THEN 'break-glass.open' ELSE 'note.create' END,
        CASE WHEN n % 3000 = 11 THEN 'denied' ELSE 'success' END,
        CASE WHEN n % 10 = 0 THEN CASE WHEN n < 30000 THEN ${one} ELSE ${two} END
             ELSE decode(md5(n::text) || md5(n::text), 'hex') END,
        '{"n":' || n || '}'
      FROM generate_series(1, 60000) AS n;
      INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed, care_team)
      SELECT first_id_of(timestamptz '2026-01-01' + n * interval '1 minute'), 'north', timestamptz '2026-01-01' + n * interval '1 minute', 'ehr',
        CASE WHEN n % 2 = 0 THEN CASE WHEN n < 15000 THEN ${one} ELSE ${two} END
             ELSE decode(md5(n::text) || md5(n::text), 'hex') END,
        1, gen_random_uuid(), '\\x00', CASE WHEN n = 2 THEN 'psych' END
      FROM generate_series(1, 30000) AS n;
      ANALYZE audit_events, notes`);
  });
  afterAll(async () => {
    await database.close();
    await made.remove();
  });

  /** The plan of the one statement that a search makes, and the pages that it touched. */
  async function planOf(search: (explained: Queryable) => Promise<unknown>) {
    let statement: Statement | undefined;
    await search({
      query: async (asked) => {
        statement = asked;
        return { rows: [], rowCount: 0 };
      },
      execute: async () => {},
    });
    const { rows } = await database.query<{ 'QUERY PLAN': string }>({
      text: `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${statement!.text}`,
      values: statement!.values,
    });
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const removed = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count));
    const [, hit = 0, read = 0] = /Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?/.exec(plan) ?? [];
    return { plan, removed: Math.max(0, ...removed), pages: Number(hit) + Number(read) };
  }

  const tenant = 'north';
  test.each([
    ['a principal with most events', { principal: 'ehr' }],
    ['a principal with few', { principal: 'seldom' }],
    ['a principal with 20', { principal: 'rare' }],
    ['a principal without any', { principal: 'nobody' }],
    ['a rare action', { action: 'break-glass.open' }],
    ['an action that never was', { action: 'key.rotate' }],
    ['a rare outcome', { outcome: 'denied' }],
    ['an outcome that never was', { outcome: 'failure' }],
    ['a patient with many events under two references', { patientRefs: references }],
    ['the newest', {}],
  ])('audit events of %s are found by an index', async (_what, criteria) => {
    const found = await planOf((explained) => searchEvents(explained, { tenant, ...criteria, limit: 50 }));

    // Partitions without rows may be read whole.
    expect(found.plan).not.toMatch(/Seq Scan on \w+_before_/);
    expect(found.removed).toBeLessThanOrEqual(60);
    expect(found.pages).toBeLessThan(600);
  });

  test('the notes of a patient after a rotation are found a page at a time', async () => {
    const found = await planOf((explained) =>
      findNotes(explained as PostgresqlDatabase, { tenant, patientRefs: references, careTeams: [], limit: 50 }),
    );

    expect(found.plan.match(/Index Scan using notes_before_\w+_by_patient/g)).toHaveLength(2);
    expect(found.removed).toBeLessThanOrEqual(60);
    expect(found.pages).toBeLessThan(300);
  });

  test('pages of several references are joined in order, without a gap', async () => {
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchEvents(database, { tenant, patientRefs: references, limit: 700, cursor });
      found.push(...page.events.map((event) => (event as unknown as { n: number }).n));
      cursor = page.nextCursor;
    } while (cursor !== undefined);

    expect(found).toEqual(Array.from({ length: 6_000 }, (_, index) => 60_000 - 10 * index));
  });
});
