/** @slow */

import { eventually } from '../../support/eventually.ts';
import { makeNote, postNote, type Reply, type SentNote } from '../support/load.ts';
import { Probe } from '../support/probe.ts';
import {
  createKey,
  createTestDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { readNotes, readTrail, type Trail, verifyAudit } from '../support/trail.ts';

/** What the service sends last: the COMMIT of a group with keys, and the one statement of a group without. */
const lastMessage = { keyed: 'COMMIT', unkeyed: 'notes-1' } as const;
type Kind = keyof typeof lastMessage;

describeWithPostgres()('a COMMIT whose outcome is unknown', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let service: ServiceProcess;
  let token: string;
  let before: Trail;
  const probes: Probe[] = [];

  const probe = (path: string): Probe => {
    const running = new Probe(service.url + path);
    probes.push(running);
    return running;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    token = await createKey(database, { roles: ['clinician'] });
    const url = new URL(database.env.DATABASE_URL!);
    proxy = await startTcpProxy(Number(url.port));
    url.port = String(proxy.port);
    service = await startProcess({ env: { ...database.env, DATABASE_URL: url.href, LANES: '1' } });
  });

  beforeEach(async () => {
    await probe('/health/ready').until(200);
    before = await readTrail(database);
  });

  afterEach(async () => {
    await Promise.all(probes.splice(0).map((running) => running.stop()));
  });

  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await proxy?.close();
    await database?.remove();
  });

  const post = (note: SentNote): Promise<Reply | undefined> => postNote(service.url, token, note);

  /** Tries as a client does, until it is acknowledged. */
  const postUntilAcknowledged = (note: SentNote) =>
    eventually('the note is acknowledged', async () => (await post(note))?.status === 200, 100);

  const newNotes = ({ notes }: Trail) => notes.filter((auditId) => !before.notes.includes(auditId));

  /** The note is stored once, as it was sent, and the lane continued in a new chain that names the one it lost. */
  const expectStoredOnce = async (note: SentNote): Promise<void> => {
    await probe('/health/ready').until(200);
    const trail = await readTrail(database);
    expect(newNotes(trail)).toEqual([note.auditId]);
    expect(trail.created.filter((auditId) => !before.created.includes(auditId))).toEqual([note.auditId]);
    const found = await readNotes(service.url, token, [note.auditId!]);
    expect(found.get(note.auditId!)).toMatchObject({ patient_id: note.patientId, note_text: note.noteText });
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
    const begun = [...trail.chains].filter(([chain]) => !before.chains.has(chain));
    const [, [start]] = begun.find(([, [first]]) => before.chains.has(first?.subject ?? ''))!;
    expect(start?.action).toBe('chain.start');
    expect(trail.chains.get(start!.subject!)?.at(-1)?.action).not.toBe('chain.end');
  };

  describe.each<Kind>(['keyed', 'unkeyed'])('of a group that is %s', (kind) => {
    test('is looked for, and the note acknowledged when it is stored', async () => {
      const note = makeNote(kind === 'keyed');
      const cut = proxy.cutAt(lastMessage[kind], 'answer-lost');
      expect((await post(note))?.status).toBe(200);
      await cut;
      await expectStoredOnce(note);
    });

    test('is answered 503 when it did not reach the server, and the note is not there', async () => {
      const note = makeNote(kind === 'keyed');
      const cut = proxy.cutAt(lastMessage[kind], 'before');
      const reply = await post(note);
      await cut;
      expect(reply?.status).toBe(503);
      expect(reply?.headers['retry-after']).toMatch(/^\d+$/);
      expect(newNotes(await readTrail(database))).toEqual([]);
      await postUntilAcknowledged(note);
      await expectStoredOnce(note);
    });
  });

  test('is answered 503 when nobody can look; the retry gives the first answer and stores nothing', async () => {
    const note = makeNote(true);
    const cut = proxy.cutAt(lastMessage.keyed, 'answer-lost').then(() => proxy.refuse());
    expect((await post(note))?.status).toBe(503);
    await cut;
    const stored = newNotes(await readTrail(database));
    expect(stored).toHaveLength(1);
    proxy.restore();
    await postUntilAcknowledged(note);
    expect(note.auditId).toBe(stored[0]);
    await expectStoredOnce(note);
  });

  test('is answered in bounded time when the server falls silent and no connection is closed', async () => {
    const note = makeNote(true);
    const health = probe('/health');
    const ready = probe('/health/ready');
    const cut = proxy.cutAt(lastMessage.keyed, 'silence');
    const started = Date.now();
    const reply = post(note);
    await cut;
    await ready.until(503);
    expect((await reply)?.status).toBe(503);
    // 12 seconds until the statement is given up, 5 to look, and a busy machine.
    expect(Date.now() - started).toBeLessThan(35_000);
    proxy.restore();
    await ready.until(200);
    expect(new Set(health.statuses)).toEqual(new Set([200]));
    await postUntilAcknowledged(note);
    await expectStoredOnce(note);
  });
});
