import { createSecretKey } from 'node:crypto';
import { open } from '../../../service/src/crypto/envelope.ts';
import { LocalKeyWrapper } from '../../../service/src/crypto/local-key-wrapper.ts';
import { eventually } from '../../support/eventually.ts';
import { createCanary, formsOf, leaksIn } from '../support/canary.ts';
import { type CanaryRun, runCanaries } from '../support/canary-run.ts';
import { clientOf } from '../support/client.ts';
import { answersIn } from '../support/raw.ts';
import {
  createKey,
  createOwnDatabase,
  createTestDatabase,
  type EmbeddedDatabase,
  embeddedDatabase,
  type OwnDatabase,
  startProcess,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';

test('the search finds a canary in each form that it looks for, and nothing where none exists', () => {
  const canary = createCanary();
  for (const text of [canary.word('a'), canary.phrase('b')]) {
    const base = text.slice(0, -4);
    expect(formsOf(base).map(({ name, pattern }) => [name, canary.findIn(pattern).length > 0])).toEqual(
      formsOf(base).map(({ name }) => [name, true]),
    );
    for (const before of ['', 'a', 'ab', 'abc']) {
      const wrapped = Buffer.from(`${before}${text} and more`);
      expect(canary.findIn(wrapped.toString('base64'))).not.toEqual([]);
      expect(canary.findIn(wrapped.toString('base64url'))).not.toEqual([]);
      expect(canary.findIn(wrapped.toString('hex'))).not.toEqual([]);
    }
  }
  expect(createCanary().findIn(Buffer.from(canary.word('c')))).toEqual([]);
});

const settings: [string, () => Promise<OwnDatabase | EmbeddedDatabase>, Record<string, string>][] = [
  ['PostgreSQL, logging in JSON at level debug', () => createOwnDatabase(), { DEBUG: 'true' }],
  ['the embedded database, logging in JSON', async () => embeddedDatabase(), {}],
];

describe.each(settings)('with %s', (_name, makeDatabase, env) => {
  let done: CanaryRun;
  let folder: string;
  beforeAll(async () => {
    const database = await makeDatabase();
    folder = database.folder;
    done = await runCanaries(database, env);
  });
  afterAll(async () => {
    await done?.service.stop();
    done?.closeAgent();
    await done?.database.remove();
  });

  test('the words did go in: the note is given back, and every request was answered', async () => {
    const read = await clientOf(done.service.url, done.clinician).get(`/notes/${done.note.id}`);

    expect(read.body).toMatchObject({ patient_id: done.note.patientId, note_text: done.note.text });
    expect(done.canary.findIn(read.text)).not.toEqual([]);
    const analysis = await clientOf(done.service.url, done.clinician).get(`/notes/${done.note.id}/analysis`);
    expect([200, 202]).toContain(analysis.status);
    expect(done.answers.filter(({ text }) => answersIn(text).length === 0).map(({ what }) => what)).toEqual([]);
    const statuses = new Set(done.answers.flatMap(({ text }) => answersIn(text).map(({ status }) => status)));
    expect([...statuses].sort()).toEqual([200, 204, 308, 400, 401, 403, 404, 405, 415, 422, 429, 431]);
  });

  test('no answer holds a word that was sent, but for the patient id that the contract gives back', () => {
    const leaks = done.answers.flatMap(({ what, echoes, text }) =>
      answersIn(text)
        .filter(({ status }) => !echoes || status !== 200)
        .flatMap(({ headers, body }) => done.canary.findIn(`${JSON.stringify(headers)}${body}`))
        .map((leak) => `${what}: ${leak}`),
    );
    const given = done.answers
      .flatMap(({ echoes, text }) => (echoes ? answersIn(text) : []))
      .filter(({ status }) => status === 200);

    expect(leaks).toEqual([]);
    expect(given.flatMap(({ headers }) => done.canary.findIn(JSON.stringify(headers)))).toEqual([]);
  });

  test('no metric holds one, neither at /metrics nor sent to Datadog', async () => {
    await eventually('a datagram', () => done.datagrams.length > 0);

    expect(done.metrics).toContain('http_route="/notes/{audit_id}"');
    expect(done.canary.findIn(done.metrics)).toEqual([]);
    expect(done.datagrams.join('\n')).toContain('http_route:/ingest');
    expect(done.canary.findIn(done.datagrams.join('\n'))).toEqual([]);
  });

  test('nothing that the process writes to its end holds one: logs and metrics for CloudWatch', async () => {
    const code = await done.service.stop();
    const output = done.service.output();

    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line.includes('"event":"http_request"')).length).toBeGreaterThan(150);
    expect(output).toContain('"CloudWatchMetrics"');
    expect(output).toContain('"event":"process_warning"');
    if (env.DEBUG) expect(output).toContain('"level":"debug"');
    expect(done.canary.findIn(output)).toEqual([]);
  });

  test('[164.312(a)(2)(iv)] [164.310(d)(2)(ii)] no byte of the database’s files and logs holds one, and the search would find it there', async () => {
    const control = createCanary();
    const { server } = done.database;
    if (server) {
      await server.query('CREATE TABLE control (text text, bytes bytea)');
      await server.query('INSERT INTO control VALUES ($1, $2)', [
        control.word('control'),
        Buffer.from(control.phrase('control')),
      ]);
      await server.query('CHECKPOINT');
    }

    const { leaks, bytes } = leaksIn(folder, done.canary);

    expect(bytes).toBeGreaterThan(10_000_000);
    expect(leaks).toEqual([]);
    if (server) {
      const found = leaksIn(folder, control).leaks;
      expect(found.filter((leak) => leak.includes('/base/'))).not.toEqual([]);
      expect(found.filter((leak) => leak.includes('/pg_wal/'))).not.toEqual([]);
    }
  });
});

interface SealedRow {
  readonly audit_id: string;
  readonly tenant: string;
  readonly patient_ref: Buffer;
  readonly key_id: string;
  readonly sealed: Buffer;
  readonly wrapped: Buffer;
  readonly wrapping_key_id: string;
}

describeWithPostgres()('the ciphertext', () => {
  test('[164.312(a)(2)(iv)] is what holds the words: with the master key, and only with it, they are there', async () => {
    const database = await createTestDatabase();
    const key = await createKey(database, { roles: ['integration'] });
    const service = await startProcess({ env: database.env });
    const canary = createCanary();
    const text = canary.phrase('text');
    await clientOf(service.url, key).ingest(canary.word('patient'), text);
    await service.stop();

    const [row] = await database.server!.query<SealedRow>(
      'SELECT n.*, k.wrapped, k.wrapping_key_id FROM notes n JOIN data_keys k USING (key_id)',
    );
    await database.remove();
    const {
      audit_id: auditId,
      tenant,
      patient_ref: patientRef,
      key_id: keyId,
      sealed,
      wrapped,
      wrapping_key_id,
    } = row!;
    const master = new LocalKeyWrapper(Buffer.from(database.env.ENCRYPTION_KEY!, 'base64'), [], 'local');
    const dataKey = await master.unwrap({ wrapped, wrappingKeyId: wrapping_key_id }, 'note');

    expect(canary.findIn(JSON.stringify(row))).toEqual([]);
    expect(canary.findIn(sealed)).toEqual([]);
    const opened = open(sealed, { auditId, tenant, patientRef, keyId }, createSecretKey(dataKey));
    expect(opened.noteText).toBe(text);
    expect(canary.findIn(JSON.stringify(opened))).not.toEqual([]);
  });
});
