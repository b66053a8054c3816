import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../../database/database.ts';
import { publishLock } from '../publish/leadership.ts';
import { sealLock } from '../seal/checkpoint-store.ts';
import { RestoreError } from './restore-error.ts';

const attempts = 40;
const pause = 100;

/**
 * Keeps every process from sealing and publishing until the connection closes: between two transactions nobody may make
 * a checkpoint, and nobody may publish in a term of the time that the database has lost.
 *
 * @throws RestoreError when a process publishes, or seals for more than four seconds
 */
export async function lockTrail(connection: Connection): Promise<void> {
  for (const lock of [publishLock, sealLock]) {
    for (let attempt = 1; !(await tryToLock(connection, lock)); attempt++) {
      if (attempt === attempts) {
        throw new RestoreError(
          'busy',
          'a service process is sealing or publishing the trail: stop all processes first',
        );
      }
      await sleep(pause);
    }
  }
}

/** The embedded database has only one session. */
export async function unlockTrail(connection: Connection): Promise<void> {
  await connection
    .query({ text: 'SELECT pg_advisory_unlock($1), pg_advisory_unlock($2)', values: [publishLock, sealLock] })
    .catch(() => {});
}

async function tryToLock(connection: Connection, lock: number): Promise<boolean> {
  const { rows } = await connection.query<{ locked: boolean }>({
    text: 'SELECT pg_try_advisory_lock($1) AS locked',
    values: [lock],
  });
  return rows[0]?.locked === true;
}
