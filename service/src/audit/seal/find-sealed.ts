import type { ChainPosition } from '@healthcare-ai/audit-trail/format/segment-builder';
import type { Queryable } from '../../database/database.ts';
import { readCheckpoint } from './checkpoint-store.ts';

/** How far `audit_heads` says that a chain is sealed. */
export interface Claim extends ChainPosition {
  readonly chain: string;
}

export interface Sealed extends ChainPosition {
  readonly chain: string;
  /** Whether a later checkpoint may cover more of the chain. */
  readonly atLeast: boolean;
}

/**
 * When the checkpoint over an event was made, if one was: the clocks of tasks differ, and the key may have been away.
 * A limit, so that a chain that rested for a year among millions of checkpoints is looked up as fast as another.
 */
const window = `made_at BETWEEN t.at - interval '1 hour' AND t.at + interval '7 days'`;

/** The record of each covering checkpoint contains the id of the chain. */
const names = `position('"chain":"' || w.chain || '"' IN record) > 0`;

/**
 * How far the checkpoints cover chains, as those say that were made when the first event beyond a claim was recorded.
 * Chains that none of them covers are left out.
 *
 * @throws ForgedCheckpointError
 */
export async function findSealed(database: Queryable, claims: readonly Claim[]): Promise<Sealed[]> {
  if (claims.length === 0) return [];
  const { rows } = await database.query<{
    chain: string;
    number: string;
    hash: string;
    record: string;
    closed: boolean;
  }>({
    name: 'find-sealed',
    text: `SELECT w.chain, k.number, encode(k.hash, 'hex') AS hash, k.record, t.at + interval '7 days' < now() AS closed
           FROM unnest($1::uuid[], $2::bigint[]) AS w (chain, seq)
           CROSS JOIN LATERAL (
             SELECT recorded_at AS at FROM audit_events e WHERE e.chain = w.chain AND e.seq > w.seq ORDER BY e.seq LIMIT 1
           ) t
           CROSS JOIN LATERAL (
             SELECT number, hash, record FROM audit_checkpoints WHERE ${window} AND ${names}
             ORDER BY made_at DESC, number DESC LIMIT 1
           ) k`,
    values: [claims.map(({ chain }) => chain), claims.map(({ seq }) => seq)],
  });
  return rows.flatMap(({ chain, number, hash, record, closed }) =>
    readCheckpoint(Number(number), hash, record)
      .heads.filter((head) => head.chain === chain)
      .map(({ to, head }) => ({ chain, seq: to, hash: head, atLeast: closed })),
  );
}

/** The chains of claims that a checkpoint, or the tombstone of one, says the same of. */
export async function findVouched(database: Queryable, claims: readonly Claim[]): Promise<string[]> {
  if (claims.length === 0) return [];
  const { rows } = await database.query<{ chain: string }>({
    name: 'find-vouched',
    text: `SELECT w.chain
           FROM unnest($1::uuid[], $2::bigint[], $3::text[]) AS w (chain, seq, hash)
           CROSS JOIN LATERAL (
             SELECT recorded_at AS at FROM audit_events e WHERE e.chain = w.chain AND e.seq >= w.seq ORDER BY e.seq LIMIT 1
           ) t
           WHERE EXISTS (
             SELECT FROM audit_checkpoints WHERE ${window} AND position('"head":"' || w.hash || '"' IN record) > 0
           ) OR EXISTS (
             SELECT FROM audit_expired_chains x WHERE x.chain = w.chain AND x.seq = w.seq AND encode(x.hash, 'hex') = w.hash
           )`,
    values: [claims.map(({ chain }) => chain), claims.map(({ seq }) => seq), claims.map(({ hash }) => hash)],
  });
  return rows.map(({ chain }) => chain);
}
