import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicKeyPem } from '@healthcare-ai/audit-trail/format/public-keys';
import { localSigner } from '@healthcare-ai/audit-trail/format/signer';
import { clientOf } from '../../service/support/client.ts';
import { untilPublished } from '../../service/support/sealed-trail.ts';
import { createKey, createTestDatabase, startProcess, type TestDatabase } from '../../service/support/service.ts';
import { Exports } from './support/export-trail.ts';
import { runOps } from './support/ops.ts';

const exports = new Exports();
const { privateKey } = generateKeyPairSync('ed25519');
const signing = { AUDIT_SIGNING_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
const patient = 'PATIENT-CANARY-77';

let database: TestDatabase;
let key: string;
let note: string;

const audit = (args: readonly string[], input?: string) =>
  runOps(['audit', ...args], { ...database.env, ...signing }, input);

/** What was looked at, as the trail itself reports. */
async function looks(): Promise<Record<string, unknown>[]> {
  const { stdout } = await audit(['query', '--json', '--action', ...lookActions]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
const lookActions = ['audit.verify', 'audit.export', 'audit.report', 'audit.search', 'audit.read'];

beforeAll(async () => {
  database = await createTestDatabase();
  const clinician = await createKey(database, { principal: 'dr-lee', roles: ['clinician'] });
  const folder = exports.folder();
  const service = await startProcess({
    env: { ...database.env, ...signing, AUDIT_CHECKPOINT_SECONDS: '1', AUDIT_DIR: folder },
  });
  const client = clientOf(service.url, clinician);
  note = (await client.post('/ingest', { patient_id: patient, note_text: 'NOTE-CANARY: stable.' })).body.audit_id;
  await client.post('/ingest', { patient_id: 'another', note_text: 'Stable.' });
  // Under a checkpoint: the one at the end is another.
  await untilPublished(folder, 2);
  await client.get(`/notes/${note}`);
  await client.post('/audit/search', {});
  // Of no known tenant, and of one whose key id was used with a wrong secret.
  for (const token of [`hai_000000000000_${'A'.repeat(43)}`, `${clinician.slice(0, -5)}AAAAA`]) {
    await clientOf(service.url, token).get('/notes/x');
  }
  await service.stop();
  const path = join(exports.folder(), 'audit.pem');
  writeFileSync(path, publicKeyPem(localSigner(privateKey).publicKey));
  key = path;
});

afterAll(async () => {
  await database?.remove();
  exports.remove();
});

describe('audit commands on the database', () => {
  test('verify proves the trail, and reports what is newer than its last checkpoint', async () => {
    const { code, stdout, stderr } = await audit(['verify', '--public-key', key, '--max-age', '1h']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^The trail is whole\./);
    const again = JSON.parse((await audit(['verify', '--json'])).stdout);
    // The first look left its own chain: begun, looked, ended.
    expect(again).toMatchObject({ ok: true, unproven: { events: 3 } });
    expect(again.notes.join()).toContain('public key is that of the environment');
  });

  test('show reports all that happened to a note, and which checkpoint proves it', async () => {
    const { code, stdout } = await audit(['show', note]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/note\.create .*dr-lee of north[^\n]*\n {2}under checkpoint \d+/);
    expect(stdout).toMatch(/note\.read .*dr-lee of north/);
    const request = /request ([0-9a-f-]{36})/.exec(stdout)![1]!;
    expect((await audit(['show', request])).stdout).toContain('note.create');
    const unknown = await audit(['show', '00000000-0000-4000-8000-000000000000']);
    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing is known') });
  });

  test('query finds the events of a patient whose id is piped in, and nowhere shown', async () => {
    const { code, stdout, stderr } = await audit(['query', '--json', '--tenant', 'north', '--patient'], `${patient}\n`);
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect({ code, actions: events.map(({ action }) => action) }).toEqual({
      code: 0,
      actions: ['note.create', 'note.read'],
    });
    expect(stdout + stderr).not.toContain(patient);
    expect(await audit(['query', '--patient'], patient)).toMatchObject({ code: 2 });
    expect(await audit(['query', '--tenant', 'north', '--patient'], '\n')).toMatchObject({ code: 2 });
  });

  test('query finds by what is asked for, and says when there is more', async () => {
    const denied = await audit(['query', '--outcome', 'denied', '--principal', 'dr-lee']);
    expect(denied.stdout.trim().split('\n')).toHaveLength(1);
    expect((await audit(['query', '--to', '2001-01-01'])).stdout).toBe('');
    const some = await audit(['query', '--limit', '2']);
    expect(some.stdout.trim().split('\n')).toHaveLength(2);
    expect(some.stderr).toContain('there are more');
  });

  test('report says who accessed which patient and what was denied', async () => {
    const { code, stdout } = await audit(['report', '--json', '--tenant', 'north']);
    const report = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(report.access.filter(({ principal }: { principal: string }) => principal === 'dr-lee')).toHaveLength(2);
    expect(report.access).toContainEqual(
      expect.objectContaining({ principal: 'dr-lee', actions: { 'note.create': 1, 'note.read': 1 } }),
    );
    expect(report.denied).toContainEqual(expect.objectContaining({ who: 'dr-lee', count: 1 }));
    const failed = { who: '127.0.0.1', action: 'authenticate', count: 1 };
    expect(report.denied).toContainEqual(expect.objectContaining({ ...failed, reason: 'wrong-secret' }));
    expect(report.unattributed).toEqual([expect.objectContaining({ ...failed, reason: 'unknown-key' })]);
    const all = JSON.parse((await audit(['report', '--json'])).stdout);
    expect(all.denied).toContainEqual(expect.objectContaining({ ...failed, reason: 'unknown-key' }));
    expect(all.unattributed).toEqual([]);
    const text = await audit(['report', '--tenant', 'north']);
    expect(text.stdout).toMatch(/note\.create 1, note\.read 1/);
  });

  test('prove shows one event to one who has the public key alone', async () => {
    const [event] = JSON.parse((await audit(['show', note, '--json'])).stdout);
    const file = join(exports.folder(), 'proof.json');
    expect(await audit(['prove', event.chain, String(event.seq), '--out', file])).toMatchObject({ code: 0 });
    const checked = await runOps(['audit', 'check-proof', file, '--public-key', key], {});
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringContaining(note) });
    writeFileSync(file, readFileSync(file, 'utf8').replace('dr-lee', 'dr-who'));
    expect(await runOps(['audit', 'check-proof', file, '--public-key', key], {})).toMatchObject({ code: 1 });
    expect(await audit(['prove', event.chain, '999'])).toMatchObject({ code: 1 });
  });

  test('export writes what verifies offline, in every form', async () => {
    const out = join(exports.folder(), 'export');
    const made = await audit(['export', '--out', out, '--format', 'csv', 'fhir', '--unproven']);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('Verify it anywhere') });
    const verified = await runOps(['audit', 'verify', '--dir', out, '--public-key', key], {});
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('The trail is whole.') });
    const bytes = [
      'events.jsonl',
      'events.csv',
      'audit-events.ndjson',
      'checkpoints.jsonl',
      'unproven.jsonl',
      'manifest.json',
    ]
      .map((name) => readFileSync(join(out, name), 'utf8'))
      .join('');
    expect(bytes).not.toMatch(/CANARY/);
    expect(await audit(['export', '--out', out])).toMatchObject({ code: 2 });
    writeFileSync(
      join(out, 'events.jsonl'),
      readFileSync(join(out, 'events.jsonl'), 'utf8').replace('dr-lee', 'dr-who'),
    );
    const broken = await runOps(['audit', 'verify', '--dir', out, '--public-key', key], {});
    expect(broken).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Broken: event \d+ of chain/) });
  });

  test('export continues from a checkpoint', async () => {
    const out = join(exports.folder(), 'export');
    const { code, stdout } = await audit(['export', '--out', out, '--from-checkpoint', '1', '--json']);
    expect(code).toBe(0);
    const { manifest } = JSON.parse(stdout);
    expect(manifest.checkpoints.first).toBe(2);
    expect(await runOps(['audit', 'verify', '--dir', out, '--public-key', key], {})).toMatchObject({ code: 1 });
  });

  test('export is written down before it writes, so that one which fails or is cut off left its event, too', async () => {
    const exported = async () => (await looks()).filter(({ action }) => action === 'audit.export').length;
    const before = await exported();
    expect(await audit(['export', '--out', join(exports.folder(), 'x'), '--from-checkpoint', '999'])).toMatchObject({
      code: 1,
    });
    expect(await exported()).toBe(before + 1);
  });

  test('the command that an export prints verifies it, also one that continues from a checkpoint', async () => {
    for (const from of ['0', '1']) {
      const out = join(exports.folder(), 'export');
      const { stdout } = await audit(['export', '--out', out, '--from-checkpoint', from]);
      const trusted = /--trusted (\S+)/.exec(stdout)![1]!;
      expect(
        await runOps(['audit', 'verify', '--dir', out, '--public-key', key, '--trusted', trusted], {}),
      ).toMatchObject({ code: 0 });
    }
  });

  test('a proof that there is not is a look, too', async () => {
    const before = (await looks()).filter(({ route }) => route === 'audit prove').length;
    await audit(['prove', '00000000-0000-4000-8000-000000000000', '1']);
    expect((await looks()).filter(({ route }) => route === 'audit prove')).toHaveLength(before + 1);
  });

  test('public-key prints the key of the environment', async () => {
    const { code, stdout } = await audit(['public-key']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: readFileSync(key, 'utf8') });
  });

  test('each look leaves an event that says who looked, with what, and never for whom', async () => {
    const events = await looks();
    expect(new Set(events.map(({ action }) => action))).toEqual(new Set(lookActions));
    for (const event of events.filter(({ route }) => String(route).startsWith('audit '))) {
      expect(event).toMatchObject({ principal: expect.stringMatching(/^operator:./), outcome: 'success' });
      expect(JSON.stringify(event)).not.toContain(patient);
    }
    const asked = events.filter(({ criteria }) => Array.isArray(criteria) && criteria.includes('patient'));
    expect(asked[0]).toMatchObject({
      criteria: ['patient', 'tenant'],
      tenant: 'north',
      patient_ref: expect.any(String),
    });
  });

  test.each([
    [['verify', '--dir', 'x', '--cloudwatch']],
    [['verify', '--trusted', 'x']],
    [['verify', '--max-age', '5 parsecs']],
    [['verify', '--public-key', '/nowhere']],
    [['verify', '--bogus']],
    [['show', 'x']],
    [['prove', 'x', '1']],
    [['query', '--from', '2026-02-31']],
    [['query', '--from', '2026-02-02', '--to', '2026-01-01']],
    [['query', '--limit', '0']],
    [['export']],
    [['nonsense']],
  ])('are reported when they are used wrongly: %p', async (args) => {
    const { code, stderr } = await audit(args);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  test('tell in one line that the database is away', async () => {
    const { code, stderr } = await runOps(['audit', 'verify'], {
      ...database.env,
      ...signing,
      ENCRYPTION_KEY: 'short',
    });
    expect(code).toBe(2);
    expect(stderr).toContain('ENCRYPTION_KEY');
  });
});
