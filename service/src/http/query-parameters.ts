import { InvalidCursorError } from '../database/cursor.ts';
import { problems } from './problems.ts';

/**
 * The queries of this API are flags and cursors, never a patient's data: load balancers, WAFs and proxies log URLs.
 *
 * @returns `true`, `false`, or false where the flag is not given
 * @throws Problem 422 for any other value, and for a flag that is given twice
 */
export function queryFlag(query: URLSearchParams, name: string): boolean {
  const [value = 'false', ...more] = query.getAll(name);
  if ((value === 'true' || value === 'false') && more.length === 0) return value === 'true';
  throw problems.invalidContent([{ parameter: name, detail: 'must be true or false, once' }]);
}

/** @throws Problem 422 for a cursor that is given twice */
export function queryCursor(query: string): string | undefined {
  if (query === '') return undefined;
  const [cursor, ...more] = new URLSearchParams(query).getAll('cursor');
  if (more.length > 0) refuseCursor(new InvalidCursorError());
  return cursor;
}

/** A cursor of a query that no page returned is the client's fault. */
export function refuseCursor(error: unknown): never {
  if (!(error instanceof InvalidCursorError)) throw error;
  throw problems.invalidContent([{ parameter: 'cursor', detail: 'must be a cursor returned with a previous page' }]);
}
