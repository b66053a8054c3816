import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresqlDatabase } from '../../../service/src/database/postgresql.ts';
import { eventually } from '../../support/eventually.ts';
import { bundle } from './bundle.ts';
import { createApiKey } from './create-api-key.ts';
import {
  findPostgres,
  type OwnPostgresServer,
  type PostgresOptions,
  type PostgresServer,
  startPostgres,
} from './postgres.ts';
import { migrateAsOwner, serviceRole, sharedPostgres } from './shared-postgres.ts';

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];

  /**
   * A program that starts the process, with its arguments.
   *
   * @default - none
   */
  readonly command?: readonly string[];

  /**
   * The program of the service.
   *
   * @default - this release
   */
  readonly bundle?: string;

  /** Given the process before it listens. */
  readonly onSpawn?: (child: ChildProcess) => void;
}

/** A real process of the service. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** Everything that it wrote to stdout and stderr. */
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly exited: Promise<number | NodeJS.Signals>;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<number | NodeJS.Signals>;
}

/** Starts a process that serves, and waits until it listens. */
export async function startProcess({
  env,
  args = [],
  command = [],
  bundle: main = bundle,
  onSpawn,
}: ProcessOptions): Promise<ServiceProcess> {
  const [program, ...rest] = [...command, process.execPath, main, ...args];
  const child = spawn(program!, rest, {
    env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', LOG_FORMAT: 'json', RATE_LIMIT: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onSpawn?.(child);
  const chunks: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const output = () => chunks.join('');
  const exited = new Promise<number | NodeJS.Signals>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 1));
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const port = await Promise.race([listeningPort(output, hasEnded), exited]);
  if (typeof port !== 'object') throw new Error(`the service ended with ${port}:\n${output()}`);
  const scheme = env.TLS === undefined || env.TLS === 'off' ? 'http' : 'https';
  return {
    child,
    url: `${scheme}://127.0.0.1:${port.port}`,
    output,
    exited,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

async function listeningPort(output: () => string, hasEnded: () => boolean): Promise<{ readonly port: number }> {
  for (const until = performance.now() + 90_000; performance.now() < until; ) {
    const match = /"event":"listening".*?"port":(\d+)/.exec(output());
    if (match) return { port: Number(match[1]) };
    // Its end is told by who waits for it.
    if (hasEnded()) return new Promise(() => {});
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the service did not listen within 90 seconds:\n${output()}`);
}

export interface CommandResult {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the service to its end. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  main: string = bundle,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 1, stdout, stderr }));
  });
}

/** A database that a test has for itself: PostgreSQL where it is found, the embedded one elsewhere. */
export interface TestDatabase {
  readonly kind: 'postgresql' | 'embedded';
  /** What the service needs to use it, as the role without DDL where there are roles. */
  readonly env: Readonly<Record<string, string>>;
  /** What a command of the owner needs. */
  readonly ownerEnv: Readonly<Record<string, string>>;
  /** Undefined for the embedded one. */
  readonly server: PostgresServer | undefined;
  remove(): void | Promise<void>;
}

/** A database on a server that jest's worker shares, which no test stops or configures. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return findPostgres() ? databaseOn(await sharedPostgres()) : embeddedDatabase();
}

/** A database on a server that the test has for itself. */
export interface OwnDatabase extends TestDatabase {
  readonly server: OwnPostgresServer;
  /** Folder of the server's files. */
  readonly folder: string;
}

/** The embedded database. */
export interface EmbeddedDatabase extends TestDatabase {
  readonly folder: string;
}

/** A database on a server of the test's own, which the test may stop, configure, and read the files of. */
export async function createOwnDatabase(options: PostgresOptions = {}): Promise<OwnDatabase> {
  const server = await startPostgres({ ...options, fsync: options.fsync ?? false });
  await migrateAsOwner(server.ownerUrl());
  return { ...databaseOn(server), server, folder: server.folder };
}

function databaseOn(server: PostgresServer): TestDatabase {
  const key = () => randomBytes(32).toString('base64');
  const keys = { ENCRYPTION_KEY: key(), AUDIT_SIGNING_KEY: key() };
  return {
    kind: 'postgresql',
    env: { ...keys, DATABASE_URL: server.urlOf(serviceRole.name, serviceRole.password) },
    ownerEnv: { ...keys, DATABASE_URL: server.ownerUrl() },
    server,
    remove: () => server.remove(),
  };
}

/**
 * The embedded database, in a folder of the test's own. It is migrated and has no keys: to create one takes 4 seconds of
 * CPU time, a copy takes a tenth.
 *
 * @param isNew leaves the folder empty, for tests of the first start
 */
export function embeddedDatabase(isNew = false): EmbeddedDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'healthcare-ai-data-'));
  if (!isNew) cpSync(embeddedTemplate(), folder, { recursive: true });
  const env = { DATA_DIR: folder };
  return {
    kind: 'embedded',
    env,
    ownerEnv: env,
    server: undefined,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }),
  };
}

/** One for each run. Workers may create it at the same time: the first one wins. */
function embeddedTemplate(): string {
  const template = join(tmpdir(), 'embedded-template');
  if (existsSync(template)) return template;
  const folder = mkdtempSync(`${template}-`);
  execFileSync(process.execPath, [bundle, 'keys', 'list'], { env: { PATH: process.env.PATH, DATA_DIR: folder } });
  // A process creates the lock of a copied folder, as it does in a new one.
  rmSync(join(folder, 'lock.db'), { force: true });
  try {
    renameSync(folder, template);
  } catch {
    rmSync(folder, { recursive: true, force: true });
  }
  return template;
}

/**
 * Stores an API key: by the owner's SQL, or by the command where the database is embedded and must not be in use. The
 * command itself, with its audit event, is tested in commands/keys.test.ts.
 */
export async function createKey(
  database: TestDatabase,
  owner: {
    readonly tenant?: string;
    readonly principal?: string;
    readonly roles: readonly string[];
    readonly careTeams?: readonly string[];
  },
): Promise<string> {
  const { tenant = 'north', principal = owner.roles.join('-'), roles, careTeams = [] } = owner;
  if (database.server) {
    const owners = new PostgresqlDatabase({ url: database.server.ownerUrl(), poolSize: 1, onIdleError: () => {} });
    try {
      return (await createApiKey(owners, { tenant, principal, roles, careTeams })).token;
    } finally {
      await owners.close();
    }
  }
  const args = ['keys', 'create', '--tenant', tenant, '--principal', principal, '--role', ...roles];
  if (careTeams.length > 0) args.push('--care-team', ...careTeams);
  const made = await runCommand(args, database.ownerEnv);
  if (made.code !== 0) throw new Error(`keys create failed: ${made.stderr}`);
  return made.stdout.trim();
}

/** The key that the first start on an embedded database wrote to a file, as it does where no terminal is. */
export async function firstKey({ folder }: { readonly folder: string }): Promise<string> {
  const path = join(folder, 'first-key');
  return eventually('the first start writes a key', () => existsSync(path) && readFileSync(path, 'utf8').trim());
}
