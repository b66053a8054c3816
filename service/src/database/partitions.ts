import type { Queryable } from './database.ts';

/**
 * Makes the partitions of the next four quarters, where they are missing. The role of the service may do this and no
 * other DDL: migration 8 has the function.
 */
export async function makeNextPartitions(database: Queryable): Promise<void> {
  await database.query({ text: 'SELECT make_next_partitions()' });
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
