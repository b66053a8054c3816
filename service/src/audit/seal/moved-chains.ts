import type { ChainPosition } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { Queryable } from '../../database/database.ts';

/** A chain with events that no checkpoint covers. */
export interface MovedChain {
  readonly chain: string;
  /** Where the last checkpoint left it; undefined for a chain that none has covered. */
  readonly sealed: ChainPosition | undefined;
  /** Sequence number of its newest event. */
  readonly newest: number;
  /** A fault was found in it before. */
  readonly faulty: boolean;
  /** No event beyond `sealed` was recorded before this: a timestamp of PostgreSQL. */
  readonly since: string;
}

interface Row {
  readonly chain: string;
  readonly seq: string;
  readonly hash: string | null;
  readonly newest: string;
  readonly faulty: boolean;
  readonly since: string;
}

/**
 * Chains that go on, beside those that are new: neither needs more than a look into an index for each chain.
 * `waiting` is when the first event beyond the head was recorded. `since` leaves out the partitions before the head: an
 * event is recorded after the one before it, but for seconds between requests of one group. A head that 0.1.0 wrote has
 * an older time, or none.
 */
export const movedChains = `(
  SELECT m.*, (
    SELECT e.recorded_at FROM audit_events e
    WHERE e.chain = m.chain AND e.seq > m.seq AND e.recorded_at >= m.since ORDER BY e.seq LIMIT 1
  ) AS waiting
  FROM (
    SELECT h.*, (SELECT max(e.seq) FROM audit_events e WHERE e.chain = h.chain AND e.recorded_at >= h.since) AS newest
    FROM (
      SELECT chain, seq, hash, fault, coalesce(recorded_at - interval '1 day', '-infinity') AS since
      FROM audit_heads WHERE NOT ended
    ) h
    UNION ALL
    SELECT s.chain, 0, NULL, NULL, s.recorded_at - interval '1 day',
      (SELECT max(e.seq) FROM audit_events e WHERE e.chain = s.chain AND e.recorded_at >= s.recorded_at - interval '1 day')
    FROM audit_events s WHERE s.seq = 1 AND NOT EXISTS (SELECT FROM audit_heads h WHERE h.chain = s.chain)
  ) m
  WHERE m.newest > m.seq
)`;

/** Chains that wait to be sealed, the one that waits longest first; faulty ones last, lest they hold up the others. */
export async function readMovedChains(database: Queryable, limit: number): Promise<readonly MovedChain[]> {
  const { rows } = await database.query<Row>({
    name: 'moved-chains',
    text: `SELECT chain, seq, encode(hash, 'hex') AS hash, newest, fault IS NOT NULL AS faulty, since::text AS since
           FROM ${movedChains} moved ORDER BY fault IS NOT NULL, waiting, chain LIMIT $1`,
    values: [limit],
  });
  return rows.map(({ chain, seq, hash, newest, faulty, since }) => ({
    chain,
    sealed: hash === null ? undefined : { seq: Number(seq), hash },
    newest: Number(newest),
    faulty,
    since,
  }));
}
