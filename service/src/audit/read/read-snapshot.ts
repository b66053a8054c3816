import type { Database, Queryable } from '../../database/database.ts';

/**
 * Reads one snapshot of the database, however long it takes: what expires meanwhile, or is sealed, would
 * otherwise be there for one statement and not for the next, and a trail that is whole would be called broken.
 *
 * On a connection of its own, because it takes as long as its reader does: others must not wait for it. The embedded
 * database has one process, which writes nothing while it reads.
 */
export async function* readSnapshot<Piece>(
  database: Database,
  read: (snapshot: Queryable) => AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  if (database.kind === 'pglite') {
    yield* read(database);
    return;
  }
  const connection = await database.connect();
  try {
    await connection.query({ text: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' });
    // Before the snapshot, which the next statement takes: a partition that is dropped after it would be missing.
    await connection.query({ text: 'LOCK TABLE ONLY audit_events IN ACCESS SHARE MODE' });
    yield* read(connection);
  } finally {
    // Which ends the transaction as well: there is nothing to commit.
    await connection.close();
  }
}
