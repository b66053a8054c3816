import { hash } from 'node:crypto';
import * as z from 'zod';

/**
 * True for a time of `Date.toISOString` that PostgreSQL accepts: JavaScript writes years before 1 and after 9999 in a form
 * of its own. https://www.postgresql.org/docs/current/datatype-datetime.html
 */
export const isTimestamp = (iso: string): boolean => /^(?!0000)\d{4}-/.test(iso);

/** A cursor that was not returned with a page. */
export class InvalidCursorError extends Error {
  constructor() {
    super('the cursor was not returned with a page');
    this.name = 'InvalidCursorError';
  }
}

/** The criteria of a search, without those that only divide it into pages. */
type Criteria = Readonly<Record<string, unknown>>;

/** Enough to notice a mistake: a cursor gives no right, so nobody gains by forging one. */
const fingerprintOf = (criteria: Criteria): string => hash('sha256', JSON.stringify(criteria), 'base64url').slice(0, 8);

/**
 * The place after which the next page begins: the sort key of the last row, opaque to clients. It belongs to its search:
 * sent with another patient, it would leave out the newest notes of that patient.
 */
export function encodeCursor(key: readonly string[], criteria: Criteria): string {
  return Buffer.from(JSON.stringify([fingerprintOf(criteria), ...key])).toString('base64url');
}

/** @throws InvalidCursorError also for a cursor of other criteria */
export function decodeCursor<Schema extends z.ZodType>(
  cursor: string,
  schema: Schema,
  criteria: Criteria,
): z.output<Schema> {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    // Node skips what is not base64url.
    if (bytes.toString('base64url') !== cursor) throw new InvalidCursorError();
    const [fingerprint, ...key] = z.array(z.unknown()).parse(JSON.parse(bytes.toString('utf8')));
    if (fingerprint !== fingerprintOf(criteria)) throw new InvalidCursorError();
    return schema.parse(key);
  } catch {
    throw new InvalidCursorError();
  }
}

const time = z.iso.datetime().refine(isTimestamp);
export const timeAndId = z.tuple([time, z.uuid()]);
export const timeChainSeq = z.tuple([time, z.uuid(), z.string().regex(/^\d{1,18}$/)]);
