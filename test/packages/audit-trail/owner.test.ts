import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import { eventText } from '@healthcare-ai/audit-trail/format/event';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { storeTrail } from '../../service/support/aged-trail.ts';
import { clientOf } from '../../service/support/client.ts';
import { untilPublished } from '../../service/support/sealed-trail.ts';
import { createKey, createTestDatabase, startProcess, type TestDatabase } from '../../service/support/service.ts';
import { describeWithPostgres } from '../../service/support/skips.ts';
import { buildTrail } from './support/build-trail.ts';
import { Exports } from './support/export-trail.ts';
import { runOps } from './support/ops.ts';

const exports = new Exports();
const tables = ['audit_events', 'audit_checkpoints', 'audit_heads'];
const { privateKey } = generateKeyPairSync('ed25519');
const signing = { AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };

let database: TestDatabase;
let key: string;

const sql = <Row = Record<string, unknown>>(text: string) => database.server!.query<Row>(text);
const audit = (...args: string[]) => runOps(['audit', ...args], { ...database.env, ...signing });
const verify = () => audit('verify', '--public-key', key);

describeWithPostgres()('the owner of the database', () => {
  beforeAll(async () => {
    database = await createTestDatabase();
    const token = await createKey(database, { principal: 'dr-lee', roles: ['clinician'] });
    const folder = exports.folder();
    const service = await startProcess({
      env: { ...database.env, ...signing, AUDIT_CHECKPOINT_SECONDS: '1', AUDIT_DIR: folder },
    });
    const client = clientOf(service.url, token);
    for (let index = 0; index < 4; index++) await client.post('/ingest', { patient_id: 'p', note_text: 'Stable.' });
    // Under a checkpoint: the one at the end is another.
    await untilPublished(folder, 4);
    await client.post('/ingest', { patient_id: 'p', note_text: 'Stable.' });
    await service.stop();
    key = join(exports.folder(), 'audit.pem');
    writeFileSync(key, publicKeyPem(localSigner(privateKey).publicKey));
    for (const table of tables) await sql(`CREATE TABLE copy_of_${table} AS TABLE ${table}`);
    // Whatever the schema forbids, its owner can allow.
    for (const { partition } of await sql("SELECT partition FROM quarter_partitions() WHERE parent = 'audit_events'")) {
      await sql(`ALTER TABLE ${partition} DROP CONSTRAINT ${partition}_pkey, DISABLE TRIGGER ALL`);
    }
    await sql(`
      ALTER TABLE audit_events DISABLE TRIGGER ALL;
      ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL;
      ALTER TABLE audit_events DROP CONSTRAINT audit_events_seq_check;
      ALTER TABLE audit_checkpoints DROP CONSTRAINT audit_checkpoints_number_check;
      ALTER TABLE audit_events ALTER hash DROP NOT NULL, ALTER event DROP NOT NULL, ALTER recorded_at DROP NOT NULL,
        ALTER chain DROP NOT NULL;
      ALTER TABLE audit_checkpoints ALTER hash DROP NOT NULL, ALTER record DROP NOT NULL, ALTER made_at DROP NOT NULL;
      CREATE TABLE audit_events_odd PARTITION OF audit_events DEFAULT;
      CREATE TABLE victim AS SELECT chain, seq FROM audit_events WHERE action = 'note.create' ORDER BY seq LIMIT 1`);
  });
  afterEach(async () => {
    for (const table of tables) await sql(`TRUNCATE ${table}; INSERT INTO ${table} SELECT * FROM copy_of_${table}`);
  });
  afterAll(async () => {
    await database?.remove();
    exports.remove();
  });

  const ofVictim = 'FROM victim v WHERE e.chain = v.chain AND e.seq = v.seq';

  test('[164.312(c)(2)] does nothing, and nothing is found', async () => {
    expect(await verify()).toMatchObject({ code: 0 });
  });

  test.each([
    ['edits a text', `UPDATE audit_events e SET event = replace(event, 'dr-lee', 'dr-who') ${ofVictim}`],
    ['edits a column', `UPDATE audit_events e SET principal = 'nobody' ${ofVictim}`],
    ['moves an event', `UPDATE audit_events e SET seq = e.seq + 1000 ${ofVictim}`],
    ['sets a time to infinity', `UPDATE audit_events e SET recorded_at = 'infinity' ${ofVictim}`],
    ['takes a time away', `UPDATE audit_events e SET recorded_at = NULL ${ofVictim}`],
    ['takes a hash away', `UPDATE audit_events e SET hash = NULL ${ofVictim}`],
    ['takes the text away', `UPDATE audit_events e SET event = NULL ${ofVictim}`],
    ['changes a time by a microsecond', `UPDATE audit_events e SET recorded_at = e.recorded_at + '1us' ${ofVictim}`],
    ['breaks a text into lines', `UPDATE audit_events e SET event = replace(event, ',', E',\\n') ${ofVictim}`],
    [
      'edits an event and its hash',
      `UPDATE audit_events e SET event = replace(event, 'dr-lee', 'dr-who'), principal = 'dr-who',
       hash = sha256(convert_to(replace(event, 'dr-lee', 'dr-who'), 'UTF8')) ${ofVictim}`,
    ],
    [
      'adds the very same event again',
      `INSERT INTO audit_events SELECT e.* ${ofVictim.replace('FROM', 'FROM audit_events e,')}`,
    ],
    [
      'adds another event in the same place, in another quarter',
      `INSERT INTO audit_events SELECT e.chain, e.seq, sha256('x'), e.recorded_at + interval '1 year', e.tenant, e.principal,
       e.action, e.outcome, e.audit_id, e.patient_ref, e.event ${ofVictim.replace('FROM', 'FROM audit_events e,')}`,
    ],
    [
      'adds another event in the same place',
      `INSERT INTO audit_events SELECT e.chain, e.seq, sha256('x'), e.recorded_at, e.tenant, e.principal, e.action,
       e.outcome, e.audit_id, e.patient_ref, e.event ${ofVictim.replace('FROM', 'FROM audit_events e,')}`,
    ],
  ])('[164.312(c)(2)] %s: the event is named', async (_, change) => {
    const [victim] = await sql('SELECT chain, seq FROM victim');
    await sql(change);
    const { code, stderr } = await verify();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`Broken: event ${victim!.seq} of chain ${victim!.chain}`),
    });
  });

  test.each([0, -7])('adds an event before all others of a chain, as number %p: it is named', async (seq) => {
    const [victim] = await sql('SELECT chain FROM victim');
    await sql(`INSERT INTO audit_events SELECT e.chain, ${seq}, e.hash, e.recorded_at, e.tenant, e.principal, e.action,
               e.outcome, e.audit_id, e.patient_ref, e.event ${ofVictim.replace('FROM', 'FROM audit_events e,')}`);
    const { code, stderr } = await verify();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`Broken: event ${seq} of chain ${victim!.chain}`),
    });
  });

  test.each(['max(seq) + 7000', '9223372036854775807'])('adds an event far beyond a chain, as %s', async (seq) => {
    const [victim] = await sql('SELECT chain FROM victim');
    await sql(`INSERT INTO audit_events (chain, seq, hash, recorded_at, action, outcome, event)
               SELECT chain, ${seq}, sha256('x'), now(), 'note.read', 'success', '{}' FROM audit_events
               WHERE chain = '${victim!.chain}' GROUP BY chain`);
    const { code, stderr } = await verify();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^Broken: event [0-9]+ of chain ${victim!.chain}`)),
    });
  });

  test('adds a chain whose id is all zeros: it is counted as unproven', async () => {
    const zero = '00000000-0000-0000-0000-000000000000';
    await sql(`INSERT INTO audit_events SELECT '${zero}', 1, hash, recorded_at, tenant, principal, action, outcome,
               audit_id, patient_ref, event FROM audit_events WHERE seq = 1 LIMIT 1`);
    const { code, stderr } = await verify();
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`event 1 of chain ${zero}`) });
  });

  test.each<[string, string, RegExp?]>([
    [
      'edits a checkpoint',
      `UPDATE audit_checkpoints SET record = replace(record, '"events":', '"events":1') WHERE number = 1`,
    ],
    ['deletes a checkpoint', 'DELETE FROM audit_checkpoints WHERE number = 1', /^Broken: event 1 of chain /],
    ['puts nonsense in the place of a record', `UPDATE audit_checkpoints SET record = 'null' WHERE number = 1`],
    ['changes the hash beside a checkpoint', `UPDATE audit_checkpoints SET hash = sha256('x') WHERE number = 2`],
    ['takes the hash beside a checkpoint away', 'UPDATE audit_checkpoints SET hash = NULL WHERE number = 2'],
    ['changes the time beside a checkpoint', `UPDATE audit_checkpoints SET made_at = '2031-01-01' WHERE number = 2`],
    ['takes the time beside a checkpoint away', 'UPDATE audit_checkpoints SET made_at = NULL WHERE number = 2'],
    ['takes the record of a checkpoint away', 'UPDATE audit_checkpoints SET record = NULL WHERE number = 2'],
    ['renumbers the newest checkpoint', 'UPDATE audit_checkpoints SET number = 9 WHERE number = 2'],
    [
      'adds the very same checkpoint again',
      `ALTER TABLE audit_checkpoints DROP CONSTRAINT IF EXISTS audit_checkpoints_pkey;
       INSERT INTO audit_checkpoints SELECT * FROM audit_checkpoints WHERE number = 2`,
    ],
    [
      'numbers a checkpoint 0',
      `INSERT INTO audit_checkpoints SELECT 0, hash, made_at, record FROM audit_checkpoints WHERE number = 2`,
    ],
  ])(
    '%s: the checkpoint is named, or an event that it covered',
    async (_, change, named = /^Broken: checkpoint [0-9]+ /) => {
      await sql(change);
      const { code, stderr } = await verify();
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(named) });
    },
  );

  test.each([
    ['an event that is no JSON', `'{"canary'`],
    ['an event with roles that are no list', `replace(e.event, '"roles":["clinician"]', '"roles":{"join":1}')`],
    ['an event with a count that cannot be written', `replace(e.event, '"method"', '"count":{"toString":1},"method"')`],
    ['an event that is null', `'null'`],
  ])('has %s: the commands say so in a line', async (_, text) => {
    await sql(`UPDATE audit_events e SET event = ${text}, hash = sha256(convert_to(${text}, 'UTF8')) ${ofVictim}`);
    const [victim] = await sql('SELECT chain, seq FROM victim');
    const named = `event ${victim!.seq} of chain ${victim!.chain}`;
    expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining(`Broken: ${named}`) });
    for (const command of [['query'], ['report']]) {
      const { code, stdout, stderr } = await audit(...command);
      expect({ code, stdout, stderr }).toEqual({
        code: 1,
        stdout: '',
        stderr: `${named} was modified and cannot be shown: run audit verify\n`,
      });
    }
    const out = join(exports.folder(), 'out');
    const exported = await audit('export', '--out', out, '--format', 'csv', 'fhir');
    expect(exported).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^The trail (that was|cannot be) export.*\n$/),
    });
  });

  test('edits an event and its hash: show does not say that a checkpoint proves it', async () => {
    const [note] = await sql(`SELECT e.audit_id ${ofVictim.replace('FROM', 'FROM audit_events e,')}`);
    const id = String(note!.audit_id);
    expect((await audit('show', id)).stdout).toMatch(/ under checkpoint \d+, event/);
    await sql(`UPDATE audit_events e SET event = replace(event, 'dr-lee', 'dr-who'),
               hash = sha256(convert_to(replace(event, 'dr-lee', 'dr-who'), 'UTF8')) ${ofVictim}`);
    const { stdout } = await audit('show', id);
    expect(stdout).toContain('NOT what was sealed');
    expect(stdout).not.toContain('under checkpoint');
  });

  test('keeps a chain from being sealed: an event that waits too long is named', async () => {
    // The sealer learns that the chain has ended; checkpoints of others continue.
    const chain = 'deadbeef-0000-4000-8000-000000000000';
    const text = eventText(
      { action: 'note.read', outcome: 'success', recordedAt: new Date(Date.now() - 7_200_000).toISOString() },
      chain,
      1,
      genesisHash(chain),
    );
    await sql(`INSERT INTO audit_events (chain, seq, hash, recorded_at, action, outcome, event)
               VALUES ('${chain}', 1, sha256(convert_to('${text}', 'UTF8')), '${JSON.parse(text).recorded_at}', 'note.read',
                       'success', '${text}');
               INSERT INTO audit_heads (chain, seq, hash, ended) VALUES ('${chain}', 1, sha256('x'), true)`);
    expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringContaining(`chain ${chain}: 1 to 1`) });
    expect(await audit('verify', '--public-key', key, '--max-age', '1h')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(`^Broken: event 1 of chain ${chain}.* no checkpoint covers it: too long ago`),
    });
  });

  test('cuts off the beginning: an export reports it, and advises nobody to trust what is left', async () => {
    await sql(`DELETE FROM audit_events e USING audit_checkpoints c, jsonb_to_recordset(c.record::jsonb -> 'heads')
               AS h (chain uuid, "to" bigint) WHERE c.number = 1 AND e.chain = h.chain AND e.seq <= h."to";
               DELETE FROM audit_checkpoints WHERE number = 1`);
    const { code, stdout, stderr } = await audit('export', '--out', join(exports.folder(), 'out'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('checkpoint 1 is missing') });
    expect(stdout).not.toContain('--trusted');
  });

  test('puts a trail of his own key in the place of all: an export reports it, and advises nobody to trust it', async () => {
    await sql(tables.map((table) => `TRUNCATE ${table}`).join(';'));
    const owner = new PostgresqlDatabase({
      url: database.server!.ownerUrl(),
      poolSize: 1,
      onIdleError: () => {},
    });
    const forged = await buildTrail({ seed: 8, events: 20, checkpoints: 3, writers: 2 });
    await storeTrail(owner, forged, {}).finally(() => owner.close());
    const { code, stdout, stderr } = await audit('export', '--out', join(exports.folder(), 'out'));
    const signed = `checkpoint 1 is signed by the key ${forged.signers[0]!.keyId}`;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(signed) });
    expect(stdout).not.toContain('--trusted');
  });

  test('cuts off the end: one who has the newest checkpoint finds it', async () => {
    const trusted = /--trusted (\S+)/.exec((await verify()).stdout)![1]!;
    const number = trusted.split(':')[0]!;
    await sql(`DELETE FROM audit_checkpoints WHERE number = ${number}`);
    const { code, stderr } = await audit('verify', '--public-key', key, '--trusted', trusted);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`checkpoint ${number} is missing`) });
  });

  test('deletes every checkpoint: nothing is proven', async () => {
    await sql('TRUNCATE audit_checkpoints');
    expect(await verify()).toMatchObject({ code: 1, stderr: expect.stringContaining('has no checkpoint') });
  });
});
