import { isPrincipalName } from '@healthcare-ai/access-tokens';
import * as z from 'zod';
import { reviewOutcomes } from '../../notes/access/grant-reviews.ts';
import { type ReasonCode, reasonCodes } from '../../notes/access/reason-codes.ts';
import { keptText, visibleText } from './kept-text.ts';
import { moment, refuseReversedRange } from './moment.ts';
import { patientId } from './notes.ts';
import { pageCursor, pageLimit } from './paging.ts';
import { uuid } from './uuid.ts';

const codes = Object.keys(reasonCodes) as [ReasonCode, ...ReasonCode[]];
const reasonCode = z.enum(codes, `must be one of ${codes.join(', ')}`).meta({
  description:
    'HL7 v3 ActReason (https://terminology.hl7.org/CodeSystem-v3-ActReason.html). ' +
    codes.map((code) => `\`${code}\`: ${reasonCodes[code]}`).join(' '),
});

/** Shortest reason, in UTF-16 code units that show something. */
const minReason = 10;
const maxReason = 1_000;

/** Body of `POST /break-glass`. The patient id is in the body because proxies log URLs. */
export const breakGlassRequest = z
  .strictObject({
    patient_id: patientId.optional(),
    audit_id: uuid.optional().meta({ description: 'A note of the patient.' }),
    reason_code: reasonCode,
    reason_text: keptText(
      maxReason,
      'Reason in your own words. Stored encrypted; auditors can read it, and no log or event contains it.',
    )
      .refine(
        (text) => visibleText(text) === '' || visibleText(text).length >= minReason,
        `must have at least ${minReason} characters`,
      )
      .meta({ minLength: minReason }),
  })
  .refine(({ patient_id, audit_id }) => (patient_id === undefined) !== (audit_id === undefined), {
    message: 'must have either patient_id or audit_id, not both',
    path: ['patient_id'],
  })
  .meta({ id: 'BreakGlassRequest' });

const grant = {
  grant_id: z.uuid().meta({ description: 'Every event of an access under this grant has it as `break_glass`.' }),
  reason_code: reasonCode,
  opened_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
};

export const breakGlassResponse = z.object(grant).meta({ id: 'BreakGlassGrant' });

export const breakGlassReasonResponse = z
  .object({
    ...grant,
    principal: z.string().meta({ description: 'Principal who requested the access.' }),
    audit_id: z.uuid().optional().meta({ description: 'The note that the request named, if any.' }),
    patient_ref: z.string().meta({ description: 'Keyed hash of the patient id, as in the events.' }),
    patient_ref_version: z.int(),
    reason_text: z.string(),
  })
  .meta({ id: 'BreakGlassReason' });

/** Body of `POST /break-glass/search`. */
export const grantSearchRequest = z
  .strictObject({
    reviewed: z.boolean('must be true or false').optional().meta({ description: 'Default: both.' }),
    principal: z.string('must be a string').refine(isPrincipalName, 'must be the name of a principal').optional(),
    from: moment.optional().meta({ description: 'Opened at this moment or later.' }),
    to: moment.optional().meta({ description: 'Opened before this moment.' }),
    limit: pageLimit.default(50),
    cursor: pageCursor.optional(),
  })
  .superRefine(refuseReversedRange)
  .meta({ id: 'BreakGlassSearchRequest' });

const outcome = z.enum(reviewOutcomes, `must be one of ${reviewOutcomes.join(', ')}`);
const review = z
  .object({ outcome, reviewed_by: z.string(), reviewed_at: z.iso.datetime() })
  .meta({ id: 'BreakGlassReview' });

export const grantSearchResponse = z
  .object({
    grants: z.array(
      z.object({
        ...grant,
        principal: z.string(),
        audit_id: z.uuid().optional(),
        review_due_at: z.iso.datetime().meta({
          description: 'Same time of the next day from Monday to Friday, in UTC. Holidays are not considered.',
        }),
        review: review.optional().meta({ description: 'Absent while the review is due.' }),
      }),
    ),
    next_cursor: z.string().optional(),
  })
  .meta({ id: 'BreakGlassSearchResponse' });

/** Body of `POST /break-glass/{grant_id}/reviewed`. */
export const grantReviewRequest = z.strictObject({ outcome }).meta({ id: 'BreakGlassReviewRequest' });

export const grantReviewResponse = review;
