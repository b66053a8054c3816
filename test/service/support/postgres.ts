import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../../../service/src/database/migrate.ts';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { freePort } from './free-port.ts';

/** Databases on a real PostgreSQL server, on loopback, which runs as an unprivileged user. */
export interface PostgresServer {
  /** URL of a database as the owner, who is a superuser. */
  ownerUrl(database?: string): string;
  /** URL of a database as another role. */
  urlOf(user: string, password: string, database?: string): string;
  /** Creates an empty database. */
  createDatabase(name: string): Promise<void>;
  /** Creates a database with the schema of this release. */
  createMigrated(name: string): Promise<void>;
  /** Copies a database. Nobody else may be connected to it. */
  copyDatabase(from: string | undefined, name: string): Promise<void>;
  query<Row = Record<string, unknown>>(text: string, values?: unknown[], database?: string): Promise<Row[]>;
  remove(): void | Promise<void>;
}

/** A server that one test file has for itself. */
export interface OwnPostgresServer extends PostgresServer {
  readonly port: number;
  /** `immediate` is a crash: the server recovers from its log at the next start. */
  stop(mode?: 'fast' | 'immediate'): void;
  start(): Promise<void>;
  /** Folder of the server's files, for tests that look into them. */
  readonly folder: string;
  remove(): void;
}

/**
 * Folder of the server's programs, or undefined where there is no server.
 *
 * @param major the version that it must be; undefined takes the newest of Debian's, or the first of PATH
 */
export function findPostgres(major?: number): string | undefined {
  const debian = '/usr/lib/postgresql';
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(debian, version, 'bin'))
    : [];
  const path = (process.env.PATH ?? '').split(':');
  return [...folders, ...path].find(
    (folder) =>
      existsSync(join(folder, 'initdb')) &&
      existsSync(join(folder, 'postgres')) &&
      (major === undefined || majorOf(folder) === major),
  );
}

const majorOf = (folder: string): number =>
  Number(/PostgreSQL\) (\d+)/.exec(execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' }))?.[1]);

/** PostgreSQL refuses to run as root. Debian's package makes a user for it; `nobody` does elsewhere. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {}
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody');
}

export interface PostgresOptions {
  /** @default true */
  readonly fsync?: boolean;
  /** Major version. @default - the newest that is found */
  readonly version?: number;
}

export async function startPostgres(options: PostgresOptions = {}): Promise<OwnPostgresServer> {
  const programs = findPostgres(options.version);
  if (!programs) throw new Error('no PostgreSQL server was found');
  const user = unprivileged();
  const root = mkdtempSync(join(tmpdir(), 'healthcare-ai-pg-'));
  const folder = join(root, 'data');
  if (user) chownSync(root, user.uid, user.gid);
  chmodSync(root, 0o755);
  const run = (program: string, args: string[]) =>
    execFileSync(join(programs, program), args, { ...user, cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  run('initdb', [
    '-D',
    folder,
    '-U',
    'owner',
    '--auth=trust',
    '--auth-host=trust',
    '-E',
    'UTF8',
    '--no-sync',
    '--no-instructions',
  ]);
  const port = await freePort();

  const start = async () => {
    const settings = {
      fsync: options.fsync === false ? 'off' : 'on',
      max_connections: '200',
      log_min_messages: 'fatal',
    };
    const args = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', ''];
    for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
    const server = spawn(join(programs, 'postgres'), args, { ...user, cwd: root, stdio: 'ignore' });
    server.unref();
    await answering(port, () => server.exitCode ?? server.signalCode);
  };
  await start();

  const stop = (mode: 'fast' | 'immediate' = 'fast') => {
    run('pg_ctl', ['-D', folder, '-m', mode, '-w', '-t', '50', 'stop']);
  };
  return {
    ...connectToServer(port),
    port,
    folder,
    stop,
    start,
    remove() {
      try {
        stop('immediate');
      } catch {}
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The server at a port, which `remove` leaves running. */
export function connectToServer(port: number): PostgresServer {
  const ownerUrl = (database = 'postgres') => `postgresql://owner@127.0.0.1:${port}/${database}`;
  const query = async <Row>(text: string, values: unknown[] = [], database = 'postgres'): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: ownerUrl(database) });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  };
  const create = async (name: string, from: string) => {
    await query(`CREATE DATABASE ${name} TEMPLATE ${from}`, [], 'template1');
  };
  return {
    ownerUrl,
    urlOf: (name, password, database = 'postgres') => `postgresql://${name}:${password}@127.0.0.1:${port}/${database}`,
    query,
    createDatabase: (name) => create(name, 'template0'),
    async createMigrated(name) {
      await create(name, 'template0');
      const database = new PostgresqlDatabase({ url: ownerUrl(name), poolSize: 1, onIdleError: () => {} });
      await migrate(database).finally(() => database.close());
    },
    copyDatabase: (from = 'postgres', name) => create(name, from),
    remove() {},
  };
}

async function answering(port: number, ended: () => number | string | null): Promise<void> {
  // As long as a crash recovery takes on a busy machine, as long as the process lives.
  for (const until = performance.now() + 50_000; performance.now() < until; ) {
    if (ended() !== null) throw new Error(`PostgreSQL ended with ${ended()} instead of answering`);
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'owner', database: 'postgres' });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await client.end().catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error('PostgreSQL did not answer within 50 seconds');
}
