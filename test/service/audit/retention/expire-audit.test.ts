/** @slow */

import type { Database } from '../../../../service/src/database/database.ts';
import { PostgresqlDatabase } from '../../../../service/src/database/postgresql.ts';
import { type AgedTrail, agedPassword, agedTrail, createAged } from '../../support/aged-trail.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { verifyDatabase } from '../../support/sealed-trail.ts';
import { type CommandResult, runCommand } from '../../support/service.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

describeWithPostgres()('expire-audit', () => {
  let server: PostgresServer;
  let database: Database;
  let aged: AgedTrail;
  let env: Record<string, string>;
  let name: string;
  beforeAll(async () => {
    server = await sharedPostgres();
    aged = await agedTrail();
    await createAged(server, 'aged', aged.trail, ['--retention-role', 'keeper']);
  });
  afterAll(() => server.remove());
  let count = 0;
  beforeEach(async () => {
    name = `retention_${++count}`;
    await server.copyDatabase('aged', name);
    database = new PostgresqlDatabase({ url: server.ownerUrl(name), poolSize: 2, onIdleError: () => {} });
    env = { DATABASE_URL: server.urlOf('keeper', agedPassword, name), AUDIT_SIGNING_KEY: aged.key };
  });
  afterEach(() => database.close());

  const expire = (...args: string[]): Promise<CommandResult> => runCommand(['expire-audit', ...args], env);
  const numbers = async () =>
    (
      await database.query<{ number: string }>({ text: 'SELECT number FROM audit_checkpoints ORDER BY number' })
    ).rows.map((row) => Number(row.number));
  const countEvents = async () =>
    Number((await database.query<{ n: string }>({ text: 'SELECT count(*) AS n FROM audit_events' })).rows[0]!.n);
  const owner = (sql: string) =>
    database.execute(
      `ALTER TABLE audit_events DISABLE TRIGGER ALL; ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL; ${sql};
       ALTER TABLE audit_events ENABLE TRIGGER ALL; ALTER TABLE audit_checkpoints ENABLE TRIGGER ALL`,
    );
  const events = async (action: string) =>
    (
      await database.query<{ event: string }>({
        text: 'SELECT event FROM audit_events WHERE action = $1 ORDER BY recorded_at',
        values: [action],
      })
    ).rows.map(({ event }) => JSON.parse(event));
  /** Nothing was taken, whatever was said. */
  const untouched = async () => {
    expect(await numbers()).toEqual(aged.trail.published.map(({ checkpoint }) => checkpoint.statement.number));
  };

  test('[Audit trail preserved] removes whole checkpoints that are past their time, and leaves a tombstone by which the rest verifies', async () => {
    const { stdout, stderr, code } = await expire();

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`expired checkpoints 1 to ${aged.old} with ${aged.oldEvents} events`);
    expect(stdout).toContain('checkpoint 11 is the tombstone');
    expect(await numbers()).toEqual([7, 8, 9, 10, 11]);
    const report = await verifyDatabase(database, [aged.signer]);
    expect(report).toMatchObject({ ok: true, begins: 7, trusted: { number: 11 }, checkpoints: 5 });
    expect(await events('audit.expire')).toMatchObject([
      { outcome: 'success', subject: String(aged.old), count: aged.oldEvents },
    ]);
  });

  test('repeated, does nothing; named checkpoints that are gone are gone', async () => {
    await expire();
    const [again, named] = [await expire(), await expire('--through', '3')];

    expect([again.code, again.stdout]).toEqual([0, 'nothing to expire\n']);
    expect([named.code, named.stdout]).toEqual([0, 'nothing to expire\n']);
    expect(await numbers()).toEqual([7, 8, 9, 10, 11]);
  });

  test('in steps leaves a tombstone each, and the newest explains the beginning', async () => {
    const [first, second] = [await expire('--through', '2'), await expire('--through', '5')];

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(await numbers()).toEqual([6, 7, 8, 9, 10, 11, 12]);
    expect(await verifyDatabase(database, [aged.signer])).toMatchObject({ ok: true, begins: 6 });
  });

  test('by a day takes what was made before it', async () => {
    const madeAt = aged.trail.published[3]!.checkpoint.statement.made_at;
    const { code } = await expire('--before', madeAt.slice(0, 10));

    expect(code).toBe(0);
    expect(await numbers()).toContain(4);
    expect(await numbers()).not.toContain(3);
  });

  test('--dry-run verifies, says what would go, and leaves everything as it is', async () => {
    const before = await countEvents();
    const { code, stdout } = await expire('--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain(`would expire checkpoints 1 to ${aged.old} with ${aged.oldEvents} events`);
    await untouched();
    // The beginning and the end of the command's own chain.
    expect(await countEvents()).toBe(before + 2);
  });

  test.each<[string, string[], string, RegExp]>([
    ['a checkpoint that is younger than the retention', ['--through', '7'], 'too-young', /kept for 2192 days/],
    ['one that is not there', ['--through', '99'], 'unknown-checkpoint', /checkpoint 99 does not exist/],
    ['a day that is younger than the retention', ['--before', '2026-01-01'], 'too-young', /kept for 2192 days/],
  ])('[Audit trail preserved] refuses %s', async (_what, args, reason, message) => {
    const { code, stderr } = await expire(...args);

    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    await untouched();
    expect(await events('audit.expire')).toMatchObject([{ outcome: 'failure', reason }]);
  });

  test('used wrongly ends with exit code 2 and one line, without what was typed', async () => {
    for (const args of [
      ['--through', '0'],
      ['--through', '1; DROP TABLE notes'],
      ['--before', 'yesterday'],
      ['--before', '2020-02-30'],
      ['--since', '2020-01-01'],
    ]) {
      const { code, stderr } = await expire(...args);

      expect([args, code]).toEqual([args, 2]);
      expect(stderr).toMatch(/^healthcare-ai: [^\n]+\n$/);
      expect(stderr).not.toMatch(/DROP|yesterday/);
    }
    await untouched();
  });

  test('refuses what a sink does not have yet, unless the sink was given up', async () => {
    await database.execute(`INSERT INTO audit_publications (sink, number, term) VALUES ('s3', 4, 0)`);

    const { code, stderr } = await expire();
    expect([code, stderr]).toEqual([1, expect.stringContaining('the sink s3 has the trail up to checkpoint 4')]);
    await untouched();
    expect((await expire('--without-sink', 's3')).code).toBe(0);
    expect(await numbers()).toEqual([7, 8, 9, 10, 11]);
  });

  test('refuses checkpoints whose segments are still to be written from the database', async () => {
    await database.execute('UPDATE audit_publications SET segments_from = 12, backfilled = 3');

    const { code, stderr } = await expire();
    expect([code, stderr]).toEqual([1, expect.stringContaining('has segments of older checkpoints up to 3 only')]);
    await untouched();
    await database.execute('UPDATE audit_publications SET backfilled = 11, backfilled_at = now()');
    expect((await expire()).code).toBe(0);
  });

  test('refuses a trail that was published nowhere', async () => {
    await database.execute('DELETE FROM audit_publications');

    const { code, stderr } = await expire();
    expect([code, stderr]).toEqual([1, expect.stringContaining('never published')]);
    const given = await expire('--without-sink', 'files');
    expect(given.code).toBe(1);
    await untouched();
  });

  test.each([
    [
      'an event that was edited',
      `UPDATE audit_events SET event = replace(event, '"v":1', '"v":2') WHERE ctid = (SELECT ctid FROM audit_events ORDER BY recorded_at LIMIT 1)`,
    ],
    [
      'an event that was removed',
      'DELETE FROM audit_events WHERE ctid = (SELECT ctid FROM audit_events ORDER BY recorded_at DESC LIMIT 1)',
    ],
    ['a checkpoint that was removed', 'DELETE FROM audit_checkpoints WHERE number = 3'],
    ['a beginning that was cut off', 'DELETE FROM audit_checkpoints WHERE number = 1'],
  ])('refuses a trail with %s', async (_what, change) => {
    await owner(change);
    const left = await numbers();

    const { code, stderr } = await expire();

    expect(code).toBe(1);
    expect(stderr).toMatch(/^healthcare-ai: nothing was expired because the trail is broken: (event|checkpoint) /);
    expect(await numbers()).toEqual(left);
    expect(await events('audit.expire')).toMatchObject([{ outcome: 'failure', reason: 'broken' }]);
  });

  test('refuses to sign with another key than that of the trail, or with none', async () => {
    const other = (await agedTrail({ seed: 99, checkpoints: 1, events: 1, old: 1 })).key;
    const wrong = await runCommand(['expire-audit'], { ...env, AUDIT_SIGNING_KEY: other });
    const none = await runCommand(['expire-audit'], { DATABASE_URL: env.DATABASE_URL! });

    expect([wrong.code, none.code]).toEqual([1, 2]);
    expect(none.stderr).toContain('AUDIT_SIGNING_KEY');
    await untouched();
  });

  test('[164.316(b)(2)(i)] keeps to a retention that the owner set', async () => {
    const set = await runCommand(['migrate', '--retention-days', '3000'], { DATABASE_URL: server.ownerUrl(name) });
    expect(set.code).toBe(0);

    expect((await expire()).stdout).toBe('nothing to expire\n');
    const { code, stderr } = await expire('--through', '1');
    expect([code, stderr]).toEqual([1, expect.stringContaining('kept for 3000 days')]);
  });
});
