import { isPrincipalName } from '@healthcare-ai/access-tokens';
import { auditActions } from '@healthcare-ai/audit-trail/format/event';
import * as z from 'zod';
import { isTimestamp } from '../../database/timestamp.ts';
import { patientId } from './notes.ts';
import { pageCursor, pageLimit } from './paging.ts';

const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset, such as 2026-01-31T00:00:00Z' })
  .transform((text) => new Date(text).toISOString())
  .refine(isTimestamp, 'must lie in the years 1 to 9999');

/** Body of `POST /audit/search`. */
export const auditSearchRequest = z
  .strictObject({
    from: moment.optional().meta({ description: 'From this moment on.' }),
    to: moment.optional().meta({ description: 'Before this moment.' }),
    principal: z.string('must be a string').refine(isPrincipalName, 'must be the name of a principal').optional(),
    action: z.enum(auditActions, `must be one of ${auditActions.join(', ')}`).optional(),
    patient_id: patientId
      .optional()
      .meta({ description: 'Compared by its keyed hash; the trail holds no patient id.' }),
    outcome: z.enum(['success', 'denied', 'failure'], 'must be one of success, denied, failure').optional(),
    audit_id: z.uuid('must be a UUID').optional().meta({ description: 'What happened to one note.' }),
    limit: pageLimit.default(50),
    cursor: pageCursor.optional(),
  })
  .meta({ id: 'AuditSearchRequest' });

const auditEvent = z
  .object({
    action: z.enum(auditActions),
    audit_id: z.uuid().optional(),
    break_glass: z.uuid().optional().meta({ description: 'Grant under which it was done; see docs/break-glass.md.' }),
    chain: z.uuid(),
    count: z.int().optional(),
    criteria: z.array(z.string()).optional(),
    hash: z.hex().meta({ description: 'SHA-256 of the event in canonical JSON (RFC 8785), without this member.' }),
    method: z.string().optional(),
    outcome: z.enum(['success', 'denied', 'failure']),
    patient_ref: z.string().optional().meta({ description: 'Keyed hash of the patient id.' }),
    patient_ref_version: z.int().optional(),
    prev_hash: z.hex(),
    principal: z.string().optional(),
    reason: z.string().optional(),
    recorded_at: z.iso.datetime(),
    request_id: z.uuid().optional(),
    roles: z.array(z.string()).optional(),
    route: z.string().optional(),
    seq: z.int(),
    source: z.string().optional().meta({ description: 'Address that the request came from.' }),
    status: z.int().optional(),
    subject: z.string().optional(),
    tenant: z.string().optional(),
    trace_id: z.string().optional(),
    v: z.literal(1),
  })
  .meta({ id: 'AuditEvent' });

export const auditSearchResponse = z
  .object({ events: z.array(auditEvent), next_cursor: z.string().optional() })
  .meta({ id: 'AuditSearchResponse' });

export const auditEventsResponse = z
  .object({
    events: z.array(auditEvent),
    next_cursor: z.string().optional().meta({ description: 'Given when there are more.' }),
  })
  .meta({ id: 'AuditEventsResponse' });
