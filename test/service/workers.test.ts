/** @slow */

import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { eventually } from '../support/eventually.ts';
import { clientOf } from './support/client.ts';
import { freePort } from './support/free-port.ts';
import { Load, makeNote, postNote } from './support/load.ts';
import { isRunning } from './support/processes.ts';
import {
  createKey,
  createTestDatabase,
  runCommand,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from './support/service.ts';
import { describeWithPostgres } from './support/skips.ts';
import { readTrail, verifyAudit } from './support/trail.ts';

describeWithPostgres()('WORKERS=2 on PostgreSQL', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let token: string;
  let metricsPort: number;
  let killedAt: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    token = await createKey(database, { roles: ['clinician'] });
    metricsPort = await freePort();
    service = await startProcess({
      env: { ...database.env, WORKERS: '2', METRICS_PORT: String(metricsPort), SHUTDOWN_DELAY_SECONDS: '6' },
    });
    await listening(2);
  });

  afterAll(async () => {
    service?.child.kill('SIGKILL');
    await database?.remove();
  });

  const events = (name: string): Record<string, unknown>[] =>
    service
      .output()
      .split('\n')
      .filter((line) => line.includes(`"event":"${name}"`))
      .map((line) => JSON.parse(line));

  const listening = (count: number) =>
    eventually(
      () => `${count} workers listen: ${JSON.stringify(events('worker_died'))}`,
      () => events('listening').length >= count,
      20,
    );

  /** The samples of a metric, by their labels; undefined while the primary cannot collect them. */
  const scrape = async (name: string): Promise<Map<string, number> | undefined> => {
    const response = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    if (response.status !== 200) return undefined;
    const samples = (await response.text()).matchAll(/^(\w+)(\{[^}]*\})? (\S+)$/gm);
    return new Map(
      [...samples].filter(([, of]) => of === name).map(([, , labels = '', value]) => [labels, Number(value)]),
    );
  };

  const processesUnder = async (pid: number): Promise<number[]> => {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return children.trim().split(/\s+/).filter(Boolean).map(Number);
  };

  test('both serve: the chains of each grow', async () => {
    const load = new Load({ url: () => service.url, token, keyed: 4, unkeyed: 4 });
    await load.progress(100);
    await load.stop();
    expect([...load.replies.keys()]).toEqual([200]);
    const { chains } = await readTrail(database);
    const used = [...chains.values()].filter((of) => of.some(({ action }) => action === 'note.create'));
    // A worker has two lanes, so more than two chains are more than one worker.
    expect(used.length).toBeGreaterThan(2);
  });

  test('/metrics on the primary shows their sum', async () => {
    const { notes } = await readTrail(database);
    const counted = await scrape('ingest_notes_acknowledged_total');
    expect([...counted!.values()]).toEqual([notes.length]);
    // One series for all workers, and none that names a worker.
    expect([...(await scrape('build_info'))!.values()]).toEqual([1]);
  });

  test('a worker that is killed is replaced, and nothing acknowledged is lost', async () => {
    const before = await processesUnder(service.child.pid!);
    expect(before).toHaveLength(2);
    const load = new Load({ url: () => service.url, token, keyed: 6, unkeyed: 0 });
    await load.progress(50);
    killedAt = new Date().toISOString();
    process.kill(before[0]!, 'SIGKILL');
    await listening(3);
    await load.progress(50);
    await load.stop();
    const after = await processesUnder(service.child.pid!);
    expect(after).toHaveLength(2);
    expect(after).toContain(before[1]);
    expect(after).not.toContain(before[0]);
    expect(events('worker_died')).toHaveLength(1);
    const stored = new Set((await readTrail(database)).notes);
    expect(load.notes.filter(({ auditId }) => !stored.has(auditId!))).toEqual([]);
    expect(await scrape('ingest_notes_acknowledged_total')).toBeDefined();
  });

  test('SIGTERM to the primary drains them all and ends with 0', async () => {
    const workers = await processesUnder(service.child.pid!);
    service.child.kill('SIGTERM');
    await eventually('both stop', () => events('stopping').length === 2, 20);
    const client = clientOf(service.url, token);
    for (let attempt = 0; attempt < 4; attempt++) expect((await client.get('/health')).status).toBe(503);
    const note = makeNote(false);
    expect((await postNote(service.url, token, note))?.status).toBe(200);
    expect(await service.exited).toBe(0);
    expect(workers.filter(isRunning)).toEqual([]);
    const { notes, created, chains } = await readTrail(database);
    expect(notes).toContain(note.auditId);
    expect([...created].sort()).toEqual([...notes].sort());
    const open = [...chains.values()].filter((of) => of.at(-1)?.action !== 'chain.end');
    // Those of the worker that was killed: half of the chains that were begun before.
    const begun = [...chains.values()].filter(
      (of) => of[0]!.recorded_at < killedAt && of.every(({ action }) => action !== 'key.create'),
    );
    expect(open).toHaveLength(begun.length / 2);
    expect(open.filter((of) => !begun.includes(of))).toEqual([]);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  test('workers do not outlive a primary that is killed', async () => {
    service = await startProcess({ env: { ...database.env, WORKERS: '2' } });
    await listening(2);
    const workers = await processesUnder(service.child.pid!);
    expect(workers).toHaveLength(2);
    service.child.kill('SIGKILL');
    await eventually('the workers end', () => !workers.some(isRunning), 20);
  });

  test('a fault that only workers meet ends the primary, instead of being met again and again', async () => {
    // The wrong master key: the primary opens none.
    const env = { ...database.env, ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'), WORKERS: '2' };
    const { code, stdout, stderr } = await runCommand([], { ...env, PORT: '0', METRICS_PORT: '0', LOG_FORMAT: 'json' });
    expect(code).toBe(1);
    expect((stdout.match(/"event":"worker_died"/g) ?? []).length).toBeLessThanOrEqual(2);
    expect(stderr).toMatch(/^healthcare-ai: /m);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a fault of the configuration is reported once, with exit code 2', async () => {
    const { code, stderr } = await runCommand([], { DATA_DIR: tmpdir(), WORKERS: '2' });
    expect(code).toBe(2);
    expect(stderr.match(/WORKERS/g)).toHaveLength(1);
  });
});
