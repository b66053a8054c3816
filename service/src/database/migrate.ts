import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection, Database, Queryable } from './database.ts';
import { lockNotAvailable, sqlState } from './errors.ts';
import { type Migration, migrations, schemaVersion } from './migrations/index.ts';
import { makeNextPartitions } from './partitions.ts';

/** Any number, the same for all that migrate one database: only one of them migrates at a time. */
const advisoryLock = 7_303_146;

const ledger = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  sha256     text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
)`;

/**
 * Applies what is missing, each migration in a transaction of its own.
 *
 * @returns the migrations applied by this call
 * @throws SchemaError when an applied migration is not the one of this release
 */
export async function migrate(database: Database, list: readonly Migration[] = migrations): Promise<Migration[]> {
  const connection = await database.connect();
  try {
    await lock(connection);
    await connection.query({ text: ledger });
    const { rows } = await connection.query<{ version: number; sha256: string }>({
      text: 'SELECT version, sha256 FROM schema_migrations',
    });
    const applied = new Map(rows.map((row) => [row.version, row.sha256]));
    const missing: Migration[] = [];
    for (const migration of list) {
      const sha256 = fingerprint(migration);
      const before = applied.get(migration.version);
      if (before !== undefined && before !== sha256) {
        throw new SchemaError(
          `migration ${migration.version} was edited after it was applied; restore its original form`,
        );
      }
      if (before !== undefined) continue;
      for (const [name, definition] of Object.entries(migration.indexes ?? {})) {
        await buildIndex(connection, database.kind, name, definition);
      }
      for (const step of migration.steps ?? []) {
        await withLocks(connection, migration, async (transaction) => {
          await transaction.execute('SET LOCAL statement_timeout = 0');
          await transaction.execute(step, buildTime);
        });
      }
      await withLocks(connection, migration, async (transaction) => {
        await transaction.execute(migration.sql);
        await transaction.query({
          text: 'INSERT INTO schema_migrations (version, name, sha256) VALUES ($1, $2, $3)',
          values: [migration.version, migration.name, sha256],
        });
      });
      missing.push(migration);
    }
    // A shorter list, as tests give, ends before there are partitions.
    if (list.some(({ name }) => name === 'partitions')) await makeNextPartitions(connection);
    return missing;
  } finally {
    await connection.query({ text: 'SELECT pg_advisory_unlock($1)', values: [advisoryLock] }).catch(() => {});
    await connection.close();
  }
}

/**
 * One process migrates at a time. The others ask again: a statement that waited for the lock would hold a snapshot, which
 * the build of an index waits for.
 */
async function lock(connection: Connection): Promise<void> {
  for (;;) {
    const { rows } = await connection.query<{ locked: boolean }>({
      text: 'SELECT pg_try_advisory_lock($1) AS locked',
      values: [advisoryLock],
    });
    if (rows[0]?.locked) return;
    await sleep(200);
  }
}

/**
 * How long a migration waits for a lock, in ms, while writers wait behind it. Three locks take less than the second after
 * which PostgreSQL looks for deadlocks: the migration gives up, never a writer.
 * https://www.postgresql.org/docs/current/runtime-config-locks.html
 */
const lockTimeout = 300;
const lockAttempts = 300;
const lockPause = 700;

/** @throws SchemaError when the locks are not free within five minutes */
async function withLocks(
  connection: Connection,
  { version }: Migration,
  work: (transaction: Queryable) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.transaction(async (transaction) => {
        await transaction.execute(`SET LOCAL lock_timeout = ${lockTimeout}`);
        await work(transaction);
      });
      return;
    } catch (error) {
      if (sqlState(error) !== lockNotAvailable) throw error;
      if (attempt === lockAttempts) {
        throw new SchemaError(
          `migration ${version} waited five minutes for tables that another session reads or changes: end long transactions, such as audit verify, and run migrate again`,
        );
      }
      await sleep(lockPause);
    }
  }
}

/** How long a step, or the build of an index, may take, in ms: it is as long as its table. */
const buildTime = 24 * 3_600_000;

/** Builds an index beside the writers of its table: of a partitioned one, on each partition. */
async function buildIndex(
  connection: Connection,
  kind: Database['kind'],
  name: string,
  definition: string,
): Promise<void> {
  const [, table, rest] = /^ON (\w+) (.*)$/s.exec(definition)!;
  const { rows } = await connection.query<{ partition: string; attached: boolean }>({
    text: `SELECT c.relname AS partition, EXISTS (
             SELECT FROM pg_inherits a JOIN pg_index x ON x.indexrelid = a.inhrelid
             WHERE a.inhparent = to_regclass($2) AND x.indrelid = c.oid
           ) AS attached
           FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass ORDER BY c.oid`,
    values: [table, name],
  });
  if (rows.length === 0) {
    await buildOne(connection, kind, name, definition);
    return;
  }
  await connection.query({ text: `CREATE INDEX IF NOT EXISTS ${name} ON ONLY ${table} ${rest}` });
  for (const { partition, attached } of rows) {
    if (attached) continue;
    const part = `${name}${partition.slice(table!.length)}`;
    await buildOne(connection, kind, part, `ON ${partition} ${rest}`);
    await connection.query({ text: `ALTER INDEX ${name} ATTACH PARTITION ${part}` });
  }
}

/** Builds an index of one table. One that an interrupted build left behind is INVALID, and goes first. */
async function buildOne(
  connection: Connection,
  kind: Database['kind'],
  name: string,
  definition: string,
): Promise<void> {
  const { rows } = await connection.query<{ valid: boolean }>({
    text: 'SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)',
    values: [name],
  });
  if (rows[0]?.valid) return;
  // PGlite has one session, and nobody who could wait.
  const concurrently = kind === 'postgresql' ? 'CONCURRENTLY' : '';
  await connection.query({ text: "SELECT set_config('statement_timeout', '0', false)" });
  if (rows[0]) await connection.query({ text: `DROP INDEX ${concurrently} ${name}`, query_timeout: buildTime });
  await connection.query({
    text: `CREATE INDEX ${concurrently} ${name} ${definition}`,
    query_timeout: buildTime,
  });
}

/** Brings the embedded database up to date. PostgreSQL is migrated by its owner. @throws SchemaError */
export async function prepareSchema(database: Database): Promise<void> {
  if (database.kind === 'pglite') await migrate(database);
  else await requireSchema(database);
}

/** @throws SchemaError when the schema is older than this release needs */
export async function requireSchema(database: Database): Promise<void> {
  const { rows } = await database.query<{ present: boolean }>({
    text: "SELECT to_regclass('schema_migrations') IS NOT NULL AS present",
  });
  const found = rows[0]?.present
    ? (await database.query<{ version: number }>({ text: 'SELECT max(version) AS version FROM schema_migrations' }))
        .rows[0]?.version
    : undefined;
  if ((found ?? 0) < schemaVersion) {
    throw new SchemaError(
      `the schema has version ${found ?? 0}, but this release requires ${schemaVersion}: run migrate as the owner of the database`,
    );
  }
}

export class SchemaError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SchemaError';
  }
}

const fingerprint = ({ sql, indexes, steps }: Migration): string =>
  createHash('sha256')
    .update(sql)
    .update(indexes === undefined ? '' : JSON.stringify(indexes))
    .update(steps === undefined ? '' : JSON.stringify(steps))
    .digest('hex');
