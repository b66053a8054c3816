import { genesisHash } from '@healthcare-ai/audit-trail/format/chain';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';
import type { Queryable } from '../database/database.ts';
import { type EventRow, eventRowColumns, rowFault } from './event-columns.ts';

export interface ChainFault {
  readonly chain: string;
  /** Where the chain breaks: the first bad event. */
  readonly seq: number;
  readonly fault: string;
}

export interface ChainReport {
  readonly chains: number;
  readonly events: number;
  /** The first fault of each chain that has one. */
  readonly faults: readonly ChainFault[];
}

const pageSize = 5_000;

/**
 * Checks every audit chain in the database from its first event to its last: no event edited, inserted, moved or
 * missing in between, and no look-up column that says something else than the event.
 *
 * What it cannot see is an end that was cut off, or a whole chain that was deleted: that takes signed checkpoints.
 */
export async function verifyChains(database: Queryable): Promise<ChainReport> {
  const faults: ChainFault[] = [];
  const expired = await expiredChains(database);
  let chains = 0;
  let events = 0;
  let chain = '';
  let expected = { seq: 1, prevHash: '' };
  let broken = false;
  let after: { readonly chain: string; readonly seq: string } | undefined;
  for (;;) {
    const { rows } = await database.query<EventRow>({
      text: `SELECT ${eventRowColumns} FROM audit_events e WHERE (chain, seq) > ($1::uuid, $2::bigint) ORDER BY chain, seq LIMIT ${pageSize}`,
      values: [after?.chain ?? '00000000-0000-0000-0000-000000000000', after?.seq ?? 0],
    });
    for (const row of rows) {
      if (row.chain !== chain) {
        chain = row.chain;
        chains += 1;
        expected = expired.get(chain) ?? { seq: 1, prevHash: genesisHash(chain) };
        broken = false;
      }
      events += 1;
      if (broken) continue;
      const fault = checkRow(row, expected);
      if (fault) {
        faults.push({ chain, seq: Number(row.seq), fault });
        broken = true;
      }
      expected = { seq: expected.seq + 1, prevHash: row.hash?.toString('hex') ?? '' };
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    after = { chain: last.chain, seq: last.seq };
  }
  return { chains, events, faults };
}

/** Where chains go on whose beginning expired. */
async function expiredChains(database: Queryable): Promise<Map<string, { seq: number; prevHash: string }>> {
  const { rows } = await database.query<{ chain: string; seq: string; hash: Buffer }>({
    text: 'SELECT chain, seq, hash FROM audit_expired_chains',
  });
  return new Map(rows.map(({ chain, seq, hash }) => [chain, { seq: Number(seq) + 1, prevHash: hash.toString('hex') }]));
}

function checkRow(row: EventRow, expected: { readonly seq: number; readonly prevHash: string }): string | undefined {
  const seq = Number(row.seq);
  if (seq !== expected.seq) return `event ${expected.seq} is missing: the next is ${seq}`;
  const fault = rowFault(row);
  if (fault) return fault;
  const { prev_hash: prevHash } = JSON.parse(row.event!) as AuditEvent;
  return prevHash === expected.prevHash ? undefined : 'the event does not follow the one before it';
}
