import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeApiKey } from '@healthcare-ai/contract/api-key';
import { freePort } from '../../test/service/support/free-port.ts';
import { findPostgres } from '../../test/service/support/postgres.ts';
import {
  createKey,
  createOwnDatabase,
  embeddedDatabase,
  type TestDatabase,
} from '../../test/service/support/service.ts';

/** A server under load, on a core of its own where the machine has two. */
export interface Server {
  readonly name: string;
  readonly url: string;
  readonly token?: string;
  readonly process: ChildProcess;
  /** From spawn to the first 200 on the path that says it is ready, in ms. */
  readonly startup: number;
  /** Resident memory now and at its highest, in MB. */
  memory(): { readonly now: number; readonly peak: number };
  /** CPU seconds used so far. */
  cpu(): number;
  stop(): Promise<void>;
}

export const pinned = hasTaskset();

/** Moves this process, which reads the servers' logs, off their core; what it starts stays with it. */
function hasTaskset(): boolean {
  try {
    execFileSync('taskset', ['-a', '-cp', '1', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function startServer(
  name: string,
  args: (port: number) => readonly string[],
  options: { readonly env?: Record<string, string>; readonly ready: string; readonly token?: string },
): Promise<Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const started = performance.now();
  const command = [...(pinned ? ['taskset', '-c', '0'] : []), process.execPath, ...args(port)];
  const child = spawn(command[0]!, command.slice(1), {
    env: { PATH: process.env.PATH, PORT: String(port), METRICS_PORT: '0', ...options.env },
    // A log that is read costs the server what it costs in production.
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.resume();
  while (!(await answers(url + options.ready))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const startup = performance.now() - started;
  const status = () => readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status())?.[1] ?? 0) / 1024;
  return {
    name,
    url,
    token: options.token,
    process: child,
    startup,
    memory: () => ({ now: megabytes('VmRSS'), peak: megabytes('VmHWM') }),
    cpu() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    stop() {
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
      return gone;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'GET' });
    await response.arrayBuffer();
    // The baselines have no health route: an answer is enough.
    return response.status === 200 || !url.includes('health');
  } catch {
    return false;
  }
}

const service = 'service/dist/main.cjs';
/** The young generation is that of the image; the old one has the machine's limit. */
const heap = /--max-semi-space-size=\d+/.exec(readFileSync('service/Dockerfile', 'utf8'))![0];

export const startBare = (nodeArgs: readonly string[] = []) =>
  startServer('bare node:http, no store', (port) => [...nodeArgs, 'bench/ingest/bare.ts', String(port)], {
    ready: '/',
  });
export const startNaive = (nodeArgs: readonly string[] = []) =>
  startServer('naive Express stack, no store', (port) => [...nodeArgs, 'bench/ingest/naive.ts', String(port)], {
    ready: '/',
  });

export function startStubbed(
  nodeArgs: readonly string[] = [],
  limiter: 'none' | 'own' | 'library' = 'none',
): Promise<Server> {
  const { token } = makeApiKey();
  const args = (port: number) => [...nodeArgs, 'bench/ingest/stubbed.ts', String(port), token, limiter];
  return startServer('ingest, store stubbed', args, {
    env: { NODE_OPTIONS: heap },
    ready: '/health/ready',
    token,
  });
}

export async function startFull(
  database: TestDatabase,
  name: string,
  { env = {}, nodeArgs = [] }: { readonly env?: Record<string, string>; readonly nodeArgs?: readonly string[] } = {},
): Promise<Server> {
  const token = await createKey(database, {
    roles: ['integration'],
    principal: `bench-${Math.random().toString(36).slice(2)}`,
  });
  return startServer(name, () => [...nodeArgs, service], {
    env: { RATE_LIMIT: 'off', LOG_FORMAT: 'json', NODE_OPTIONS: heap, ...database.env, ...env },
    ready: '/health/ready',
    token,
  });
}

/** PostgreSQL, moved off the server's core. @param fsync whether it waits for the disk, as it does in production */
export async function openBenchDatabase(fsync = true): Promise<TestDatabase> {
  if (!findPostgres()) return embeddedDatabase();
  const database = await createOwnDatabase({ fsync });
  if (pinned) {
    const pid = readFileSync(`${database.server.folder}/postmaster.pid`, 'utf8').split('\n')[0]!;
    execFileSync('taskset', ['-cp', '1', pid], { stdio: 'ignore' });
  }
  return database;
}

/** Of all audit events in the database, the share that was published; undefined for the embedded one, which is in use. */
export async function publishedShare({ server }: TestDatabase): Promise<number | undefined> {
  const rows = await server?.query<{ share: number }>(
    `SELECT (c.record::jsonb -> 'statement' ->> 'total')::float / (SELECT count(*) FROM audit_events) AS share
     FROM audit_publications p JOIN audit_checkpoints c USING (number)`,
  );
  return rows?.[0]?.share;
}

/** Waits until the trail is published, at most 10 seconds; without a sink nothing is, and it returns at once. */
export async function untilPublished(database: TestDatabase): Promise<void> {
  for (let waited = 0; waited < 10_000 && ((await publishedShare(database)) ?? 1) < 1; waited += 100) await sleep(100);
}
