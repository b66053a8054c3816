import { setTimeout as sleep } from 'node:timers/promises';
import { type AuditedChange, changeWriter } from '../../../service/src/audit/group-writer.ts';
import { Lane } from '../../../service/src/audit/lane.ts';
import { Sealer } from '../../../service/src/audit/seal/sealer.ts';
import { migrate } from '../../../service/src/database/migrate.ts';
import { migrations } from '../../../service/src/database/migrations/index.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { uuidV7Maker } from '../../../service/src/ids/uuid-v7.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { newSigner, recordingLog, verifyDatabase } from '../support/sealed-trail.ts';
import { serviceRole, sharedPostgres } from '../support/shared-postgres.ts';
import { describeWithPostgres } from '../support/skips.ts';

const lanes = 4;
const metrics = { report() {} };

/** Writers of 0.1.0 go on while `migrate` of this release runs: the statements are the same, and prepared before. */
describeWithPostgres()('an upgrade from 0.1.0 under load', () => {
  let server: PostgresServer;
  let owner: PostgresqlDatabase;
  let serving: PostgresqlDatabase;
  const { log } = recordingLog();
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  const files = (pattern: string) =>
    owner.query({
      text: `SELECT regexp_replace(relname, '_before_\\d{4}q\\d', '') AS name, relfilenode FROM pg_class
             WHERE relname ~ $1 AND relkind = 'r' ORDER BY 1`,
      values: [pattern],
    });
  let before: Awaited<ReturnType<typeof files>>;

  beforeAll(async () => {
    server = await sharedPostgres();
    await server.createDatabase('upgraded');
    owner = new PostgresqlDatabase({ url: server.ownerUrl('upgraded'), poolSize: 2, onIdleError: () => {} });
    const url = server.urlOf(serviceRole.name, serviceRole.password, 'upgraded');
    serving = new PostgresqlDatabase({ url, poolSize: 2, onIdleError: () => {} });
    await migrate(
      owner,
      migrations.filter(({ version }) => version <= 5),
    );
    await owner.execute(`GRANT SELECT, INSERT ON notes, audit_events TO ${serviceRole.name};
      GRANT SELECT, INSERT, UPDATE ON analyses TO ${serviceRole.name}`);
    const nextId = uuidV7Maker();
    const write = async (lane: Lane): Promise<void> => {
      const auditId = nextId();
      const entry: AuditedChange<unknown> = {
        change: async (transaction) => {
          await transaction.query({
            name: 'note',
            text: `INSERT INTO notes (audit_id, tenant, received_at, principal, patient_ref, patient_ref_version, key_id, sealed)
                   VALUES ($1, 'north', now(), 'ehr', sha256($2), 1, gen_random_uuid(), $2)`,
            values: [auditId, Buffer.from(auditId)],
          });
          await transaction.query({
            name: 'analysis',
            text: `INSERT INTO analyses (audit_id, tenant, principal, status, requested_at, due_at)
                   VALUES ($1, 'north', 'ehr', 'queued', now(), now())`,
            values: [auditId],
          });
        },
        event: () => ({
          ...{ action: 'note.create', outcome: 'success', tenant: 'north', principal: 'ehr', auditId },
          recordedAt: new Date().toISOString(),
        }),
      };
      await new Promise<void>((resolve) => {
        const done = () => {
          acknowledged.push(auditId);
          resolve();
        };
        const failed = (error: unknown) => {
          failures.push(error);
          resolve();
        };
        void lane.run(changeWriter, [{ entry, resolve: done, reject: failed }]);
      });
    };
    const writers = Array.from(
      { length: lanes },
      (_, number) => new Lane({ number, database: serving, log, metrics, onChange: () => {} }),
    );
    for (const lane of writers) await lane.start();
    let stopped = false;
    const loads = writers.map(async (lane) => {
      while (!stopped) await write(lane);
    });
    // Enough for each connection to have prepared its statements, and planned them for good.
    while (acknowledged.length < 500) await sleep(20);
    before = await files('^(notes|audit_events)$');
    await migrate(owner);
    const migrated = acknowledged.length;
    while (acknowledged.length < migrated + 200 && failures.length === 0) await sleep(20);
    stopped = true;
    await Promise.all(loads);
    for (const lane of writers) await lane.stop();
  }, 240_000);
  afterAll(async () => {
    await Promise.all([owner.close(), serving.close()]);
    await server.remove();
  });

  test('refuses no writer and loses nothing that was acknowledged', async () => {
    expect(failures).toEqual([]);
    for (const table of ['notes', 'analyses', "audit_events WHERE action = 'note.create'"]) {
      const { rows } = await owner.query<{ id: string }>({ text: `SELECT audit_id AS id FROM ${table}` });
      expect(rows.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
    }
  });

  test('rewrites no row: the tables of before are the first partitions, in the same files', async () => {
    expect((await files('^(notes|audit_events)_before_')).rows).toEqual(before.rows);
    const { rows } = await owner.query({
      text: 'SELECT DISTINCT tableoid::regclass::text ~ $1 AS first FROM notes',
      values: ['_before_'],
    });
    expect(rows).toEqual([{ first: true }]);
  });

  test('leaves a trail that is sealed and verifies', async () => {
    const signer = newSigner();
    const sealer = new Sealer({ database: owner, signers: [signer], stage: 'test', log, metrics });
    while ((await sealer.seal({ dueAfter: 0 })).kind === 'made');

    const report = await verifyDatabase(owner, [signer]);
    expect(report).toMatchObject({ ok: true, unproven: { events: 0 }, events: acknowledged.length + 2 * lanes });
  });
});
