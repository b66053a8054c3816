import type { AuditEvent } from './event.ts';

type Form = 'text' | 'number' | 'texts';

const forms = {
  action: 'text',
  audit_id: 'text',
  break_glass: 'text',
  chain: 'text',
  count: 'number',
  criteria: 'texts',
  method: 'text',
  outcome: 'text',
  patient_ref: 'text',
  patient_ref_version: 'number',
  prev_hash: 'text',
  principal: 'text',
  reason: 'text',
  recorded_at: 'text',
  request_id: 'text',
  roles: 'texts',
  route: 'text',
  seq: 'number',
  source: 'text',
  status: 'number',
  subject: 'text',
  tenant: 'text',
  trace_id: 'text',
  v: 'number',
} as const satisfies Readonly<Record<keyof AuditEvent, Form>>;

/** A Map, because a member may be called `constructor`. */
const formOf: ReadonlyMap<string, Form> = new Map(Object.entries(forms));

/**
 * The first member of an event that is not what the service writes there: such an event was written by somebody else,
 * and what shows it must not stumble. Members that this version does not know may be anything.
 */
export function misshapenMember(event: AuditEvent): string | undefined {
  for (const name in event) {
    const form = formOf.get(name);
    if (form !== undefined && !has(event[name as keyof AuditEvent], form)) return name;
  }
  return undefined;
}

function has(value: unknown, form: Form): boolean {
  if (form === 'text') return typeof value === 'string';
  if (form === 'number') return Number.isSafeInteger(value);
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
