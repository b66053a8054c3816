import { DatabaseUnavailableError } from './database.ts';

/**
 * SQLSTATE classes and codes after which trying again later may help, and nothing is known about what was in flight:
 * connection exceptions, insufficient resources, shutdown and start-up of the server, statement timeout; and a server
 * that takes no writes, because after a failover it is the replica: a new connection finds the writer.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const unavailable = /^(08...|53...|57P0[1-5]|57014|25006)$/;

/** A lock was not free within `lock_timeout`. */
export const lockNotAvailable = '55P03';

export function sqlState(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object) ? code : undefined;
}

/** True when the server itself refused the statement: nothing of its transaction was kept, and trying again is vain. */
export function isRefusal(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !unavailable.test(state);
}

/** An error without a refusal by the server means that the server is not there: read from codes, never from messages. */
export function asDatabaseError(error: unknown): unknown {
  if (error instanceof DatabaseUnavailableError || isRefusal(error)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  return new DatabaseUnavailableError(typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'CONNECTION');
}
