import type { Queryable } from '../../database/database.ts';
import type { SinkName } from '../../telemetry/metrics.ts';

/** A later term has published: this process must not. */
export class FencedError extends Error {
  constructor(term: number) {
    super(`another process publishes in a term after ${term}`);
    this.name = 'FencedError';
  }
}

/**
 * Takes a sink over for a term.
 *
 * @returns number of the last checkpoint that the sink took, or will never be given; 0 before the first
 * @throws FencedError
 */
export async function takeOver(database: Queryable, sink: SinkName, term: number): Promise<number> {
  const { rows } = await database.query<{ number: string }>({
    // What expired before the sink was first opened is not published to it: it begins at what there is.
    text: `INSERT INTO audit_publications (sink, term, number)
           VALUES ($1, $2, (SELECT coalesce(min(number) - 1, 0) FROM audit_checkpoints))
           ON CONFLICT (sink) DO UPDATE SET term = excluded.term WHERE audit_publications.term <= excluded.term
           RETURNING number`,
    values: [sink, term],
  });
  if (!rows[0]) throw new FencedError(term);
  return Number(rows[0].number);
}

/**
 * Writes down that a sink took a checkpoint.
 *
 * @throws FencedError
 */
export async function acknowledge(database: Queryable, sink: SinkName, term: number, number: number): Promise<void> {
  const { rows } = await database.query({
    name: 'acknowledge-checkpoint',
    text: `UPDATE audit_publications SET number = $3, published_at = now()
           WHERE sink = $1 AND term = $2 AND number = $3 - 1 RETURNING number`,
    values: [sink, term, number],
  });
  if (rows.length === 0) throw new FencedError(term);
}
