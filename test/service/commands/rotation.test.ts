import { randomBytes } from 'node:crypto';
import { clientOf } from '../support/client.ts';
import { createKey, createTestDatabase, runCommand, startProcess } from '../support/service.ts';

const database = createTestDatabase();
const token = database.then((made) => createKey(made, { principal: 'dr-jones', roles: ['clinician', 'auditor'] }));
afterAll(async () => (await database).remove());

type Settings = Record<string, string>;
const command = async (settings: Settings, ...args: string[]) =>
  runCommand(args, { ...(await database).ownerEnv, ...settings });
async function serving<T>(settings: Settings, work: (client: ReturnType<typeof clientOf>) => Promise<T>): Promise<T> {
  const key = await token;
  const service = await startProcess({ env: { ...(await database).env, ...settings } });
  try {
    return await work(clientOf(service.url, key));
  } finally {
    await service.stop();
  }
}
const first = randomBytes(32).toString('base64');
const second = randomBytes(32).toString('hex');
const third = randomBytes(32).toString('base64');

test('[164.312(a)(2)(iv)] after the master key was rotated and the keys wrapped again, old notes are read without the old one', async () => {
  const note = (text: string) =>
    serving({ ENCRYPTION_KEY: first }, async (client) => (await client.ingest('patient-1', text)).body.audit_id);
  const old = await note('under the first key');
  const rotated = { ENCRYPTION_KEY: second, ENCRYPTION_KEY_PREVIOUS: first };

  // 1. Both keys are known: what was written is read, and what is written needs the new one.
  const between = await serving(rotated, async (client) => {
    expect((await client.get(`/notes/${old}`)).body.note_text).toBe('under the first key');
    return (await client.ingest('patient-1', 'between')).body.audit_id;
  });
  // 2. The old one is taken away too early: the start says which key is missing.
  const early = await command({ ENCRYPTION_KEY: second, PORT: '0', METRICS_PORT: '0' });
  expect(early.code).toBe(1);
  expect(early.stderr).toMatch(/a data key is wrapped by local:[0-9a-f]{16}, .* ENCRYPTION_KEY_PREVIOUS/);
  // 3. Wrapped again, as often as one wants.
  const rewrapped = await command(rotated, 'keys', 'rewrap');
  expect(rewrapped).toMatchObject({ code: 0, stderr: '' });
  expect(rewrapped.stdout).toMatch(/^rewrapped [1-9]\d* data keys\n$/);
  expect((await command(rotated, 'keys', 'rewrap')).stdout).toBe('rewrapped 0 data keys\n');
  // 4. Now the old one may go.
  await serving({ ENCRYPTION_KEY: second }, async (client) => {
    expect((await client.get(`/notes/${old}`)).body.note_text).toBe('under the first key');
    expect((await client.get(`/notes/${between}`)).body.note_text).toBe('between');
    const { body } = await client.post('/notes/search', { patient_id: 'patient-1' });
    expect(body.notes.map(({ audit_id }: { audit_id: string }) => audit_id)).toEqual([between, old]);
  });
  expect((await command({ ENCRYPTION_KEY: first, PORT: '0', METRICS_PORT: '0' })).code).toBe(1);
});

test('rewrap with a master key that never wrapped anything changes nothing, and says which one it needs', async () => {
  const { code, stdout, stderr } = await command({ ENCRYPTION_KEY: third }, 'keys', 'rewrap');

  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^healthcare-ai: a data key is wrapped by local:[0-9a-f]{16}, .*\n$/);
  await serving({ ENCRYPTION_KEY: second }, async (client) =>
    expect((await client.get('/health/ready')).status).toBe(200),
  );
});

test('after rotate-index a patient’s notes and events of before and after are found together', async () => {
  const settings = { ENCRYPTION_KEY: second };
  const before = await serving(settings, async (client) => (await client.ingest('patient-2', 'before')).body.audit_id);

  const rotated = await command(settings, 'keys', 'rotate-index');

  expect(rotated).toEqual({
    code: 0,
    stdout: 'new patient references use key version 2 within a minute\n',
    stderr: '',
  });
  await serving(settings, async (client) => {
    const after = (await client.ingest('patient-2', 'after')).body.audit_id;
    const notes = (await client.post('/notes/search', { patient_id: 'patient-2' })).body.notes;
    const { events } = (await client.post('/audit/search', { patient_id: 'patient-2', action: 'note.create' })).body;

    expect(notes.map(({ audit_id }: { audit_id: string }) => audit_id)).toEqual([after, before]);
    expect(events.map((event: Record<string, unknown>) => [event.audit_id, event.patient_ref_version])).toEqual([
      [after, 2],
      [before, 1],
    ]);
    expect(events[0].patient_ref).not.toBe(events[1].patient_ref);
    expect((await client.get(`/notes/${before}`)).body.note_text).toBe('before');
  });
});

test('both rotations are events in the trail', async () => {
  const made = await database;
  if (made.server === undefined) return;
  const rows = await made.server.query<{ event: string }>(
    "SELECT event FROM audit_events WHERE action = 'key.rotate' ORDER BY recorded_at",
  );

  const events = rows.map(({ event }) => JSON.parse(event));
  expect(events.map(({ subject, count }) => [subject, count])).toEqual([
    ['master', expect.any(Number)],
    ['master', 0],
    ['patient-index', 2],
  ]);
});
