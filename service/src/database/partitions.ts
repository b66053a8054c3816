import { setTimeout as sleep } from 'node:timers/promises';
import { errorFields, type Logger } from '../telemetry/log.ts';
import type { Queryable } from './database.ts';

/**
 * Makes the partitions of the next four quarters, where they are missing. The role of the service may do this and no
 * other DDL: migration 12 has the function.
 *
 * @returns how many were made
 */
export async function makeNextPartitions(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ made: number }>({ text: 'SELECT make_next_partitions() AS made' });
  return rows[0]!.made;
}

const day = 86_400_000;
const hour = 3_600_000;

/**
 * Makes the next partitions at once and daily, hourly after a failure. Every process does: the function does nothing
 * where none is missing, and a task that is needed once a quarter must not depend on which process leads.
 */
export async function keepPartitions(database: Queryable, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    let pause = day;
    try {
      const made = await makeNextPartitions(database);
      if (made > 0) log.info('partitions_made', { count: made });
    } catch (error) {
      pause = hour;
      log.error('partitions_missing', errorFields(error));
    }
    await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
  }
}

/** How many whole quarters after the present one both tables have partitions for. */
export async function quartersAhead(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ ends: Date; now: Date }>({
    text: `SELECT min(ends) AS ends, now() AS now
           FROM (SELECT max(ends) AS ends FROM quarter_partitions() GROUP BY parent) AS each`,
  });
  const { ends, now } = rows[0]!;
  return quarterOf(ends) - quarterOf(now) - 1;
}

/** Quarters since year 0, in UTC. */
export const quarterOf = (time: Date): number => 4 * time.getUTCFullYear() + Math.floor(time.getUTCMonth() / 3);
