import { type AuditEvent, eventMembers } from '../../format/event.ts';
import type { DerivedFormat } from './derived-format.ts';

/** These keep their places; members of later versions follow them. */
const first: readonly (keyof AuditEvent)[] = [
  'recorded_at',
  'tenant',
  'principal',
  'roles',
  'action',
  'outcome',
  'reason',
  'audit_id',
  'patient_ref',
  'patient_ref_version',
  'break_glass',
  'subject',
  'criteria',
  'count',
  'method',
  'route',
  'status',
  'source',
  'request_id',
  'trace_id',
  'chain',
  'seq',
  'prev_hash',
];
const others = (Object.keys(eventMembers) as (keyof AuditEvent)[]).filter((name) => name !== 'v');
const columns = [...new Set([...first, ...others])];

/** RFC 4180: one line an event, for a spreadsheet. `hash` is the event's. */
export const csvFormat: DerivedFormat = {
  name: 'csv',
  file: 'events.csv',
  head: `${[...columns, 'hash'].join(',')}\r\n`,
  event: (event, hash) => `${[...columns.map((name) => event[name]), hash].map(cell).join(',')}\r\n`,
};

function cell(value: unknown): string {
  if (value === undefined) return '';
  // One line an event, whatever a name holds.
  const text = (Array.isArray(value) ? value.join(' ') : String(value)).replace(/[\r\n]/g, ' ');
  // A spreadsheet takes a cell that begins so for a formula. https://owasp.org/www-community/attacks/CSV_Injection
  const safe = typeof value !== 'number' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
