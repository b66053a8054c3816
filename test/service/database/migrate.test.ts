import { migrations } from '../../../service/src/database/migrations/index.ts';
import { createTestDatabase, runCommand, type TestDatabase } from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

describeWithPostgres()('migrate', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.remove());
  const onDatabase = (name: string) => ({ ...database.ownerEnv, DATABASE_URL: database.server!.ownerUrl(name) });

  test('applies each migration once, though many run it at the same moment', async () => {
    await database.server!.createDatabase('crowded');
    const runs = await Promise.all(Array.from({ length: 4 }, () => runCommand(['migrate'], onDatabase('crowded'))));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(
      runs
        .map(({ stderr }) => stderr)
        .join('')
        .match(/migration_applied/g),
    ).toHaveLength(migrations.length);
  });

  test('refuses a schema whose migration was edited after it was applied', async () => {
    await database.server!.createDatabase('edited');
    await runCommand(['migrate'], onDatabase('edited'));
    await database.server!.query("UPDATE schema_migrations SET sha256 = 'other'", [], 'edited');
    const { code, stderr } = await runCommand(['migrate'], onDatabase('edited'));
    expect(code).toBe(1);
    expect(stderr).toContain('was edited after it was applied');
  });

  test('brings the rights of the role to what they should be, whatever they were', async () => {
    const may = async (right: string) => {
      const rows = await database.server!.query<{ may: boolean }>(
        "SELECT has_table_privilege('healthcare_ai', 'audit_events', $1) AS may",
        [right],
      );
      return rows[0]!.may;
    };
    await database.server!.query('GRANT ALL ON audit_events TO healthcare_ai');
    expect(await may('DELETE')).toBe(true);
    const { code } = await runCommand(['migrate', '--service-role', 'healthcare_ai'], database.ownerEnv);
    expect(code).toBe(0);
    expect(await may('DELETE')).toBe(false);
    expect(await may('INSERT')).toBe(true);
  });

  test('takes from everybody the expiry of the trail, which a dump restored without privileges gives them', async () => {
    const mayExpire = async () =>
      database.server!.query<{ may: boolean }>(
        "SELECT has_function_privilege('healthcare_ai', 'expire_oldest_checkpoint()', 'EXECUTE') AS may",
      );
    await database.server!.query('GRANT EXECUTE ON FUNCTION expire_oldest_checkpoint() TO PUBLIC');
    expect(await mayExpire()).toEqual([{ may: true }]);
    const { code } = await runCommand(['migrate', '--service-role', 'healthcare_ai'], database.ownerEnv);
    expect(code).toBe(0);
    expect(await mayExpire()).toEqual([{ may: false }]);
  });

  test('refuses a name that is no role in one line, with exit code 2', async () => {
    const { code, stderr } = await runCommand(
      ['migrate', '--service-role', 'x"; DROP TABLE notes; --'],
      database.ownerEnv,
    );
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toMatch(/role name must be/);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('says that the embedded database needs none', async () => {
    const { code, stderr } = await runCommand(['migrate'], {});
    expect(code).toBe(2);
    expect(stderr).toBe('healthcare-ai: migrate requires DATABASE_URL: the embedded database migrates itself\n');
  });
});

describeWithPostgres()('the service', () => {
  test('refuses to start on a schema that was not migrated, and says what to do', async () => {
    const database = await createTestDatabase();
    await database.server!.createDatabase('empty');
    const { code, stderr } = await runCommand([], {
      ...database.ownerEnv,
      DATABASE_URL: database.server!.ownerUrl('empty'),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/schema has version 0, but this release requires \d+: run migrate/);
    await database.remove();
  });
});
