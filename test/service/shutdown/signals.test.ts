/** @slow */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { eventually } from '../../support/eventually.ts';
import { clientOf } from '../support/client.ts';
import { freePort } from '../support/free-port.ts';
import { makeNote, postNote } from '../support/load.ts';
import {
  createKey,
  createTestDatabase,
  runCommand,
  type ServiceProcess,
  startProcess,
  type TestDatabase,
} from '../support/service.ts';
import { describeWith, describeWithPostgres } from '../support/skips.ts';
import { readTrail, verifyAudit } from '../support/trail.ts';

describeWithPostgres()('a process that receives a stop signal', () => {
  let database: TestDatabase;
  let token: string;
  let service: ServiceProcess;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    token = await createKey(database, { roles: ['clinician'] });
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    service?.child.kill('SIGKILL');
  });

  afterAll(() => database?.remove());

  const start = async (delay: number, deadline: number, env: Record<string, string> = {}): Promise<void> => {
    const settings = { SHUTDOWN_DELAY_SECONDS: String(delay), SHUTDOWN_DEADLINE_SECONDS: String(deadline) };
    service = await startProcess({ env: { ...database.env, ...settings, ...env } });
  };

  /** Opens a connection of its own, and sends what is given. */
  const open = async (text: string): Promise<{ readonly received: () => string; readonly closed: Promise<void> }> => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    sockets.push(socket);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    await new Promise((resolve) => socket.on('connect', resolve));
    await new Promise<void>((resolve) => socket.write(text, () => resolve()));
    return { received: () => received, closed };
  };

  const stopping = () =>
    eventually(
      () => `the process stops:\n${service.output()}`,
      () => service.output().includes('"event":"stopping"'),
      10,
    );

  /** A request has come as far as the lock that holds it up. */
  const heldUp = () => {
    const waiting = "SELECT FROM pg_stat_activity WHERE usename <> 'owner' AND wait_event_type = 'Lock'";
    return eventually(
      () => `a request at the lock:\n${service.output()}`,
      async () => (await database.server!.query(waiting)).length > 0,
      20,
    );
  };

  /** Every chain that is not the command's has an end, and nothing is missing in between. */
  const expectChainsEnded = async (): Promise<void> => {
    const { chains } = await readTrail(database);
    const open = [...chains.values()].filter((events) => events.at(-1)?.action !== 'chain.end');
    expect(open).toEqual([]);
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  };

  test('reports it on its health paths, continues serving for the delay, then ends with 0 and its chains ended', async () => {
    // Longer than five requests take on a busy machine.
    await start(6, 30);
    const client = clientOf(service.url, token);
    service.child.kill('SIGTERM');
    await stopping();
    for (const path of ['/health', '/health/live', '/health/ready']) {
      const { status, headers, body } = await client.get(path);
      expect({ status, body }).toMatchObject({ status: 503, body: { status: 'draining' } });
      expect(headers.get('connection')).toBe('close');
    }
    const { status, headers, body } = await client.ingest('patient-1', 'Sent while the process drains.');
    expect(status).toBe(200);
    expect(headers.get('connection')).toBe('close');
    expect(await service.exited).toBe(0);
    expect((await readTrail(database)).notes).toContain(body.audit_id);
    await expectChainsEnded();
  });

  test.each(['off', 'self-signed'])(
    'answers what is in flight before it ends, and stores it, with TLS=%s',
    async (TLS) => {
      await start(0, 20, { TLS });
      const silent = await open('');
      const owner = new pg.Client({ connectionString: database.server!.ownerUrl() });
      await owner.connect();
      await owner.query('BEGIN; LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
      const note = makeNote(false);
      const reply = postNote(service.url, token, note);
      await heldUp();
      service.child.kill('SIGTERM');
      await stopping();
      await silent.closed;
      expect(service.child.exitCode).toBeNull();
      await owner.query('COMMIT');
      await owner.end();
      expect((await reply)?.status).toBe(200);
      expect(await service.exited).toBe(0);
      expect((await readTrail(database)).notes).toContain(note.auditId);
      await expectChainsEnded();
    },
  );

  test('closes connections that are idle', async () => {
    await start(0, 20);
    const idle = await open('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually('an answer', () => idle.received().includes('\r\n\r\n'), 20);
    expect(idle.received()).toMatch(/^HTTP\/1.1 200 /);
    const silent = await open('');
    const started = Date.now();
    expect(await service.stop()).toBe(0);
    await Promise.all([idle.closed, silent.closed]);
    expect(Date.now() - started).toBeLessThan(15_000);
    await expectChainsEnded();
  });

  test('does not wait for the rest of a request beyond its deadline, and still ends its chains', async () => {
    await start(0, 4);
    const authorization = `Authorization: Bearer ${token}`;
    const halfHead = await open('POST /ingest HTTP/1.1\r\nHost: x\r\nContent-');
    const halfBody = await open(
      `POST /ingest HTTP/1.1\r\nHost: x\r\n${authorization}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"pat`,
    );
    const started = Date.now();
    expect(await service.stop()).toBe(0);
    // The deadline, and a busy machine.
    expect(Date.now() - started).toBeLessThan(4_000 + 10_000);
    await Promise.all([halfHead.closed, halfBody.closed]);
    expect(service.output()).toMatch(/"event":"connections_cut"/);
    await expectChainsEnded();
  });

  test('ends at its deadline with 1 when the database holds up what is in flight', async () => {
    await start(0, 3);
    const owner = new pg.Client({ connectionString: database.server!.ownerUrl() });
    await owner.connect();
    await owner.query('BEGIN; LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
    const reply = postNote(service.url, token, makeNote(false));
    await heldUp();
    expect(await service.stop()).toBe(1);
    expect((await reply)?.status).not.toBe(200);
    expect(service.output()).toMatch(/"event":"shutdown_deadline"/);
    await owner.query('ROLLBACK');
    await owner.end();
    expect(await verifyAudit(database)).toMatchObject({ ok: true });
  });

  test('ends at once on a second SIGINT', async () => {
    await start(30, 60);
    service.child.kill('SIGINT');
    await stopping();
    service.child.kill('SIGINT');
    expect(await service.exited).toBe(130);
  });

  test('takes a second SIGTERM for an impatient platform, and drains all the same', async () => {
    await start(5, 30);
    service.child.kill('SIGTERM');
    await stopping();
    service.child.kill('SIGTERM');
    const client = clientOf(service.url, token);
    expect((await client.ingest('patient-1', 'Sent after the second signal.')).status).toBe(200);
    expect(await service.exited).toBe(0);
  });

  test('ends while it still waits for its database', async () => {
    const nowhere = `postgresql://nobody@127.0.0.1:${await freePort()}/none`;
    const starting = startProcess({
      env: { ...database.env, DATABASE_URL: nowhere },
      onSpawn: (child) => {
        child.stdout?.once('data', () => child.kill('SIGTERM'));
      },
    });
    await expect(starting).rejects.toThrow(/ended with 0/);
  });

  test('takes no request when its metrics cannot be shown: their port is in use', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const METRICS_PORT = String((holder.address() as { port: number }).port);
    const { code, stdout, stderr } = await runCommand([], {
      ...database.env,
      PORT: '0',
      METRICS_PORT,
      LOG_FORMAT: 'json',
    });
    holder.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^healthcare-ai: .*EADDRINUSE.*:${METRICS_PORT}\n$`));
    expect(stdout).not.toMatch(/"event":"listening"/);
  });

  const namespaces = spawnSync('unshare', ['--pid', '--fork', '--kill-child', 'true']).status === 0;
  describeWith('PID namespaces (unshare)', namespaces)('as process 1 of a container', () => {
    test.each(['SIGTERM', 'SIGINT'] as const)(
      'stops cleanly on %s, which the kernel keeps from an unprepared process 1',
      async (signal) => {
        service = await startProcess({
          env: { ...database.env, SHUTDOWN_DELAY_SECONDS: '0' },
          command: ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'],
        });
        const { pid: parent } = service.child;
        const pid = Number(readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8'));
        const [, ids] = /^NSpid:(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
        expect(ids!.trim().split(/\s+/).at(-1)).toBe('1');
        process.kill(pid, signal);
        expect(await service.exited).toBe(0);
      },
    );
  });
});
