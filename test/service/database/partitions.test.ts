import { randomBytes, randomUUID } from 'node:crypto';
import type { Database, Queryable } from '../../../service/src/database/database.ts';
import { migrate } from '../../../service/src/database/migrate.ts';
import { migrations } from '../../../service/src/database/migrations/index.ts';
import { makeNextPartitions, quarterOf, quartersAhead } from '../../../service/src/database/partitions.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { grantServiceRole } from '../../../service/src/database/service-role.ts';
import { uuidV7Maker } from '../../../service/src/ids/uuid-v7.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { catalogs, embeddedCatalogs } from '../support/schema-catalogs.ts';
import { serviceRole, sharedPostgres } from '../support/shared-postgres.ts';
import { describeWithPostgres } from '../support/skips.ts';

/** The schema of 0.1.0. */
const released = migrations.filter(({ version }) => version <= 5);
const nextId = uuidV7Maker();

const insertNote = (id: string) => `
  INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed)
  VALUES ('${id}', 'north', now(), 'ehr', '\\x${randomBytes(32).toString('hex')}', 1, gen_random_uuid(), '\\x00')`;
const insertEvent = (chain: string, seq: number, time = 'now()') => `
  INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, event)
  VALUES ('${chain}', ${seq}, decode(repeat('00', 32), 'hex'), ${time}, 'north', 'ehr', 'note.read', 'success', '{}')`;

