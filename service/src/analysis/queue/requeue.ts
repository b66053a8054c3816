import type { Queryable } from '../../database/database.ts';

/** Tenants that have analyses which were given up. */
export async function tenantsWithDead(database: Queryable): Promise<string[]> {
  const { rows } = await database.query<{ tenant: string }>({
    text: "SELECT DISTINCT tenant FROM analyses WHERE status = 'dead' ORDER BY tenant",
  });
  return rows.map(({ tenant }) => tenant);
}

/**
 * Queues the analyses of a tenant that were given up, with all their attempts before them.
 *
 * @returns how many there were
 */
export async function requeueDead(database: Queryable, tenant: string): Promise<number> {
  const { rowCount } = await database.query({
    text: `UPDATE analyses SET status = 'queued', attempts = 0, due_at = now()
           WHERE status = 'dead' AND tenant = $1`,
    values: [tenant],
  });
  return rowCount;
}
