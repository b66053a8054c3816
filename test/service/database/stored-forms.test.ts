import { contract } from '@healthcare-ai/contract';
import pg from 'pg';
import { Committer } from '../../../service/src/audit/committer.ts';
import { SchemaError } from '../../../service/src/database/migrate.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { isSwitched, OlderReleaseError, StoredForms, switchForm } from '../../../service/src/database/stored-forms.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { recordingLog } from '../support/sealed-trail.ts';
import { runCommand } from '../support/service.ts';
import { serviceRole, sharedPostgres } from '../support/shared-postgres.ts';
import { describeWithPostgres } from '../support/skips.ts';

const form = 'audit-2';

describeWithPostgres()('a new stored form', () => {
  let server: PostgresServer;
  let database: PostgresqlDatabase;
  const sessions: pg.Client[] = [];
  const sessionOf = async (name: string) => {
    const client = new pg.Client({ connectionString: server.ownerUrl(), application_name: name });
    await client.connect();
    sessions.push(client);
  };
  const endSessions = async () => {
    for (const client of sessions.splice(0)) await client.end();
  };

  beforeEach(async () => {
    server = await sharedPostgres();
    const url = server.urlOf(serviceRole.name, serviceRole.password);
    database = new PostgresqlDatabase({ url, poolSize: 2, onIdleError: () => {} });
  });
  afterEach(async () => {
    await endSessions();
    await database.close();
    await server.remove();
  });

  test('is not switched to while a release that cannot read it has a session', async () => {
    for (const older of ['healthcare-ai', `healthcare-ai/${contract.database.storedForms[form] - 1}`]) {
      await sessionOf(older);
      await expect(switchForm(database, form)).rejects.toThrow(OlderReleaseError);
      await endSessions();
    }
    expect(await isSwitched(database, form)).toBe(false);
    await sessionOf(`healthcare-ai/${contract.database.storedForms[form]}`);
    await sessionOf('psql');
    expect([await switchForm(database, form), await switchForm(database, form)]).toEqual([true, false]);
    expect(await isSwitched(database, form)).toBe(true);
  });

  test('[164.312(c)(1)] is final: neither the service nor the owner takes it back', async () => {
    await switchForm(database, form);
    for (const sql of ['DELETE FROM stored_forms', "UPDATE stored_forms SET name = 'other'"]) {
      await expect(database.execute(sql)).rejects.toThrow();
      await expect(server.query(sql)).rejects.toThrow(/refused/);
    }
  });

  test('is written by a process from the next look on, in a chain that goes on', async () => {
    const forms = await StoredForms.open(database);
    const schema = () => forms.auditSchema;
    const committer = new Committer({ database, log: recordingLog().log, metrics: { report() {} }, lanes: 1, schema });
    await committer.start();
    const record = () =>
      committer.record({
        action: 'note.read',
        outcome: 'success',
        recordedAt: new Date().toISOString(),
        purpose: 'TREAT',
      });
    await record();
    await switchForm(database, form);
    await record();
    await forms.refresh();
    await record();
    await committer.stop();
    const rows = await server.query<{ event: string }>('SELECT event FROM audit_events ORDER BY seq');
    const written = rows.map(({ event }) => JSON.parse(event) as { v: number; purpose?: string });
    expect(written.map(({ v, purpose }) => [v, purpose])).toEqual([
      ...[1, 1, 1].map((v) => [v, undefined]),
      [2, 'TREAT'],
      [2, undefined],
    ]);
  });

  test('that this release does not know keeps it from starting', async () => {
    await server.query("INSERT INTO stored_forms (name) VALUES ('patient-keys')");
    await expect(StoredForms.open(database)).rejects.toThrow(SchemaError);
    const env = { DATABASE_URL: server.urlOf(serviceRole.name, serviceRole.password), PORT: '0', METRICS_PORT: '0' };
    const key = Buffer.alloc(32, 3).toString('base64');
    const { code, stderr } = await runCommand([], { ...env, ENCRYPTION_KEY: key });
    expect(code).toBe(1);
    expect(stderr).toContain('the stored form patient-keys, which this release cannot read');
  });
});
