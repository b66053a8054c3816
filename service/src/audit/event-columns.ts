import { hash } from 'node:crypto';
import { canonicalJson } from '@healthcare-ai/audit-trail/format/canonical-json';
import type { AuditEvent } from '@healthcare-ai/audit-trail/format/event';

/** A row of `audit_events`: the event, and the columns that repeat it for look-up. */
export interface EventRow {
  readonly chain: string;
  /** A bigint, as the database writes it. */
  readonly seq: string;
  /** Null, like other columns, only where the owner of the database made it so. */
  readonly hash: Buffer | null;
  /** ISO 8601, UTC, microseconds: a Date would lose them, and has no form for `infinity`. */
  readonly recorded_at: string | null;
  readonly tenant: string | null;
  readonly principal: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly audit_id: string | null;
  readonly patient_ref: Buffer | null;
  /** The canonical text. */
  readonly event: string | null;
}

/** SQL that writes a time as an event does, with the microseconds that no event has. */
export function exactTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Whether a column, read with `exactTime`, is this time: ISO 8601, UTC, milliseconds. */
export const isSameTime = (column: string | null, time: string): boolean => column === time.replace(/Z$/, '000Z');

/** Columns of an `EventRow`, of a table called `e`. */
export const eventRowColumns =
  'e.chain, e.seq, e.hash, e.tenant, e.principal, e.action, e.outcome, e.audit_id, e.patient_ref, e.event, ' +
  `${exactTime('e.recorded_at')} AS recorded_at`;

/** What is wrong with a row by itself, regardless of the previous one. */
export function rowFault(row: EventRow): string | undefined {
  if (row.event === null) return 'the text of the event is gone';
  if (hash('sha256', row.event) !== row.hash?.toString('hex')) return 'the event does not have the hash stored with it';
  const event = parse(row.event);
  if (!event) return 'the event is not canonical JSON';
  if (event.chain !== row.chain || event.seq !== Number(row.seq)) return 'the event belongs to another place';
  return columnFault(row, event);
}

/** Compares the columns with the event: a look-up by column must find what was hashed. */
function columnFault(row: EventRow, event: AuditEvent): string | undefined {
  const columns: [string, unknown, unknown][] = [
    ['recorded_at', isSameTime(row.recorded_at, event.recorded_at), true],
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
