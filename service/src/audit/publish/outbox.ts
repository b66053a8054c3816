import type { Queryable, Statement } from '../../database/database.ts';
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

/** How far a sink has segments. */
export interface SegmentPosition {
  /** The first checkpoint that was published with its segment. */
  readonly from: number;
  /** Of the checkpoints before it, those up to this one have segments. */
  readonly backfilled: number;
  readonly done: boolean;
}

const positionColumns = 'segments_from, backfilled, backfilled_at IS NOT NULL AS done';

interface PositionRow {
  readonly segments_from: string;
  readonly backfilled: string;
  readonly done: boolean;
}

/**
 * Writes down that a sink gets a segment with each checkpoint that it has not taken yet, unless that was written before.
 *
 * @throws FencedError
 */
export const beginSegments = (database: Queryable, sink: SinkName, term: number): Promise<SegmentPosition> =>
  updatePosition(database, term, {
    text: `UPDATE audit_publications SET
             segments_from = coalesce(segments_from, number + 1),
             backfilled = coalesce(backfilled, (SELECT least(audit_publications.number, min(c.number) - 1) FROM audit_checkpoints c))
           WHERE sink = $1 AND term = $2 RETURNING ${positionColumns}`,
    values: [sink, term],
  });

/**
 * Writes down that a sink has the segments up to a checkpoint, and when it has all of them.
 *
 * @throws FencedError
 */
export const noteBackfilled = (
  database: Queryable,
  sink: SinkName,
  term: number,
  number: number,
): Promise<SegmentPosition> =>
  updatePosition(database, term, {
    name: 'note-backfilled',
    text: `UPDATE audit_publications SET
             backfilled = $3, backfilled_at = CASE WHEN $3 >= segments_from - 1 THEN coalesce(backfilled_at, now()) END
           WHERE sink = $1 AND term = $2 RETURNING ${positionColumns}`,
    values: [sink, term, number],
  });

async function updatePosition(database: Queryable, term: number, statement: Statement): Promise<SegmentPosition> {
  const { rows } = await database.query<PositionRow>(statement);
  if (!rows[0]) throw new FencedError(term);
  const { segments_from: from, backfilled, done } = rows[0];
  return { from: Number(from), backfilled: Number(backfilled), done };
}
