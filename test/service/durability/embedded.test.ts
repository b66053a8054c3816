import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientOf } from '../support/client.ts';
import { makeNote, postNote } from '../support/load.ts';
import {
  type EmbeddedDatabase,
  embeddedDatabase,
  firstKey,
  runCommand,
  type ServiceProcess,
  startProcess,
} from '../support/service.ts';
import { readNotes, verifyAudit } from '../support/trail.ts';

describe('the embedded database', () => {
  let database: EmbeddedDatabase;
  let service: ServiceProcess;
  let token: string;
  const notes = Array.from({ length: 20 }, (_, index) => makeNote(index % 2 === 0));

  beforeAll(async () => {
    database = embeddedDatabase();
    service = await startProcess({ env: database.env });
    token = await firstKey(database);
  });

  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await database?.remove();
  });

  test('refuses a second process on the same folder, and says which one holds it', async () => {
    const { code, stdout, stderr } = await runCommand([], { ...database.env, PORT: '0', METRICS_PORT: '0' });
    expect(code).toBe(1);
    const told = (stdout + stderr).split('\n').filter((line) => line.startsWith('healthcare-ai: '));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`${database.folder} is in use by process ${service.child.pid}: stop it`);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect((await clientOf(service.url).get('/health')).status).toBe(200);
  });

  test('keeps what it acknowledged through kill -9, and takes over the lock of a process that is gone', async () => {
    const replies = await Promise.all(notes.map((note) => postNote(service.url, token, note)));
    expect(replies.map((reply) => reply?.status)).toEqual(notes.map(() => 200));
    service.child.kill('SIGKILL');
    expect(await service.exited).toBe('SIGKILL');
    expect(readFileSync(join(database.folder, 'lock'), 'utf8')).toBe(`${service.child.pid}\n`);

    service = await startProcess({ env: database.env });
    const ids = notes.map(({ auditId }) => auditId!);
    const found = await readNotes(service.url, token, ids);
    expect(ids.map((id) => found.get(id))).toEqual(
      notes.map(({ auditId, patientId, noteText }) =>
        expect.objectContaining({ audit_id: auditId, patient_id: patientId, note_text: noteText }),
      ),
    );
    const again = await postNote(service.url, token, { ...notes[0]! });
    expect(JSON.parse(again!.text).audit_id).toBe(notes[0]!.auditId);
  });

  test('makes no second key at a later start', () => {
    expect(service.output()).not.toContain('hai_');
  });

  test('stops cleanly, gives the folder back, and its chains are whole', async () => {
    expect(await service.stop()).toBe(0);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });
});
