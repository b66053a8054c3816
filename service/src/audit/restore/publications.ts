import type { Queryable } from '../../database/database.ts';
import type { SinkName } from '../../telemetry/metrics.ts';

/** Terms drawn at once: 0.4 s, of the ten seconds that a statement has. */
const most = 1_000_000;

/**
 * Draws the numbers of the terms that processes may have published in since a moment: the counter was set back with the
 * database, and streams of CloudWatch sort by term. A process takes the lead once in two seconds at most.
 *
 * @param since ISO 8601; undefined when the database has no checkpoint
 */
export async function skipTerms(database: Queryable, since: string | undefined, now: Date): Promise<void> {
  const seconds = since === undefined ? most : Math.ceil((now.getTime() - Date.parse(since)) / 1_000);
  await database.query({
    text: "SELECT count(nextval('audit_publisher_terms')) FROM generate_series(1, $1::int)",
    values: [Math.min(most, Math.max(0, seconds) + 1_000)],
  });
}

/** Notes that a sink has every checkpoint up to this one: it is not given them again. */
export async function notePublished(transaction: Queryable, sink: SinkName, number: number): Promise<void> {
  await transaction.query({
    text: `INSERT INTO audit_publications (sink, number, term) VALUES ($1, $2, 0)
           ON CONFLICT (sink) DO UPDATE SET number = excluded.number WHERE audit_publications.number < excluded.number`,
    values: [sink, number],
  });
}
