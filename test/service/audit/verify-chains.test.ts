import { clientOf } from '../support/client.ts';
import type { TestDatabase } from '../support/service.ts';
import { createKey, createTestDatabase, runCommand, startProcess } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

/** The owner of the database is who could forge the trail: each fault is put in past grants and triggers. */
describeWithPostgres()('the check of the audit chains', () => {
  let database: TestDatabase;
  let chain: string;

  const sql = <Row>(text: string, values?: unknown[]) => database.server!.query<Row>(text, values);
  const verify = async () => {
    const { code, stdout } = await runCommand(['verify-audit', '--json'], database.ownerEnv);
    return { code, report: JSON.parse(stdout) };
  };
  const restore = () =>
    sql('TRUNCATE audit_events').then(() => sql('INSERT INTO audit_events SELECT * FROM kept_events'));

  beforeAll(async () => {
    database = await createTestDatabase();
    const token = await createKey(database, { roles: ['clinician'] });
    const service = await startProcess({ env: { ...database.env, LANES: '1' } });
    const client = clientOf(service.url, token);
    for (let note = 0; note < 8; note++) expect((await client.ingest('p', `note ${note}`)).status).toBe(200);
    await service.stop();
    await sql('CREATE TABLE kept_events AS SELECT * FROM audit_events');
    await sql('ALTER TABLE audit_events DISABLE TRIGGER audit_events_are_final');
    const [row] = await sql<{ chain: string }>("SELECT chain FROM audit_events WHERE action = 'note.create' LIMIT 1");
    chain = row!.chain;
  });
  afterAll(() => database.remove());
  afterEach(restore);

  test('[164.312(c)(2)] finds a whole trail whole', async () => {
    const { code, report } = await verify();
    expect(code).toBe(0);
    // A chain of the keys command, of the lane for notes, of that for analyses; each begins and ends with an event.
    expect(report).toMatchObject({ chains: 3, events: 3 + 10 + 2, faults: [] });
  });

  test.each([
    [
      'an edited event',
      4,
      `UPDATE audit_events SET event = replace(event, '"north"', '"south"') WHERE chain = $1 AND seq = 4`,
      /hash/,
    ],
    [
      'an edited event whose hash was made anew',
      4,
      `UPDATE audit_events SET event = e, hash = sha256(convert_to(e, 'UTF8'))
       FROM (SELECT replace(event, '"/ingest"', '"/elsewhere"') AS e FROM audit_events WHERE chain = $1 AND seq = 3) x WHERE chain = $1 AND seq = 3`,
      /follow/,
    ],
    ['a deleted event', 6, 'DELETE FROM audit_events WHERE chain = $1 AND seq = 5', /missing/],
    ['a deleted first event', 2, 'DELETE FROM audit_events WHERE chain = $1 AND seq = 1', /missing/],
    [
      'an inserted event',
      11,
      `INSERT INTO audit_events SELECT chain, 11, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event
       FROM audit_events WHERE chain = $1 AND seq = 9`,
      /follow|place/,
    ],
    [
      'two events that changed places',
      4,
      'UPDATE audit_events SET seq = CASE seq WHEN 4 THEN 1005 ELSE 1004 END WHERE chain = $1 AND seq IN (4, 5)',
      /missing/,
    ],
    [
      'a column that says something else than its event',
      7,
      "UPDATE audit_events SET principal = 'somebody' WHERE chain = $1 AND seq = 7",
      /principal/,
    ],
    [
      'an event that is not canonical',
      4,
      `UPDATE audit_events SET event = e, hash = sha256(convert_to(e, 'UTF8'))
       FROM (SELECT replace(event, '"v":1', '"v": 1') AS e FROM audit_events WHERE chain = $1 AND seq = 4) x WHERE chain = $1 AND seq = 4`,
      /canonical/,
    ],
  ])('[164.312(c)(2)] names the first bad record of %s', async (_name, seq, forgery, fault) => {
    await sql(forgery, [chain]);
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.faults).toEqual([{ chain, seq: expect.any(Number), fault: expect.stringMatching(fault) }]);
    if (!_name.includes('changed places')) expect(report.faults[0].seq).toBe(seq);
  });
});

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
