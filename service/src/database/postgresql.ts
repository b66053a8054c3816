import pg from 'pg';
import {
  type Connection,
  type Database,
  DatabaseUnavailableError,
  type Queryable,
  type QueryResult,
  type Statement,
} from './database.ts';
import { asDatabaseError } from './errors.ts';
import { schemaVersion } from './migrations/index.ts';

export interface PostgresqlOptions {
  /** Host, port, user, database; a password here is overridden by `password`. */
  readonly url: string;
  readonly user?: string;
  /** Called for every new connection, so that a token that expires is always fresh. */
  readonly password?: () => Promise<string>;
  /** Verifies the server's certificate against these authorities; undefined is a connection without TLS. */
  readonly tls?: { readonly ca?: string };
  readonly poolSize: number;
  /** Called when an idle connection is lost. Without a listener the process would crash. https://node-postgres.com/apis/pool */
  readonly onIdleError: (error: unknown) => void;
}

/** Tells which release a session is of, by the schema that it knows: see `switchForm`. */
const applicationName = `healthcare-ai/${schemaVersion}`;

/** Longest time for one statement, in ms: above any group commit, below the request timeout of 30 s. */
const statementTimeout = 10_000;
const connectTimeout = 5_000;

/** How long a caller that has failed waits for its ROLLBACK, in ms. */
const rollbackTimeout = 2_000;

/**
 * An acknowledged note must outlive a crash of the server, whatever the default of its database or role is. Settings
 * that wait for standbys too are left as they are. https://www.postgresql.org/docs/current/wal-async-commit.html
 */
const waitForDisk =
  "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/** PostgreSQL through `pg`. */
export class PostgresqlDatabase implements Database {
  readonly kind = 'postgresql';
  readonly #pool: pg.Pool;
  readonly #config: pg.ClientConfig;

  constructor(options: PostgresqlOptions) {
    this.#config = clientConfig(options);
    this.#pool = new pg.Pool({ ...this.#config, max: options.poolSize, idleTimeoutMillis: 60_000 });
    this.#pool.on('error', options.onIdleError);
  }

  query<Row>(statement: Statement): Promise<QueryResult<Row>> {
    return run<Row>(this.#pool, statement);
  }

  async execute(sql: string, timeout?: number): Promise<void> {
    await run(this.#pool, { text: sql, query_timeout: timeout });
  }

  async connect(): Promise<Connection> {
    const client = new pg.Client(this.#config);
    const connection = new PostgresqlConnection(client);
    try {
      await client.connect();
      await client.query(waitForDisk);
    } catch (error) {
      void client.end().catch(() => {});
      throw asDatabaseError(error);
    }
    return connection;
  }

  async transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw asDatabaseError(error);
    }
    const session = { lost: false };
    // A client taken from the pool has no other error listener: without this one, losing it would crash the process.
    const lose = () => {
      session.lost = true;
    };
    client.on('error', lose);
    try {
      return await inTransaction(queryable(client), work, session);
    } finally {
      client.off('error', lose);
      client.release(session.lost);
    }
  }

  poolStatus() {
    return { total: this.#pool.totalCount, idle: this.#pool.idleCount, waiting: this.#pool.waitingCount };
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

class PostgresqlConnection implements Connection {
  readonly #client: pg.Client;
  readonly #session = { lost: false };
  #onLost: () => void = () => {};

  constructor(client: pg.Client) {
    this.#client = client;
    const lose = () => {
      if (this.#session.lost) return;
      this.#session.lost = true;
      this.#onLost();
    };
    client.on('error', lose);
    client.on('end', lose);
  }

  onLost(listener: () => void): void {
    this.#onLost = listener;
  }

  get lost(): boolean {
    return this.#session.lost;
  }

  query<Row>(statement: Statement): Promise<QueryResult<Row>> {
    return run<Row>(this.#client, statement);
  }

  async execute(sql: string, timeout?: number): Promise<void> {
    await run(this.#client, { text: sql, query_timeout: timeout });
  }

  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return inTransaction(this, work, this.#session);
  }

  async close(): Promise<void> {
    this.#session.lost = true;
    await this.#client.end().catch(() => {});
  }
}

/** @param session is lost, too, when nobody knows whether the server is still in the transaction */
async function inTransaction<T>(
  connection: Queryable,
  work: (transaction: Queryable) => Promise<T>,
  session: { lost: boolean },
): Promise<T> {
  const lose = () => {
    session.lost = true;
  };
  await connection.query({ text: 'BEGIN' });
  let result: T;
  try {
    result = await work(connection);
  } catch (error) {
    if (!session.lost) await connection.query({ text: 'ROLLBACK', query_timeout: rollbackTimeout }).catch(lose);
    throw error;
  }
  try {
    await connection.query({ text: 'COMMIT' });
  } catch (error) {
    if (error instanceof DatabaseUnavailableError) lose();
    throw error;
  }
  return result;
}

const queryable = (client: pg.PoolClient): Queryable => ({
  query: (statement) => run(client, statement),
  execute: async (text, timeout) => void (await run(client, { text, query_timeout: timeout })),
});

/** @throws DatabaseUnavailableError, or the server's refusal */
async function run<Row>(target: pg.Pool | pg.Client | pg.PoolClient, statement: Statement): Promise<QueryResult<Row>> {
  try {
    const result = await target.query(statement as pg.QueryConfig);
    return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
  } catch (error) {
    throw asDatabaseError(error);
  }
}

function clientConfig({ url, user, password, tls }: PostgresqlOptions): pg.ClientConfig {
  const parsed = new URL(url);
  return {
    host: decodeURIComponent(parsed.hostname).replace(/^\[|\]$/g, '') || parsed.searchParams.get('host') || 'localhost',
    port: Number(parsed.port || 5432),
    database: decodeURIComponent(parsed.pathname.slice(1)) || undefined,
    user: user ?? (decodeURIComponent(parsed.username) || undefined),
    password: password ?? decodeURIComponent(parsed.password),
    ssl: tls ? { rejectUnauthorized: true, ca: tls.ca } : false,
    application_name: applicationName,
    statement_timeout: statementTimeout,
    // The server ends a statement first; this ends the wait for a server that is gone without a word.
    query_timeout: statementTimeout + 2_000,
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
  };
}
