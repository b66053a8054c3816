import type { PGlite, Transaction } from '@electric-sql/pglite';
import type { Connection, Database, Queryable, QueryResult, Statement } from './database.ts';

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
    return new PgliteDatabase(await Engine.create(folder));
  }

  query<Row>(statement: Statement): Promise<QueryResult<Row>> {
    return run<Row>(this.#db, statement);
  }

  async execute(sql: string): Promise<void> {
    await this.#db.exec(sql);
  }

  /** There is one engine and one session: PGlite lets no other statement into a transaction. */
  async connect(): Promise<Connection> {
    const db = this.#db;
    return {
      lost: false,
      onLost: () => {},
      ...queryable(db),
      transaction: (work) => db.transaction((transaction) => work(queryable(transaction))),
      close: async () => {},
    };
  }

  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.#db.transaction((transaction) => work(queryable(transaction)));
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
    await target.exec(sql);
  },
});

async function run<Row>(target: PGlite | Transaction, { text, values }: Statement): Promise<QueryResult<Row>> {
  const result = await target.query<Record<string, unknown>>(text, values ? [...values] : undefined);
  for (const row of result.rows) {
    for (const [column, value] of Object.entries(row)) {
      // `pg` gives Buffers and, for bigint, strings; one shape for both engines.
      if (value instanceof Uint8Array) row[column] = Buffer.from(value);
      else if (typeof value === 'bigint') row[column] = value.toString();
    }
  }
  return { rows: result.rows as Row[], rowCount: result.affectedRows ?? result.rows.length };
}
