import { type AuditEvent, type EventSchema, eventMembers, schema2Members } from '../../format/event.ts';
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
const columns: Readonly<Record<EventSchema, readonly (keyof AuditEvent)[]>> = {
  1: [...new Set([...first, ...others])].filter((name) => !(schema2Members as readonly string[]).includes(name)),
  2: [...new Set([...first, ...others])],
};

/**
 * RFC 4180: one line an event, for a spreadsheet. `hash` is the event's.
 *
 * @param schema that of the trail: the columns of schema 1 stay as they are, so that its exports verify
 */
export const csvFormat = (schema: EventSchema): DerivedFormat => ({
  name: 'csv',
  file: 'events.csv',
  schema,
  head: `${[...columns[schema], 'hash'].join(',')}\r\n`,
  event: (event, hash) => `${[...columns[schema].map((name) => event[name]), hash].map(cell).join(',')}\r\n`,
});

function cell(value: unknown): string {
  if (value === undefined) return '';
  // One line an event, whatever a name holds.
  const text = (Array.isArray(value) ? value.join(' ') : String(value)).replace(/[\r\n]/g, ' ');
  // A spreadsheet takes a cell that begins so for a formula. https://owasp.org/www-community/attacks/CSV_Injection
  const safe = typeof value !== 'number' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
