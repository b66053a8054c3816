/** @slow */

import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { restoreTrail } from '../../../../service/src/audit/restore/restore.ts';
import { directorySource } from '../../../../service/src/audit/restore/source/source.ts';
import { Sealer } from '../../../../service/src/audit/seal/sealer.ts';
import type { PostgresServer } from '../../support/postgres.ts';
import { newSigner, recordingLog, verifyDatabase, Writer } from '../../support/sealed-trail.ts';
import { runCommand } from '../../support/service.ts';
import { newestIn, restoreEvents, type SetBack, setBack } from '../../support/set-back.ts';
import { sharedPostgres } from '../../support/shared-postgres.ts';
import { describeWithPostgres } from '../../support/skips.ts';

describeWithPostgres()('audit restore', () => {
  let server: PostgresServer;
  let one: SetBack;

  beforeAll(async () => {
    server = await sharedPostgres();
  });
  beforeEach(async () => {
    one = await setBack(server, { has: 6, checkpoints: 20, events: 1_500 });
  });
  afterEach(() => one.remove());
  afterAll(() => server?.remove());

  const restore = (batch?: number) =>
    restoreTrail({
      database: one.database,
      source: directorySource(one.directory),
      keys: [one.aged.signer.publicKey],
      published: [],
      now: new Date(),
      batch,
    });
  const command = (...more: string[]) =>
    runCommand(['audit', 'restore', '--dir', one.directory, '--public-key', one.key, ...more], one.env);
  const published = (number: number) => one.aged.trail.published[number - 1]!;

  test('adds what is missing, in the same rows that the service would have written', async () => {
    const { code, stdout, stderr } = await command();

    expect([code, stderr]).toEqual([0, '']);
    const { total } = published(20).checkpoint.statement;
    const missing = total - published(6).checkpoint.statement.total;
    expect(stdout).toBe(`added checkpoints 7 to 20 with ${missing} events; the next checkpoint is 21\n`);
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({
      ok: true,
      checkpoints: 20,
      events: total,
    });
    // Columns and links of every row, those of its own event too.
    expect(await restoreEvents(one.database)).toMatchObject([{ outcome: 'success', subject: '20', count: missing }]);
  });

  test('knows how far each chain is sealed, so that sealing continues where it was', async () => {
    await restore();
    const heads = new Map<string, [number, string]>();
    for (const { checkpoint } of one.aged.trail.published) {
      for (const { chain, to, head } of checkpoint.heads) heads.set(chain, [to, head]);
    }
    const { rows } = await one.database.query<{ chain: string; seq: string; hash: string }>({
      text: "SELECT chain, seq, encode(hash, 'hex') AS hash FROM audit_heads",
    });
    expect(new Map(rows.map(({ chain, seq, hash }) => [chain, [Number(seq), hash]]))).toEqual(heads);
  });

  test('says that nothing is missing when it is run again', async () => {
    await command();
    const { code, stdout } = await command();

    expect([code, stdout]).toEqual([
      0,
      'nothing to restore: the database has checkpoint 20, the newest of the directory\n',
    ]);
    expect(await restoreEvents(one.database)).toHaveLength(1);
  });

  test('commits in pieces, each with an event', async () => {
    await restore(1);
    expect((await restoreEvents(one.database)).map(({ subject }) => subject)).toEqual(
      Array.from({ length: 14 }, (_, index) => String(index + 7)),
    );
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true });
  });

  test('passes over events that were there, unsealed', async () => {
    const { events } = published(7);
    for (const text of events.slice(0, 3)) await insert(text);
    expect(await restore()).toMatchObject({ first: 7, last: 20 });
    expect(await verifyDatabase(one.database, [one.aged.signer])).toMatchObject({ ok: true });
  });

  test('refuses another event in the place of one, and adds nothing', async () => {
    const text = published(7).events[0]!;
    await insert(text.replace('"outcome":"success"', '"outcome":"denied"'));
    const { chain, seq } = JSON.parse(text);

    const { code, stderr } = await command();

    expect(code).toBe(1);
    expect(stderr).toContain(`event ${seq} of chain ${chain} is already in the database, and it is another event`);
    expect(await newestIn(one.database)).toBe(6);
    expect(await restoreEvents(one.database)).toMatchObject([{ outcome: 'failure', reason: 'conflict' }]);
  });

  test('refuses a database that sealed a checkpoint of its own', async () => {
    const { signer } = one.aged;
    const { log } = recordingLog();
    const metrics = { report() {} };
    const sealer = new Sealer({ database: one.database, signers: [signer], stage: 'test', log, metrics });
    await new Writer(one.database).write(3);
    expect(await sealer.seal({ dueAfter: 0 })).toMatchObject({ kind: 'made' });

    const { code, stderr } = await command();

    expect(code).toBe(1);
    expect(stderr).toContain('the database has another checkpoint 7 than the sink');
    expect(stderr).toContain('Restore the database once more');
    expect(await newestIn(one.database)).toBe(7);
    expect(await restoreEvents(one.database)).toMatchObject([{ outcome: 'failure', reason: 'fork' }]);
  });

  test('refuses a directory that is broken, or signed by another key, and adds nothing', async () => {
    const keys = [newSigner().publicKey];
    const source = directorySource(one.directory);
    const options = { database: one.database, source, published: [], now: new Date() };
    await expect(restoreTrail({ ...options, keys })).rejects.toMatchObject({ reason: 'broken' });
    const broken = `${one.directory}-broken`;
    cpSync(one.directory, broken, { recursive: true });
    appendFileSync(join(broken, 'events.jsonl'), '{}\n');
    const { code, stderr } = await command('--dir', broken);

    expect(code).toBe(1);
    expect(stderr).toMatch(/^healthcare-ai: the directory does not verify: /);
    expect(await newestIn(one.database)).toBe(6);
    expect(await restoreEvents(one.database)).toMatchObject([{ reason: 'broken' }, { reason: 'broken' }]);
  });

  test('waits for nobody who publishes, and says who must stop', async () => {
    const connection = await one.database.connect();
    try {
      await connection.query({ text: 'SELECT pg_advisory_lock(7303148)' });
      await expect(restore()).rejects.toMatchObject({ reason: 'busy' });
    } finally {
      await connection.close();
    }
  });

  test('draws the terms that were lost, and notes the sink that has everything', async () => {
    await command('--published', 'cloudwatch');
    const { rows } = await one.database.query<{ term: string }>({
      text: "SELECT nextval('audit_publisher_terms') AS term",
    });
    expect(Number(rows[0]!.term)).toBeGreaterThan(86_400);
    const sinks = await one.database.query({ text: 'SELECT sink, number FROM audit_publications ORDER BY sink' });
    expect(sinks.rows).toEqual([
      { sink: 'cloudwatch', number: '20' },
      { sink: 'files', number: '6' },
    ]);
  });

  test.each([
    [['audit', 'restore'], 'pass either --dir or --cloudwatch'],
    [['audit', 'restore', '--dir', '.', '--cloudwatch'], 'pass either --dir or --cloudwatch'],
    [['audit', 'restore', '--dir', '.'], 'pass the public key with --public-key FILE'],
    [['audit', 'restore', '--cloudwatch'], 'AUDIT_LOG_GROUP is required for --cloudwatch'],
    [['audit', 'restore', '--cloudwatch', '--trail', 'mine'], 'the trail must be a UUID'],
    [['audit', 'restore', '--dir', '.', '--public-key', 'nowhere.pem'], 'the public key nowhere.pem cannot be read'],
  ])('is used wrongly with %j', async (args, told) => {
    const { code, stderr } = await runCommand(args, one.env);
    expect(code).toBe(2);
    expect(stderr).toContain(told);
  });

  const insert = (text: string) =>
    one.database.query({
      text: `INSERT INTO audit_events (chain, seq, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event)
             SELECT chain, seq, sha256(convert_to($1::text, 'UTF8')), recorded_at, tenant, principal, action, outcome, audit_id,
               decode(rpad(translate(patient_ref, '-_', '+/'), 44, '='), 'base64'), $1::text
             FROM jsonb_to_record($2::jsonb) AS e (chain uuid, seq bigint, recorded_at timestamptz, tenant text, principal text,
               action text, outcome text, audit_id uuid, patient_ref text)`,
      values: [text, text],
    });
});
