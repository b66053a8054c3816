import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';

/** Who asks, and how the request is told in the audit trail. */
export interface Actor {
  readonly tenant: string;
  readonly principal: string;
  /** Care teams whose notes the principal reads as it is. */
  readonly careTeams: readonly string[];
  /** The event as far as the request tells it: everything but what is done to which note. */
  readonly event: Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'>;
}
