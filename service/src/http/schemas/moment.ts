import * as z from 'zod';
import { isTimestamp } from '../../database/cursor.ts';

/** A moment that a client sends, in the form that the database compares. */
export const moment = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 date and time with an offset, such as 2026-01-31T00:00:00Z' })
  .transform((text) => new Date(text).toISOString())
  .refine(isTimestamp, 'must lie in the years 1 to 9999');
