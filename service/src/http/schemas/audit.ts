import { isPrincipalName } from '@healthcare-ai/access-tokens';
import { auditActions, eventMembers, requiredMembers } from '@healthcare-ai/audit-trail/format/event';
import * as z from 'zod';
import { moment, refuseReversedRange } from './moment.ts';
import { patientId } from './notes.ts';
import { pageCursor, pageLimit } from './paging.ts';
import { uuid } from './uuid.ts';

const auditCriteria = {
  from: moment.optional().meta({ description: 'Start of the time range, inclusive.' }),
  to: moment.optional().meta({ description: 'End of the time range, exclusive.' }),
  principal: z.string('must be a string').refine(isPrincipalName, 'must be the name of a principal').optional(),
  action: z.enum(auditActions, `must be one of ${auditActions.join(', ')}`).optional(),
  patient_id: patientId.optional().meta({ description: 'Compared by keyed hash; the trail contains no patient id.' }),
  outcome: z.enum(['success', 'denied', 'failure'], 'must be one of success, denied, failure').optional(),
  audit_id: uuid.optional().meta({ description: 'What happened to one note.' }),
};

/** Body of `POST /audit/search`. */
export const auditSearchRequest = z
  .strictObject({ ...auditCriteria, limit: pageLimit.default(50), cursor: pageCursor.optional() })
  .superRefine(refuseReversedRange)
  .meta({ id: 'AuditSearchRequest' });

/** Body of `POST /audit/export`: the criteria of a search. */
export const auditExportRequest = z
  .strictObject(auditCriteria)
  .superRefine(refuseReversedRange)
  .meta({ id: 'AuditExportRequest' });

export const auditExportResponse = z.string().meta({
  description: 'One event a line, newest first: `AuditEvent` in JSON.',
});

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

export const auditVerificationResponse = z
  .object({
    sealing: z.enum(['on', 'off']).meta({ description: '`off`: no signing key is configured, so nothing is sealed.' }),
    waiting_seconds: z
      .int()
      .optional()
      .meta({ description: 'Age of the oldest event that is not sealed and published everywhere; 0 without one.' }),
    broken_chains: z.int().optional().meta({ description: 'Chains in which sealing found a fault.' }),
    checkpoint: z
      .object({ number: z.int(), hash: z.hex(), made_at: z.iso.datetime(), age_seconds: z.int() })
      .optional()
      .meta({ description: 'The newest signed checkpoint.' }),
    published: z
      .array(z.object({ sink: z.string(), checkpoint: z.int(), published_at: z.iso.datetime().optional() }))
      .meta({ description: 'The newest checkpoint in each place outside the database.' }),
    verification: z
      .object({
        outcome: z.enum(['success', 'failure']),
        verified_at: z.iso.datetime(),
        age_seconds: z.int(),
        events: z.int().optional().meta({ description: 'Events that were checked.' }),
      })
      .optional()
      .meta({ description: 'The newest run of `audit verify` over the database; absent if there was none.' }),
  })
  .meta({ id: 'AuditVerification' });
