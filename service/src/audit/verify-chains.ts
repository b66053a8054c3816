import { hash } from 'node:crypto';
import type { Queryable } from '../database/database.ts';
import { canonicalJson } from './canonical-json.ts';
import { genesisHash } from './chain.ts';
import type { AuditEvent } from './event.ts';

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

interface Row {
  readonly chain: string;
  readonly seq: string;
  readonly hash: Buffer;
  readonly recorded_at: Date;
  readonly tenant: string | null;
  readonly principal: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly audit_id: string | null;
  readonly patient_ref: Buffer | null;
  readonly event: string;
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
  let chains = 0;
  let events = 0;
  let chain = '';
  let expected = { seq: 1, prevHash: '' };
  let broken = false;
  let after: { readonly chain: string; readonly seq: string } | undefined;
  for (;;) {
    const { rows } = await database.query<Row>({
      text: `SELECT chain, seq, hash, recorded_at, tenant, principal, action, outcome, audit_id, patient_ref, event
             FROM audit_events WHERE (chain, seq) > ($1::uuid, $2::bigint) ORDER BY chain, seq LIMIT ${pageSize}`,
      values: [after?.chain ?? '00000000-0000-0000-0000-000000000000', after?.seq ?? 0],
    });
    for (const row of rows) {
      if (row.chain !== chain) {
        chain = row.chain;
        chains += 1;
        expected = { seq: 1, prevHash: genesisHash(chain) };
        broken = false;
      }
      events += 1;
      if (broken) continue;
      const fault = checkRow(row, expected);
      if (fault) {
        faults.push({ chain, seq: Number(row.seq), fault });
        broken = true;
      }
      expected = { seq: expected.seq + 1, prevHash: row.hash.toString('hex') };
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    after = { chain: last.chain, seq: last.seq };
  }
  return { chains, events, faults };
}

function checkRow(row: Row, expected: { readonly seq: number; readonly prevHash: string }): string | undefined {
  const seq = Number(row.seq);
  if (seq !== expected.seq) return `event ${expected.seq} is missing: the next is ${seq}`;
  if (hash('sha256', row.event) !== row.hash.toString('hex')) return 'the event does not have the hash stored with it';
  const event = parse(row.event);
  if (!event) return 'the event is not canonical JSON';
  if (event.prev_hash !== expected.prevHash) return 'the event does not follow the one before it';
  if (event.chain !== row.chain || event.seq !== seq) return 'the event belongs to another place';
  const columns: [string, unknown, unknown][] = [
    ['recorded_at', row.recorded_at.toISOString(), event.recorded_at],
    ['tenant', row.tenant, event.tenant ?? null],
    ['principal', row.principal, event.principal ?? null],
    ['action', row.action, event.action],
    ['outcome', row.outcome, event.outcome],
    ['audit_id', row.audit_id, event.audit_id ?? null],
    ['patient_ref', row.patient_ref?.toString('base64url') ?? null, event.patient_ref ?? null],
  ];
  const changed = columns.find(([, column, member]) => column !== member);
  return changed ? `the column ${changed[0]} was changed: the event says something else` : undefined;
}

function parse(text: string): AuditEvent | undefined {
  try {
    const value = JSON.parse(text) as AuditEvent;
    return canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
