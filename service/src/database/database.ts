import { UnavailableError } from '../unavailable-error.ts';

/** A statement with its parameters. A named one is prepared once for each connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];

  /**
   * How long the answer may take, in ms. The server has a limit of its own, `statement_timeout`.
   *
   * @default - that of the connection
   */
  readonly query_timeout?: number;
}

export interface QueryResult<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
}

export interface Queryable {
  query<Row = Record<string, unknown>>(statement: Statement): Promise<QueryResult<Row>>;
  /**
   * Runs several statements without parameters, as migrations are.
   *
   * @param timeout how long the answer may take, in ms; by default as long as that of the connection
   */
  execute(sql: string, timeout?: number): Promise<void>;
}

/** One connection held by one user, such as a lane. */
export interface Connection extends Queryable {
  /** True once the server or the network has ended it: what was in flight may or may not have been committed. */
  readonly lost: boolean;
  /** Calls `listener` once when the connection is lost, though nothing is in flight on it. */
  onLost(listener: () => void): void;
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** PostgreSQL by URL, or PGlite in a folder: one SQL for both. */
export interface Database extends Queryable {
  readonly kind: 'postgresql' | 'pglite';
  connect(): Promise<Connection>;
  /** Runs `work` in one transaction, on a connection of the pool; commits when it resolves, rolls back when it throws. */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
  /** Connections in use, idle and waited for; zeros where there is no pool. */
  poolStatus(): { readonly total: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

/** The database cannot be reached, or went away: what was in flight may or may not be stored. */
export class DatabaseUnavailableError extends UnavailableError {
  /** @param code SQLSTATE or the system's error code */
  constructor(code: string) {
    super('the database', code);
    this.name = 'DatabaseUnavailableError';
  }
}
