import type { Connection, Database } from '../../database/database.ts';

/** Any number, the same for all that publish one trail. */
export const publishLock = 7_303_148;

/** The right to publish, for as long as a connection of its own lives. */
export interface Lead {
  readonly term: number;
  readonly connection: Connection;
  /** Aborted once another process may lead. */
  readonly signal: AbortSignal;
  /** Aborts `signal`: to be followed by `release` once nothing is written any more. */
  resign(): void;
  /** Lets another process lead. */
  release(): Promise<void>;
}

/**
 * Takes the lead when no process has it. The lock ends with the session: a process that is killed, or loses the database,
 * leads no more, and nobody has to wait for a lease to end.
 */
export async function tryToLead(database: Database): Promise<Lead | undefined> {
  // Looked for first, so that those who wait open no connections.
  if (await isTaken(database)) return undefined;
  const connection = await database.connect();
  try {
    const { rows } = await connection.query<{ locked: boolean }>({
      text: 'SELECT pg_try_advisory_lock($1) AS locked',
      values: [publishLock],
    });
    if (rows[0]?.locked !== true) {
      await connection.close();
      return undefined;
    }
    const drawn = await connection.query<{ term: string }>({ text: "SELECT nextval('audit_publisher_terms') AS term" });
    return leadOn(connection, Number(drawn.rows[0]!.term));
  } catch (error) {
    await connection.close();
    throw error;
  }
}

function leadOn(connection: Connection, term: number): Lead {
  const lost = new AbortController();
  connection.onLost(() => lost.abort());
  if (connection.lost) lost.abort();
  return {
    term,
    connection,
    signal: lost.signal,
    resign: () => lost.abort(),
    async release() {
      // The embedded database has only one session.
      await connection.query({ text: 'SELECT pg_advisory_unlock($1)', values: [publishLock] }).catch(() => {});
      await connection.close();
    },
  };
}

async function isTaken(database: Database): Promise<boolean> {
  const { rows } = await database.query({
    text: `SELECT FROM pg_locks
           WHERE locktype = 'advisory' AND classid = 0 AND objid = $1 AND objsubid = 1
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    values: [publishLock],
  });
  return rows.length > 0;
}
