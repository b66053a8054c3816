import type { Queryable } from '../../database/database.ts';
import type { SinkName } from '../../telemetry/metrics.ts';
import { movedChains } from '../seal/moved-chains.ts';

export interface Lag {
  /** Age of the oldest event that is not sealed and published to every sink, in seconds, or 0. */
  readonly seconds: number;
  /** Chains in which a fault was found: they do not count, lest one hides how far behind the others are. */
  readonly brokenChains: number;
}

/** Publishing lag of the whole database. Every process measures the same value. */
export async function measureLag(database: Queryable, sinks: readonly SinkName[]): Promise<Lag> {
  const { rows } = await database.query<{ seconds: string | number | null; broken: string }>({
    name: 'audit-lag',
    text: `WITH unsealed AS (SELECT min(waiting) AS oldest FROM ${movedChains} moved WHERE fault IS NULL),
    published AS (
      SELECT min(coalesce(p.number, 0)) AS number
      FROM unnest($1::text[]) AS named (sink) LEFT JOIN audit_publications p USING (sink)
    ),
    next AS (
      SELECT c.record FROM audit_checkpoints c, published
      WHERE c.number > published.number AND c.record NOT LIKE '{"heads":[],%' ORDER BY c.number LIMIT 1
    ),
    unpublished AS (
      SELECT min(e.recorded_at) AS oldest
      FROM next, jsonb_to_recordset(next.record::jsonb -> 'heads') AS head (chain uuid, "from" bigint)
      JOIN audit_events e ON e.chain = head.chain AND e.seq = head."from"
    )
    SELECT extract(epoch FROM now() - least(unsealed.oldest, unpublished.oldest)) AS seconds,
           (SELECT count(*) FROM audit_heads WHERE fault IS NOT NULL) AS broken
    FROM unsealed, unpublished`,
    values: [sinks],
  });
  const { seconds, broken } = rows[0]!;
  return { seconds: Math.max(0, Number(seconds ?? 0)), brokenChains: Number(broken) };
}
