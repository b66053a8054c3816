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

/** The place after which the next page begins: the sort key of the last row, opaque to clients. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor<Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> {
  try {
    const bytes = Buffer.from(cursor, 'base64url');
    // Node skips what is not base64url.
    if (bytes.toString('base64url') !== cursor) throw new InvalidCursorError();
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    throw new InvalidCursorError();
  }
}

const time = z.iso.datetime().refine(isTimestamp);
export const timeAndId = z.tuple([time, z.uuid()]);
export const timeChainSeq = z.tuple([time, z.uuid(), z.string().regex(/^\d{1,18}$/)]);
