/**
 * True for a moment, as `Date.toISOString` writes it, that every PostgreSQL takes: JavaScript goes on before the year 1
 * and after 9999 in a form of its own. https://www.postgresql.org/docs/current/datatype-datetime.html
 */
export const isTimestamp = (iso: string): boolean => /^(?!0000)\d{4}-/.test(iso);
