import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/read.ts';
import { type Database, DatabaseUnavailableError } from '../database/database.ts';
import { lockFolder } from '../database/folder-lock.ts';
import { PgliteDatabase } from '../database/pglite.ts';
import { PostgresqlDatabase } from '../database/postgresql.ts';
import { openPrivateFolder } from '../database/private-folder.ts';
import { errorFields, type Logger } from '../telemetry/log.ts';

export interface OpenedDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

type DatabaseConfig = Pick<
  Config,
  | 'DATABASE_URL'
  | 'DATABASE_USER'
  | 'DATABASE_PASSWORD'
  | 'DATABASE_AUTH'
  | 'DATABASE_TLS'
  | 'DATABASE_CA_FILE'
  | 'DATABASE_POOL_SIZE'
  | 'DATA_DIR'
  | 'AWS_REGION'
>;

/** How long a start waits for its database, in ms: below the grace period of health checks. */
const patience = 30_000;

/**
 * PostgreSQL at `DATABASE_URL`, or the embedded database in `DATA_DIR`.
 *
 * @throws DatabaseUnavailableError when the server does not answer within 30 s
 */
export async function openDatabase(config: DatabaseConfig, log: Logger): Promise<OpenedDatabase> {
  if (config.DATABASE_URL === undefined) return openEmbedded(config.DATA_DIR);
  const database = new PostgresqlDatabase({
    url: config.DATABASE_URL,
    user: config.DATABASE_USER,
    password: passwordSource(config, config.DATABASE_URL),
    tls: config.DATABASE_TLS === 'verify' ? { ca: readAuthorities(config.DATABASE_CA_FILE) } : undefined,
    poolSize: config.DATABASE_POOL_SIZE,
    onIdleError: (error) => log.warn('database_connection_lost', errorFields(error)),
  });
  await waitFor(database, log);
  return { database, close: () => database.close() };
}

async function openEmbedded(folder: string): Promise<OpenedDatabase> {
  openPrivateFolder(folder);
  const lock = await lockFolder(folder);
  try {
    const data = join(folder, 'postgres');
    if (existsSync(join(data, 'PG_VERSION'))) lock.extendTo(data);
    const database = await PgliteDatabase.open(data);
    lock.extendTo(data);
    return {
      database,
      close: async () => {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function waitFor(database: Database, log: Logger): Promise<void> {
  const until = performance.now() + patience;
  for (let wait = 100; ; wait = Math.min(2 * wait, 2_000)) {
    try {
      await database.query({ text: 'SELECT 1' });
      return;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailableError) || performance.now() + wait > until) {
        await database.close();
        throw error;
      }
      log.warn('database_unavailable', { delay_ms: wait, ...errorFields(error) });
      await sleep(wait);
    }
  }
}

/** A token of RDS lives for 15 minutes and is only needed to connect: each new connection gets a fresh one. */
function passwordSource(config: DatabaseConfig, url: string): (() => Promise<string>) | undefined {
  const { DATABASE_PASSWORD: password } = config;
  if (password !== undefined) return async () => password;
  if (config.DATABASE_AUTH !== 'iam') return undefined;
  const { hostname, port, username } = new URL(url);
  const options = {
    hostname,
    port: Number(port || 5432),
    username: config.DATABASE_USER ?? decodeURIComponent(username),
    region: config.AWS_REGION,
  };
  const signer = import('@aws-sdk/rds-signer').then(({ Signer }) => new Signer(options));
  return async () => (await signer).getAuthToken();
}

function readAuthorities(path: string | undefined): string | undefined {
  return path === undefined ? undefined : readFileSync(path, 'utf8');
}
