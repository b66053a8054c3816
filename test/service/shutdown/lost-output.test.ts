/** @slow */

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAnalyzeWorker } from '../support/analyze-worker.ts';
import { bundle } from '../support/bundle.ts';
import { Load } from '../support/load.ts';
import { isRunning } from '../support/processes.ts';
import {
  createKey,
  createOwnDatabase,
  createTestDatabase,
  type OwnDatabase,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWithPostgres } from '../support/skips.ts';
import { stopUnderLoad } from '../support/stop-postgres.ts';
import { readTrail, verifyAudit } from '../support/trail.ts';

const deadlineSeconds = 4;
/** The deadline, and a busy machine. */
const soon = deadlineSeconds * 1000 + 11_000;

describeWithPostgres()('a process that nobody reads any more', () => {
  let database: TestDatabase;
  let token: string;
  let service: ServiceProcess | undefined;
  let load: Load | undefined;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    database = await createTestDatabase();
    token = await createKey(database, { roles: ['clinician'] });
  });

  afterEach(async () => {
    load?.abort();
    service?.child.kill('SIGKILL');
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await database?.remove();
  });

  /** For the tests that stop it. */
  const ownServer = async (): Promise<OwnDatabase['server']> => {
    await database.remove();
    const own = await createOwnDatabase();
    database = own;
    token = await createKey(own, { roles: ['clinician'] });
    return own.server;
  };

  const settings = (): Record<string, string> => ({
    ...database.env,
    SHUTDOWN_DELAY_SECONDS: '0',
    SHUTDOWN_DEADLINE_SECONDS: String(deadlineSeconds),
  });

  const start = async (env: Record<string, string> = {}): Promise<ServiceProcess> => {
    service = await startProcess({ env: { ...settings(), ...env } });
    return service;
  };

  const cut = ({ child }: { readonly child: ChildProcess }, ...streams: readonly ('stdout' | 'stderr')[]): void => {
    for (const stream of streams) child[stream]!.destroy();
  };

  const ended = ({ exited }: { readonly exited: Promise<number | NodeJS.Signals> }) =>
    Promise.race([exited, sleep(soon, 'still runs', { ref: false })]);

  test.each([
    ['its reader of stdout', ['stdout']],
    ['both readers', ['stdout', 'stderr']],
  ] as const)(
    'and that loses %s under load stores all that it acknowledged, ends its chains, and ends with 1',
    async (_, streams) => {
      const running = await start();
      load = new Load({ url: () => running.url, token, keyed: 0, unkeyed: 4, pause: 10 });
      await load.progress(20);
      cut(running, ...streams);

      expect(await ended(running)).toBe(1);

      await load.stop();
      const { notes, chains } = await readTrail(database);
      const stored = new Set(notes);
      expect(load.acknowledged().filter(({ auditId }) => !stored.has(auditId!))).toEqual([]);
      expect([...chains.values()].filter((events) => events.at(-1)?.action !== 'chain.end')).toEqual([]);
      expect(await verifyAudit(database)).toMatchObject({ ok: true });
    },
  );

  test('and whose database is gone ends with 1, within its deadline', async () => {
    const server = await ownServer();
    const running = await start();
    load = new Load({ url: () => running.url, token, keyed: 0, unkeyed: 4, pause: 10 });
    await load.progress(20);
    cut(running, 'stdout', 'stderr');
    await stopUnderLoad(server, 'immediate');
    load.abort();

    expect(await ended(running)).toBe(1);
  });

  test('ends with 1 when it loses its reader while it waits for its database', async () => {
    const server = await ownServer();
    await stopUnderLoad(server, 'immediate');
    const child = spawn(process.execPath, [bundle], {
      env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', ...settings() },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const exited = new Promise<number | NodeJS.Signals>((resolve) => {
      child.on('exit', (code, signal) => resolve(code ?? signal ?? 1));
    });
    await new Promise((resolve) => child.stdout!.once('data', resolve));
    cut({ child }, 'stdout', 'stderr');

    expect(await ended({ exited })).toBe(1);
  });

  test('does not end before it has something to say, and then still obeys SIGTERM', async () => {
    const running = await start();
    cut(running, 'stdout', 'stderr');
    running.child.kill('SIGTERM');

    expect([0, 1]).toContain(await ended(running));
    const { chains } = await readTrail(database);
    expect([...chains.values()].filter((events) => events.at(-1)?.action !== 'chain.end')).toEqual([]);
  });

  test('ends with all its workers, when there are several', async () => {
    const running = await start({ WORKERS: '2' });
    const { pid } = running.child;
    const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).map(Number);
    expect(workers).toHaveLength(2);
    load = new Load({ url: () => running.url, token, keyed: 0, unkeyed: 4, pause: 10 });
    await load.progress(20);
    cut(running, 'stdout', 'stderr');

    expect(await ended(running)).toBe(1);
    await load.stop();
    expect(workers.filter(isRunning)).toEqual([]);
    const stored = new Set((await readTrail(database)).notes);
    expect(load.acknowledged().filter(({ auditId }) => !stored.has(auditId!))).toEqual([]);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  test('ends when it only analyses, also when its database is gone', async () => {
    const server = await ownServer();
    const worker = await startAnalyzeWorker({ ...settings(), ANALYSIS_WORKERS: '1' });
    children.push(worker.child);
    cut(worker, 'stdout', 'stderr');
    await stopUnderLoad(server, 'immediate');

    expect(await ended(worker)).toBe(1);
  });

  test.each([
    ['the reader of its answer', ['stdout']],
    ['the reader of its messages', ['stderr']],
  ] as const)('and is a command that loses %s says nothing of it, with no stack', async (_, streams) => {
    const child = spawn(process.execPath, [bundle, 'keys', 'list'], {
      env: { PATH: process.env.PATH, ...database.ownerEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let said = '';
    for (const stream of ['stdout', 'stderr'] as const) {
      if (!streams.includes(stream as never)) child[stream].on('data', (chunk) => (said += chunk));
    }
    cut({ child }, ...streams);
    const code = await new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal)));

    // What a shell shows of a program that a broken pipe ended: 128 and the number of SIGPIPE.
    expect({ code, said }).toEqual(
      (streams as readonly string[]).includes('stdout')
        ? { code: 141, said: '' }
        : { code: 0, said: expect.stringContaining('clinician') },
    );
  });
});