describeWithPostgres()('the partitions of PostgreSQL', () => {
  let server: PostgresServer;
  const opened: Database[] = [];
  const open = (url: string): PostgresqlDatabase => {
    const database = new PostgresqlDatabase({ url, poolSize: 2, onIdleError: () => {} });
    opened.push(database);
    return database;
  };
  /** A database of its own, by its owner. */
  const create = async (name: string, kind: 'migrated' | 'empty'): Promise<PostgresqlDatabase> => {
    await (kind === 'migrated' ? server.createMigrated(name) : server.createDatabase(name));
    return open(server.ownerUrl(name));
  };
  beforeAll(async () => {
    server = await sharedPostgres();
  });
  afterAll(async () => {
    for (const database of opened) await database.close();
    await server.remove();
  });

  test('a database of 0.1.0 ends in the schema of a new one, and not one of its rows is rewritten', async () => {
    const old = await create('released', 'empty');
    await migrate(old, released);
    await old.execute(`GRANT SELECT, INSERT ON notes, audit_events TO ${serviceRole.name}`);
    const [chain, id] = [randomUUID(), nextId()];
    await old.execute(`${insertNote(id)}; ${insertEvent(chain, 1)}; ${insertEvent(chain, 2)};
      INSERT INTO analyses (audit_id, tenant, principal, status, requested_at, due_at)
      VALUES ('${id}', 'north', 'ehr', 'queued', now(), now())`);
    const rowsOf = (tables: string) =>
      old.query<{ notes: object[] }>({
        text: `SELECT relfilenode, (SELECT json_agg(to_jsonb(n) || jsonb_build_object('at', n.ctid)) FROM notes n) AS notes,
                 (SELECT json_agg(jsonb_build_object('at', e.ctid, 'seq', e.seq)) FROM audit_events e) AS events
               FROM pg_class WHERE relname ~ '${tables}' AND relkind = 'r' ORDER BY relname`,
      });
    const before = (await rowsOf('^(notes|audit_events)$')).rows;

    const applied = await migrate(old);
    await grantServiceRole(old, { role: serviceRole.name });

    expect(applied.map(({ version }) => version)).toEqual(
      migrations.slice(released.length).map(({ version }) => version),
    );
    const after = (await rowsOf('^(notes|audit_events)_before')).rows;
    const added = { subject: null, cared_at: null, version: null, note_type: null, status: null };
    for (const { notes } of before) Object.assign(notes[0]!, { care_team: null, ...added });
    expect(after).toEqual(before);
    const fresh = await create('fresh', 'migrated');
    await grantServiceRole(fresh, { role: serviceRole.name });
    expect(await catalogs(old)).toEqual(await catalogs(fresh));
  });

  test('a migration that was cut off between its steps is resumed', async () => {
    const partitioning = migrations.find(({ name }) => name === 'partitions')!;
    const cut = await create('cut', 'empty');
    await migrate(
      cut,
      migrations.filter(({ version }) => version < partitioning.version),
    );
    const { steps = [], sql } = partitioning;
    const broken = { ...partitioning, steps, sql: `${sql}; SELECT 1 / 0` };
    await expect(migrate(cut, [broken])).rejects.toThrow(/division by zero/);
    // A run that rested for so long that its first partition would end too soon.
    await cut.execute(`
      ALTER TABLE notes DROP CONSTRAINT ${await firstOf(cut, 'notes')};
      ALTER TABLE notes ADD CONSTRAINT notes_before_2020q1 CHECK (audit_id < 'ffffffff-ffff-ffff-ffff-ffffffffffff') NOT VALID`);

    await migrate(cut);
    await grantServiceRole(cut, { role: serviceRole.name });

    const fresh = await create('fresh_2', 'migrated');
    expect(await catalogs(cut)).toEqual(await catalogs(fresh));
  });

  test('an index of a later migration is built on each partition and attached, though its build was cut off', async () => {
    const database = await create('indexed', 'migrated');
    const later = {
      version: 10_000,
      name: 'later',
      indexes: { notes_by_status: 'ON notes (tenant, status) WHERE status IS NOT NULL' },
      sql: '',
    };
    await database.execute(`
      CREATE INDEX notes_by_status ON ONLY notes (tenant, status) WHERE status IS NOT NULL;
      CREATE INDEX notes_by_status${(await firstOf(database, 'notes')).slice('notes'.length)}
        ON ${await firstOf(database, 'notes')} (tenant, status) WHERE status IS NOT NULL;
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'notes_by_status${(await firstOf(database, 'notes')).slice('notes'.length)}'::regclass`);

    await migrate(database, [...migrations, later]);

    const { rows } = await database.query<{ partitions: number }>({
      text: `SELECT indisvalid AS valid, (SELECT count(*)::int FROM pg_inherits WHERE inhparent = indexrelid) AS attached,
               (SELECT count(*)::int FROM pg_inherits WHERE inhparent = indrelid) AS partitions
             FROM pg_index WHERE indexrelid = 'notes_by_status'::regclass`,
    });
    expect(rows).toEqual([{ valid: true, attached: rows[0]!.partitions, partitions: expect.any(Number) }]);
  });

  test('no change of a partition gets past the triggers, and the role of the service has no right to one', async () => {
    const owner = await create('guarded', 'migrated');
    await grantServiceRole(owner, { role: serviceRole.name, password: serviceRole.password });
    const serving = open(server.urlOf(serviceRole.name, serviceRole.password, 'guarded'));
    await serving.execute(`${insertNote(nextId())}; ${insertEvent(randomUUID(), 1)}`);
    const later = `now() + interval '1 year'`;
    await serving.execute(insertEvent(randomUUID(), 1, later));

    const { rows } = await owner.query<{ partition: string; parent: string }>({
      text: 'SELECT * FROM quarter_partitions()',
    });
    expect(rows.length).toBeGreaterThanOrEqual(8);
    const filled = ['notes', 'audit_events', await firstOf(owner, 'notes'), await firstOf(owner, 'audit_events')];
    for (const table of filled) {
      await expect(owner.execute(`DELETE FROM ${table}`)).rejects.toThrow(/additions only/);
      await expect(owner.execute(`UPDATE ${table} SET tenant = 'south'`)).rejects.toThrow(/additions only/);
    }
    for (const { partition } of [...rows, { partition: 'notes' }, { partition: 'audit_events' }]) {
      await expect(owner.execute(`TRUNCATE ${partition} CASCADE`)).rejects.toThrow(/additions only/);
    }
    for (const { partition, parent } of rows) {
      for (const text of [
        `SELECT * FROM ${partition}`,
        `INSERT INTO ${partition} SELECT * FROM ${parent}`,
        `ALTER TABLE ${parent} DETACH PARTITION ${partition}`,
        `DROP TABLE ${partition}`,
      ]) {
        await expect(serving.execute(text)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('the service makes the next partitions, four quarters ahead without a gap, and nothing else', async () => {
    const owner = await create('growing', 'migrated');
    await grantServiceRole(owner, { role: serviceRole.name, password: serviceRole.password });
    const serving = open(server.urlOf(serviceRole.name, serviceRole.password, 'growing'));
    expect(await quartersAhead(serving)).toBe(4);
    const { rows: newest } = await owner.query<{ partition: string; parent: string }>({
      text: "SELECT * FROM quarter_partitions() WHERE begins > now() + interval '4 months'",
    });
    for (const { partition, parent } of newest) {
      await owner.execute(`ALTER TABLE ${parent} DETACH PARTITION ${partition}; DROP TABLE ${partition}`);
    }
    expect(await quartersAhead(serving)).toBeLessThan(2);
    const before = await catalogs(owner);

    await Promise.all([makeNextPartitions(serving), makeNextPartitions(serving)]);

    expect(await quartersAhead(serving)).toBe(4);
    const { rows } = await owner.query<{ parent: string; begins: Date; ends: Date }>({
      text: 'SELECT * FROM quarter_partitions() ORDER BY parent, ends',
    });
    for (const [index, { parent, begins, ends }] of rows.entries()) {
      const previous = rows[index - 1];
      if (begins !== null) expect({ parent, begins }).toEqual({ parent: previous!.parent, begins: previous!.ends });
      else expect(previous?.parent).not.toBe(parent);
      if (begins !== null) expect(quarterOf(ends)).toBe(quarterOf(begins) + 1);
    }
    expect(await catalogs(owner)).toEqual(
      [...new Set([...before, ...(await catalogs(await create('fresh_3', 'migrated')))])].sort(),
    );
    await expect(serving.execute('CREATE TABLE notes_2099q1 (LIKE notes)')).rejects.toMatchObject({ code: '42501' });
  });

  test('the embedded database has the same schema, made by the same list', async () => {
    const postgres = await create('compared', 'migrated');
    expect(embeddedCatalogs()).toEqual((await catalogs(postgres)).filter((line) => !line.startsWith('right ')));
  });

  test('a second event of a place in a chain is refused by the key of its partition', async () => {
    const database = await create('places', 'migrated');
    const chain = randomUUID();
    await database.execute(insertEvent(chain, 1));
    await expect(database.execute(insertEvent(chain, 1, "now() - interval '1 second'"))).rejects.toMatchObject({
      code: '23505',
    });
  });
});

const firstOf = async (database: Queryable, parent: string): Promise<string> => {
  const { rows } = await database.query<{ name: string }>({
    text: `SELECT relname::text AS name FROM pg_class WHERE relname ~ $1 AND relkind = 'r'
           UNION SELECT conname::text FROM pg_constraint WHERE conname ~ $1`,
    values: [`^${parent}_before_\\d{4}q\\d$`],
  });
  return rows[0]!.name;
};
