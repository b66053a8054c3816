import * as z from 'zod';
import { isTimestamp } from '../../database/cursor.ts';

/** A moment that a client sends, in the form that the database compares. */
export const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset, such as 2026-01-31T00:00:00Z' })
  .transform((text) => new Date(text).toISOString())
  .refine(isTimestamp, 'must lie in the years 1 to 9999');

/** Refuses a range that holds no moment: a search of it would find nothing, whatever there is. */
export const refuseReversedRange = (
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  context: z.RefinementCtx,
): void => {
  if (from === undefined || to === undefined || from <= to) return;
  context.addIssue({ code: 'custom', path: ['from'], message: 'must not be after to' });
};
