import type { PGlite, Transaction } from '@electric-sql/pglite';
import {
  type Connection,
  type Database,
  DatabaseUnavailableError,
  type Queryable,
  type QueryResult,
  type Statement,
} from './database.ts';
import { asDatabaseError, sqlState } from './errors.ts';

/** PGlite, PostgreSQL compiled to WebAssembly, in a folder: for a laptop, never for production. */
export class PgliteDatabase implements Database {
  readonly kind = 'pglite';
  readonly #db: PGlite;

  private constructor(db: PGlite) {
    this.#db = db;
  }

  /** @param folder where the data is kept; undefined keeps it in memory */
  static async open(folder: string | undefined): Promise<PgliteDatabase> {
    const { PGlite: Engine } = await import('@electric-sql/pglite');
    return new PgliteDatabase(await Engine.create(folder).catch(rethrow));
  }

  query<Row>(statement: Statement): Promise<QueryResult<Row>> {
    return run<Row>(this.#db, statement);
  }

  async execute(sql: string): Promise<void> {
    await this.#db.exec(sql).catch(rethrow);
  }

  /** There is one engine and one session: PGlite lets no other statement into a transaction. */
  async connect(): Promise<Connection> {
    const db = this.#db;
    return {
      lost: false,
      onLost: () => {},
      ...queryable(db),
      transaction: (work) => db.transaction((transaction) => work(queryable(transaction))).catch(rethrow),
      close: async () => {},
    };
  }

  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.#db.transaction((transaction) => work(queryable(transaction))).catch(rethrow);
  }

  poolStatus() {
    return { total: 1, idle: 1, waiting: 0 };
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

const queryable = (target: PGlite | Transaction): Queryable => ({
  query: (statement) => run(target, statement),
  execute: async (sql) => {
    await target.exec(sql).catch(rethrow);
  },
});

async function run<Row>(target: PGlite | Transaction, { text, values }: Statement): Promise<QueryResult<Row>> {
  const result = await target.query<Record<string, unknown>>(text, values ? [...values] : undefined).catch(rethrow);
  for (const row of result.rows) {
    for (const [column, value] of Object.entries(row)) {
      // `pg` gives Buffers and, for bigint, strings; one shape for both engines.
      if (value instanceof Uint8Array) row[column] = Buffer.from(value);
      else if (typeof value === 'bigint') row[column] = value.toString();
    }
  }
  return { rows: result.rows as Row[], rowCount: result.affectedRows ?? result.rows.length };
}

/**
 * The embedded database reports a full disk with the SQLSTATE of PostgreSQL, or with the error number of the file
 * system below it. Every other error is a fault of the statement or of this service.
 */
function rethrow(error: unknown): never {
  if (sqlState(error) !== undefined) throw asDatabaseError(error);
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  throw code === 'ENOSPC' || errno === emscriptenNoSpace ? new DatabaseUnavailableError('ENOSPC') : error;
}

/** https://github.com/emscripten-core/emscripten/blob/main/system/lib/libc/musl/arch/emscripten/bits/errno.h */
const emscriptenNoSpace = 51;
