import { isPrincipalName } from '@healthcare-ai/access-tokens';
import { auditActions, eventMembers, requiredMembers } from '@healthcare-ai/audit-trail/format/event';
import * as z from 'zod';
import { moment } from './moment.ts';
import { patientId } from './notes.ts';
import { pageCursor, pageLimit } from './paging.ts';

/** Body of `POST /audit/search`. */
export const auditSearchRequest = z
  .strictObject({
    from: moment.optional().meta({ description: 'Start of the time range, inclusive.' }),
    to: moment.optional().meta({ description: 'End of the time range, exclusive.' }),
    principal: z.string('must be a string').refine(isPrincipalName, 'must be the name of a principal').optional(),
    action: z.enum(auditActions, `must be one of ${auditActions.join(', ')}`).optional(),
    patient_id: patientId.optional().meta({ description: 'Compared by keyed hash; the trail contains no patient id.' }),
    outcome: z.enum(['success', 'denied', 'failure'], 'must be one of success, denied, failure').optional(),
    audit_id: z.uuid('must be a UUID').optional().meta({ description: 'What happened to one note.' }),
    limit: pageLimit.default(50),
    cursor: pageCursor.optional(),
  })
  .meta({ id: 'AuditSearchRequest' });

/** Members of an event that say more than their form. */
const described: Readonly<Record<string, z.ZodType>> = {
  action: z.enum(auditActions),
  audit_id: z.uuid(),
  break_glass: z.uuid().meta({ description: 'Grant that allowed the access; see docs/break-glass.md.' }),
  chain: z.uuid(),
  hash: z.hex().meta({ description: 'SHA-256 of the event in canonical JSON (RFC 8785), without this member.' }),
  outcome: z.enum(['success', 'denied', 'failure']),
  patient_ref: z.string().meta({ description: 'Keyed hash of the patient id.' }),
  prev_hash: z.hex(),
  recorded_at: z.iso.datetime(),
  request_id: z.uuid(),
  source: z.string().meta({ description: 'Address that the request came from.' }),
  v: z.literal(1),
};
const forms = { text: z.string(), number: z.int(), texts: z.array(z.string()) } as const;
const required: readonly string[] = [...requiredMembers, 'hash'];
const auditEvent = z
  .object(
    Object.fromEntries(
      Object.entries({ ...eventMembers, hash: 'text' as const })
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, form]) => [name, described[name] ?? forms[form]] as const)
        .map(([name, schema]) => [name, required.includes(name) ? schema : schema.optional()]),
    ),
  )
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
