import type { StoredEvent } from '@healthcare-ai/audit-trail/store';

/** An event as a line for people: when, who, what, how it ended, and what it was about. */
export function eventLine(event: StoredEvent): string {
  const { recorded_at: time, action, outcome, principal, tenant, reason, source, audit_id: auditId } = event;
  const who = principal === undefined ? (source ?? 'the service') : `${principal}${tenant ? ` of ${tenant}` : ''}`;
  const about = [
    auditId && `note ${auditId}`,
    event.patient_ref && `patient ${shortReference(event.patient_ref)}`,
    event.count !== undefined && `count ${event.count}`,
    event.criteria && `by ${event.criteria.join(', ')}`,
    event.subject && `subject ${event.subject}`,
    event.break_glass && `under break-glass ${event.break_glass}`,
    reason && `reason ${reason}`,
    event.roles && `as ${event.roles.join(', ')}`,
    principal !== undefined && source && `from ${source}`,
    event.request_id && `request ${event.request_id}`,
  ];
  return `${time}  ${action.padEnd(18)} ${outcome.padEnd(7)}  ${who}: ${about.filter(Boolean).join(', ')}`;
}

/** The beginning of a keyed reference: enough to distinguish the patients of a report. */
export const shortReference = (reference: string): string => `${reference.slice(0, 12)}...`;
