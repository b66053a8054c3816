import type { AuditEventDraft } from '@healthcare-ai/audit-trail/format/event';
import type { Principal } from '../identity/roles.ts';

/** Who makes a request, and what the request adds to each of its audit events. */
export interface Actor {
  readonly principal: Principal;
  /** The members of an event that the request determines: all but what is done to which note. */
  readonly event: Omit<AuditEventDraft, 'action' | 'outcome' | 'recordedAt'>;
}

/** An event of what an actor did, as of now. */
export const eventBy = (actor: Actor, draft: Omit<AuditEventDraft, 'recordedAt'>): AuditEventDraft => ({
  ...actor.event,
  ...draft,
  recordedAt: new Date().toISOString(),
});
